package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Maps, keys and numbers of callers who mean no good. */
class HostileFieldsTest {
    private static final String CANARY = "canary-7f3a";

    private static MarketSnapshot read(Map<String, ?> fields) {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1).features(fields).build();
    }

    /** What hostile code throws; all with a message that must go nowhere. */
    static Stream<Supplier<Error>> errors() {
        return Stream.of(
                () -> new AssertionError(CANARY),
                () -> new NoClassDefFoundError(CANARY),
                () -> new Error(CANARY),
                () -> new StackOverflowError(CANARY));
    }

    @Test
    void countsAMapThatThrows() {
        MarketSnapshot snapshot = read(new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                throw new IllegalStateException(CANARY);
            }
        });
        assertThat(snapshot.dropped().count(DropCause.UNREADABLE)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void countsAMapThatThrowsAnError(Supplier<Error> error) {
        MarketSnapshot snapshot = read(new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                throw error.get();
            }
        });
        assertThat(snapshot.dropped().count(DropCause.UNREADABLE)).isEqualTo(1);
    }

    @Test
    void keepsWhatItReadBeforeAMapBroke() {
        MarketSnapshot snapshot = read(entries(new Iterator<>() {
            private int given;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Map.Entry<String, Object> next() {
                if (given++ == 1) {
                    throw new ConcurrentModificationException(CANARY);
                }
                return Map.entry("rsi_14", 27);
            }
        }));
        assertThat(snapshot.get(Feature.RSI_14)).isEqualTo(27);
        assertThat(snapshot.dropped().count(DropCause.UNREADABLE)).isEqualTo(1);
    }

    @Test
    void goesOnAfterAnEntryThatIsNullOrThrows() {
        Map.Entry<String, Object> throwing = new AbstractMap.SimpleEntry<>("rsi_14", 27) {
            private static final long serialVersionUID = 1;

            @Override
            public Object getValue() {
                throw new IllegalStateException(CANARY);
            }
        };
        Map.Entry<String, Object> fine = Map.entry("adx_14", 31);
        MarketSnapshot snapshot = read(entries(Stream.of(throwing, fine).iterator()));
        assertThat(snapshot.get(Feature.ADX_14)).isEqualTo(31);
        assertThat(snapshot.has(Feature.RSI_14)).isFalse();
        assertThat(snapshot.dropped().count(DropCause.UNREADABLE)).isEqualTo(1);
        Map<String, Object> withNull =
                entries(Stream.of((Map.Entry<String, Object>) null, fine).iterator());
        assertThat(read(withNull).dropped().count(DropCause.UNREADABLE)).isEqualTo(1);
        assertThat(read(withNull).has(Feature.ADX_14)).as("an iterator used up").isFalse();
    }

    @Test
    void stopsAtAThousandEntriesOfAnEndlessMap() {
        MarketSnapshot snapshot = assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> read(entries(new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return true;
                    }

                    @Override
                    public Map.Entry<String, Object> next() {
                        return Map.entry("junk", 1);
                    }
                })));
        assertThat(snapshot.dropped().count(DropCause.UNKNOWN_NAME)).isEqualTo(1_000);
        assertThat(snapshot.dropped().count(DropCause.TOO_MANY)).isEqualTo(1);
    }

    @Test
    void neitherFollowsACircleNorADepth() {
        Map<String, Object> circle = new HashMap<>();
        circle.put("features", circle);
        circle.put("rsi_14", 27);
        MarketSnapshot snapshot = read(circle);
        assertThat(snapshot.get(Feature.RSI_14)).isEqualTo(27);
        assertThat(snapshot.dropped().count(DropCause.DUPLICATE)).isEqualTo(1);
        assertThat(snapshot.dropped().count(DropCause.UNKNOWN_NAME)).isEqualTo(1);

        Map<String, Object> deep = new HashMap<>(Map.of("rsi_14", 27));
        for (int i = 0; i < 100_000; i++) {
            deep = new HashMap<>(Map.of("features", deep));
        }
        assertThat(read(deep).dropped().total()).isEqualTo(1);
    }

    @Test
    void readsEachNumberOnceWhateverItSaysNext() {
        Number shifty = new HostileNumber() {
            private static final long serialVersionUID = 1;
            private int asked;

            @Override
            public double doubleValue() {
                return asked++ == 0 ? 27 : 1e300;
            }
        };
        MarketSnapshot snapshot = read(Map.of("rsi_14", shifty));
        assertThat(snapshot.get(Feature.RSI_14)).isEqualTo(27);
        assertThat(snapshot.get(Feature.RSI_14)).isEqualTo(27);
    }

    @Test
    void countsANumberThatThrows() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rsi_14", new HostileNumber() {
            private static final long serialVersionUID = 1;

            @Override
            public double doubleValue() {
                throw new NumberFormatException(CANARY);
            }
        });
        fields.put("adx_14", 31);
        MarketSnapshot snapshot = read(fields);
        assertThat(snapshot.get(Feature.ADX_14)).isEqualTo(31);
        assertThat(snapshot.dropped().count(DropCause.UNREADABLE)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void countsANumberThatThrowsAnError(Supplier<Error> error) {
        MarketSnapshot snapshot = read(Map.of("rsi_14", new HostileNumber() {
            private static final long serialVersionUID = 1;

            @Override
            public double doubleValue() {
                throw error.get();
            }
        }));
        assertThat(snapshot.dropped().count(DropCause.UNREADABLE)).isEqualTo(1);
    }

    @Test
    void dropsDecimalsTooLongToTurnIntoADouble() {
        BigDecimal longest = new BigDecimal(BigInteger.ONE.shiftLeft(4_095), 1_231);
        BigDecimal tooLong = new BigDecimal(BigInteger.ONE.shiftLeft(4_096), 1_231);
        assertThat(read(Map.of("rsi_14", longest)).get(Feature.RSI_14)).isPositive();
        assertThat(read(Map.of("rsi_14", tooLong)).dropped().count(DropCause.UNREADABLE))
                .isEqualTo(1);
        BigDecimal huge = new BigDecimal(BigInteger.ONE.shiftLeft(100_000_000), 30_102_999);
        MarketSnapshot snapshot = assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> read(Map.of("rsi_14", huge, "adx_14", new BigDecimal("1e-2147483647"))));
        assertThat(snapshot.get(Feature.ADX_14)).isZero();
    }

    @Test
    void readsNamesOfAnyLengthInBoundedTime() {
        String longName = "rsi_14".repeat(1_000_000);
        MarketSnapshot snapshot = assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> read(Map.of(longName, 27, "account".repeat(9), 1)));
        assertThat(snapshot.dropped().count(DropCause.UNKNOWN_NAME)).isEqualTo(2);
        assertThat(snapshot.dropped().sensitive()).isEqualTo(1);
    }

    private static Map<String, Object> entries(Iterator<Map.Entry<String, Object>> entries) {
        return new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                return new AbstractSet<>() {
                    @Override
                    public Iterator<Entry<String, Object>> iterator() {
                        return entries;
                    }

                    @Override
                    public int size() {
                        return Integer.MIN_VALUE;
                    }
                };
            }
        };
    }

    private abstract static class HostileNumber extends Number {
        private static final long serialVersionUID = 1;

        @Override
        public int intValue() {
            throw new IllegalStateException(CANARY);
        }

        @Override
        public long longValue() {
            throw new IllegalStateException(CANARY);
        }

        @Override
        public float floatValue() {
            throw new IllegalStateException(CANARY);
        }

        @Override
        public String toString() {
            throw new IllegalStateException(CANARY);
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException(CANARY);
        }

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException(CANARY);
        }
    }
}
