package io.github.hybridinference.anonymize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFamily;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Session;
import io.github.hybridinference.model.Timeframe;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseTest {
    private static final Feature CCI = Feature.of("cci_20");
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private static AnonymizedSnapshot blurred(Noise noise, double rsi, Instant time) {
        return Anonymizer.withNoise(noise)
                .anonymize(MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                        .rsi(rsi)
                        .time(time)
                        .build());
    }

    private static double[] movesOfRsi(Noise noise) {
        return IntStream.range(0, 4_000)
                .mapToDouble(day ->
                        blurred(noise, 50, NOON.plus(Duration.ofDays(day))).get(Feature.RSI_14) - 50)
                .toArray();
    }

    @Test
    void movesFiguresByAtMostTheAmplitudeAndMostlyByLess() {
        double[] moves = movesOfRsi(Noise.seeded(1).amplitude(5));
        assertThat(Arrays.stream(moves).map(Math::abs).max().orElseThrow()).isBetween(4.0, 5.0);
        assertThat(Arrays.stream(moves).average().orElseThrow()).isCloseTo(0, within(0.1));
        double meanSquare =
                Arrays.stream(moves).map(move -> move * move).average().orElseThrow();
        assertThat(meanSquare)
                .as("the variance of a triangle, and of rounding")
                .isCloseTo(25.0 / 6 + 1.0 / 12, within(0.3));
    }

    @Test
    void movesFiguresByAStepIfNothingElseIsSaid() {
        double[] moves = movesOfRsi(Noise.seeded(1));
        assertThat(Arrays.stream(moves).distinct().sorted()).containsExactly(-1.0, 0.0, 1.0);
        assertThat(Arrays.stream(moves).filter(move -> move != 0).count()).isBetween(800L, 1_200L);
    }

    @Test
    void movesTheSameFigureAlikeThroughoutAWindow() {
        Noise noise = Noise.seeded(2).amplitude(10);
        AnonymizedSnapshot first = blurred(noise, 50.1, NOON);
        for (int minute = -720; minute < 720; minute += 15) {
            Instant sameDay = NOON.plus(Duration.ofMinutes(minute));
            AnonymizedSnapshot again = blurred(noise, 49.6 + (minute + 720) / 1_800.0, sameDay);
            assertThat(again).as("minute %d", minute).isEqualTo(first);
            assertThat(again.key(new CacheKey(1, 2))).isEqualTo(first.key(new CacheKey(1, 2)));
        }
    }

    @Test
    void movesItOtherwiseInOtherWindowsForOtherFiguresFeaturesAndSeeds() {
        Noise noise = Noise.seeded(3).amplitude(100);
        Set<Double> seen = new HashSet<>();
        long today = NOON.toEpochMilli();
        long yesterday = NOON.minus(Duration.ofDays(1)).toEpochMilli();
        seen.add(noise.blur(CCI, 50, CCI.family().step(), today) - 50);
        seen.add(noise.blur(CCI, 50, CCI.family().step(), yesterday) - 50);
        seen.add(noise.blur(CCI, 60, CCI.family().step(), today) - 60);
        seen.add(
                noise.blur(Feature.of("cci_7"), 50, Feature.of("cci_7").family().step(), today) - 50);
        seen.add(noise.blur(
                        Feature.of("cci_20_4h"),
                        50,
                        Feature.of("cci_20_4h").family().step(),
                        today)
                - 50);
        seen.add(Noise.seeded(4).amplitude(100).blur(CCI, 50, CCI.family().step(), today) - 50);
        assertThat(seen).hasSize(6);
    }

    @Test
    void windowsAreAsLongAsIsSaidBeforeAndAfter1970() {
        Noise noise = Noise.seeded(5).amplitude(100).window(Duration.ofHours(1));
        for (long start : new long[] {0, -3_600_000, 1_767_225_600_000L}) {
            double first =
                    noise.blur(Feature.RSI_14, 50, Feature.RSI_14.family().step(), start);
            assertThat(noise.blur(Feature.RSI_14, 50, Feature.RSI_14.family().step(), start + 3_599_999))
                    .isEqualTo(first);
            assertThat(noise.blur(Feature.RSI_14, 50, Feature.RSI_14.family().step(), start + 3_600_000))
                    .isNotEqualTo(first);
            assertThat(noise.blur(Feature.RSI_14, 50, Feature.RSI_14.family().step(), start - 1))
                    .isNotEqualTo(first);
        }
    }

    @Test
    void keepsFiguresInTheirRange() {
        Noise noise = Noise.seeded(6).amplitude(1_000);
        for (FeatureFamily family : Feature.catalogue()) {
            if (family.mayLeave()
                    && family.defaultPeriod() == 0
                    && !family.pattern().contains("[_{timeframe}]_")) {
                Feature feature = Feature.of(family.pattern().replace("[_{timeframe}]", ""));
                for (int day = 0; day < 50; day++) {
                    double moved =
                            noise.blur(feature, family.high(), feature.family().step(), day * 86_400_000L);
                    assertThat(family.accepts(moved)).isTrue();
                }
            }
        }
    }

    @Test
    void leavesFamiliesAloneWhoseAmplitudeIsZero() {
        Noise noise = Noise.seeded(7).amplitude(20).amplitude(Feature.of("rsi_7"), 0);
        assertThat(noise.blur(Feature.RSI_14, 50, Feature.RSI_14.family().step(), 0))
                .isEqualTo(50);
        assertThat(noise.blur(Feature.ADX_14, 50, Feature.ADX_14.family().step(), 0))
                .isNotEqualTo(50);
        Noise louder = noise.amplitude(Feature.RSI_14, 20);
        assertThat(louder.blur(Feature.RSI_14, 50, Feature.RSI_14.family().step(), 0))
                .isNotEqualTo(50);
        assertThat(noise.blur(Feature.RSI_14, 50, Feature.RSI_14.family().step(), 0))
                .as("a copy was changed")
                .isEqualTo(50);
        assertThat(louder.window(Duration.ofDays(2))
                        .amplitude(0)
                        .blur(Feature.RSI_14, 50, Feature.RSI_14.family().step(), 0))
                .as("of its own")
                .isNotEqualTo(50);
    }

    @Test
    void changesNothingButFigures() {
        AnonymizedSnapshot anonymized = Anonymizer.withNoise(Noise.seeded(8).amplitude(3))
                .anonymize(MarketSnapshot.builder("BTC-USDT", Timeframe.M5)
                        .assetClass(AssetClass.CRYPTO)
                        .session(Session.OPEN)
                        .price(100)
                        .feature("ema_20", 90)
                        .rsi(30)
                        .build());
        assertThat(anonymized.timeframe()).isEqualTo(Timeframe.M5);
        assertThat(anonymized.assetClass()).isEqualTo(AssetClass.CRYPTO);
        assertThat(anonymized.session()).isEqualTo(Session.OPEN);
        assertThat(anonymized.resolution()).isEqualTo(Resolution.COARSE);
        assertThat(anonymized.size()).isEqualTo(2);
        assertThat(anonymized.value(0)).isEqualTo(Math.rint(anonymized.value(0) * 5) / 5);
    }

    @Test
    void blursDeclaredCustomFeaturesToo() {
        Feature alpha = Feature.custom("alpha", 0, 100, 2);
        MarketSnapshot snapshot = MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .feature(alpha, 50)
                .build();
        Noise noise = Noise.seeded(9).amplitude(4);
        assertThat(Anonymizer.withNoise(noise).anonymize(snapshot).size()).isZero();
        assertThat(Anonymizer.withNoise(noise, alpha).anonymize(snapshot).get(alpha))
                .isBetween(10.0, 90.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1_000.1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesOtherAmplitudes(double most) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Noise.seeded(1).amplitude(most))
                .withMessageStartingWith("the amplitude of noise must be in [0, 1000] steps");
        assertThatIllegalArgumentException().isThrownBy(() -> Noise.seeded(1).amplitude(Feature.RSI_14, most));
    }

    @Test
    void refusesOtherWindows() {
        for (Duration length :
                new Duration[] {Duration.ZERO, Duration.ofSeconds(59), Duration.ofDays(367), Duration.ofDays(-1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Noise.seeded(1).window(length))
                    .withMessage("the window of noise must last from a minute to a year, but lasts " + length);
        }
        assertThat(Noise.seeded(1).window(Duration.ofMinutes(1))).isNotNull();
        assertThat(Noise.seeded(1).window(Duration.ofDays(366))).isNotNull();
        assertThatNullPointerException().isThrownBy(() -> Anonymizer.withNoise(null));
    }

    @Test
    void keepsItsSeedToItself() {
        assertThat(Noise.seeded(4_242_424_242L)).hasToString("Noise");
    }
}
