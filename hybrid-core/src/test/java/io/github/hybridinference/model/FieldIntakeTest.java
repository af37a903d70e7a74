package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldIntakeTest {
    private static MarketSnapshot read(Map<String, ?> fields) {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1).features(fields).build();
    }

    private static void assertDropped(MarketSnapshot snapshot, DropCause cause, int count) {
        assertThat(snapshot.dropped().count(cause)).isEqualTo(count);
        assertThat(snapshot.dropped().total()).isEqualTo(count);
    }

    @Test
    void takesTheExampleOfTheHttpServiceWhole() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "market_data",
                Map.of("price", 64_120.5, "volume_ratio", 1.9, "volatility_pct", 2.1, "price_change_1h_pct", -0.8));
        body.put(
                "features",
                Map.of(
                        "rsi_14",
                        27.4,
                        "macd",
                        -120.3,
                        "macd_signal",
                        -98.1,
                        "bb_lower",
                        63_900,
                        "bb_middle",
                        64_800,
                        "bb_upper",
                        65_700));
        body.put("sentiment_data", Map.of("fear_greed_index", 31));
        body.put("on_chain_data", Map.of("exchange_netflow_zscore", 1.2));
        MarketSnapshot snapshot = read(body);
        assertThat(snapshot.dropped().total()).isZero();
        assertThat(snapshot).hasToString("MarketSnapshot[1h, 12 features]");
        assertThat(snapshot.get(Feature.PRICE_CHANGE_PCT))
                .as("1h is the snapshot's own")
                .isEqualTo(-0.8);
        assertThat(snapshot.get(Feature.BB_UPPER)).isEqualTo(65_700);
    }

    @Test
    void takesCamelCaseSectionsAndNames() {
        MarketSnapshot snapshot =
                read(Map.of("marketData", Map.of("volumeRatio", 1.9), "onChainData", Map.of("Mvrv", 2)));
        assertThat(snapshot.get(Feature.VOLUME_RATIO)).isEqualTo(1.9);
        assertThat(snapshot.get(Feature.of("mvrv"))).isEqualTo(2);
        assertThat(snapshot.dropped().total()).isZero();
    }

    @Test
    void takesNumbersOfAnyKind() {
        List<Number> numbers = List.of(
                27,
                27L,
                (short) 27,
                (byte) 27,
                27f,
                27d,
                BigInteger.valueOf(27),
                new BigDecimal("27.000"),
                new AtomicLong(27));
        for (Number number : numbers) {
            assertThat(read(Map.of("rsi", number)).get(Feature.RSI_14)).isEqualTo(27);
        }
        DoubleAdder adder = new DoubleAdder();
        adder.add(27);
        assertThat(read(Map.of("rsi", adder)).get(Feature.RSI_14)).isEqualTo(27);
    }

    @Test
    void dropsWhatIsNoNumber() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("rsi_14", "27.4");
        fields.put("adx_14", true);
        fields.put("stoch_k", List.of(27));
        fields.put("stoch_d", Map.of("value", 27));
        fields.put("mfi_14", null);
        fields.put("cci_20", 'x');
        fields.put("price", new double[] {1});
        assertDropped(read(fields), DropCause.NOT_A_NUMBER, 7);
    }

    @Test
    void dropsWhatIsNotFinite() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("rsi_14", Double.NaN);
        fields.put("adx_14", Double.POSITIVE_INFINITY);
        fields.put("price", Float.NEGATIVE_INFINITY);
        fields.put("macd", BigInteger.TEN.pow(400));
        assertDropped(read(fields), DropCause.NOT_FINITE, 4);
    }

    @Test
    void dropsWhatIsOutOfRange() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("rsi_14", 100.0001);
        fields.put("rsi_7", -0.0001);
        fields.put("price", 0);
        fields.put("macd", 1e13);
        fields.put("volume_ratio", Long.MAX_VALUE);
        assertDropped(read(fields), DropCause.OUT_OF_RANGE, 5);
    }

    @Test
    void dropsUnknownNamesAndKeysOfOtherTypes() {
        Map<Object, Object> fields = new HashMap<>();
        fields.put("nobody_knows", 1);
        fields.put("rsi;14", 27);
        fields.put(14, 27);
        fields.put(null, 27);
        fields.put(CharBuffer.wrap("rsi_14"), 27);
        fields.put(List.of("rsi_14"), 27);
        @SuppressWarnings("unchecked") // what an unchecked caller does
        Map<String, Object> handedIn = (Map<String, Object>) (Map<?, ?>) fields;
        assertDropped(read(handedIn), DropCause.UNKNOWN_NAME, 6);
    }

    @Test
    void countsSensitiveNamesBeside() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("accountId", 12_345_678);
        fields.put("API-KEY", "sk-1");
        fields.put("Unrealized PnL", 1);
        fields.put("wallet.balance", 1);
        fields.put("account", Map.of("balance", 1, "leverage", 20));
        fields.put("on_balance_volume", 1);
        fields.put("active_addresses", 1);
        MarketSnapshot snapshot = read(fields);
        assertDropped(snapshot, DropCause.UNKNOWN_NAME, 7);
        assertThat(snapshot.dropped().sensitive()).isEqualTo(5);
    }

    @Test
    void looksOneLevelDeepAndIntoSectionsOnly() {
        MarketSnapshot snapshot = read(Map.of(
                "market_data", Map.of("features", Map.of("rsi_14", 27), "adx_14", 31),
                "whatever", Map.of("stoch_k", 20)));
        assertThat(snapshot).hasToString("MarketSnapshot[1h, 1 features]");
        assertDropped(snapshot, DropCause.UNKNOWN_NAME, 2);
    }

    @Test
    void entersASectionOnceHoweverOftenItIsSpelled() {
        for (String section : List.of("market_data", "features", "sentiment_data", "on_chain_data")) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put(section, Map.of("rsi_14", 27));
            fields.put(section.toUpperCase(Locale.ROOT), Map.of("adx_14", 31));
            MarketSnapshot snapshot = read(fields);
            assertThat(snapshot).as(section).hasToString("MarketSnapshot[1h, 1 features]");
            assertDropped(snapshot, DropCause.DUPLICATE, 1);
        }
    }

    @Test
    void keepsAFigureThatIsSetAlready() {
        MarketSnapshot snapshot = MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .rsi(27)
                .features(Map.of("rsi", 50))
                .features(Map.of("RSI", 60))
                .build();
        assertThat(snapshot.get(Feature.RSI_14)).isEqualTo(27);
        assertDropped(snapshot, DropCause.DUPLICATE, 2);
    }

    @Test
    void takesASecondSpellingThatAgrees() {
        MarketSnapshot snapshot = read(Map.of("rsi", 27, "RSI_14", 27.0, "rsi-14-1h", 27L));
        assertThat(snapshot.get(Feature.RSI_14)).isEqualTo(27);
        assertDropped(snapshot, DropCause.DUPLICATE, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsi_14", "ema_20_dist_pct"})
    void believesNeitherOfTwoSpellingsThatDisagree(String name) {
        List<String> spellings = new ArrayList<>(Spellings.of(name).subList(0, 3));
        for (int rotation = 0; rotation < 3; rotation++) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (int i = 0; i < 3; i++) {
                fields.put(spellings.get(i), i < 2 ? 27 : 30);
            }
            fields.put("adx_14", 31);
            fields.put("mfi_14", 32);
            MarketSnapshot snapshot = read(fields);
            assertThat(snapshot.has(Feature.of(name))).isFalse();
            assertThat(snapshot.get(Feature.ADX_14)).isEqualTo(31);
            assertThat(snapshot.get(Feature.of("mfi_14"))).isEqualTo(32);
            assertDropped(snapshot, DropCause.DUPLICATE, 3);
            java.util.Collections.rotate(spellings, 1);
        }
    }

    @Test
    void looksAtAThousandEntriesAndCountsTheRest() {
        Map<String, Object> fields = new TreeMap<>();
        for (int i = 0; i < 5_000; i++) {
            fields.put("junk" + i, i);
        }
        fields.put("adx_14", 31);
        fields.put("rsi_14", 27);
        MarketSnapshot snapshot = read(fields);
        assertThat(snapshot.get(Feature.ADX_14)).isEqualTo(31);
        assertThat(snapshot.has(Feature.RSI_14)).isFalse();
        assertThat(snapshot.dropped().count(DropCause.UNKNOWN_NAME)).isEqualTo(999);
        assertThat(snapshot.dropped().count(DropCause.TOO_MANY)).isEqualTo(4_002);
    }

    @Test
    void takesExactlyAThousandEntriesWithoutComplaint() {
        Map<String, Object> fields = new HashMap<>();
        for (int i = 0; i < 999; i++) {
            fields.put("junk" + i, i);
        }
        fields.put("rsi_14", 27);
        MarketSnapshot snapshot = read(fields);
        assertThat(snapshot.get(Feature.RSI_14)).isEqualTo(27);
        assertThat(snapshot.dropped().count(DropCause.TOO_MANY)).isZero();
    }

    @Test
    void takesCustomFeaturesInAnySpellingOnceTheyAreAccepted() {
        Feature alpha = Feature.custom("my_alpha_07", -1, 1, 3);
        Map<String, Object> fields = Map.of("MyAlpha07", 0.5);
        assertDropped(read(fields), DropCause.UNKNOWN_NAME, 1);
        MarketSnapshot snapshot = MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .accepting(alpha)
                .features(fields)
                .build();
        assertThat(snapshot.get(alpha)).isEqualTo(0.5);
        assertThat(snapshot.dropped().total()).isZero();
    }

    @Test
    void addsUpOverSeveralMaps() {
        MarketSnapshot snapshot = MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .features(Map.of("junk", 1, "pnl", 2))
                .features(Map.of("junk", 1, "rsi", 200))
                .build();
        assertThat(snapshot.dropped().count(DropCause.UNKNOWN_NAME)).isEqualTo(3);
        assertThat(snapshot.dropped().count(DropCause.OUT_OF_RANGE)).isEqualTo(1);
        assertThat(snapshot.dropped()).hasToString("DroppedFields[total=4, sensitive=1]");
    }

    @Test
    void countsNothingWithoutAMap() {
        assertThat(MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                        .rsi(27)
                        .build()
                        .dropped())
                .isSameAs(DroppedFields.NONE);
    }

    @Test
    void countsUpToTheLargestNumberAndNoFurther() {
        int[] counts = new int[DropCause.values().length];
        Arrays.fill(counts, Integer.MAX_VALUE);
        assertThat(new DroppedFields(counts, 0, List.of()).total()).isEqualTo(Integer.MAX_VALUE);
    }
}
