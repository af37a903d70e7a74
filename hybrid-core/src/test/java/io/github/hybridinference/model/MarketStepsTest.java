package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MarketStepsTest {
    /** Median average true range of hourly bars of Bitcoin in percent, and what it is there in steps of the catalogue. */
    private static final double HOURLY_RANGE_PCT = 0.9;

    static Stream<Arguments> markets() {
        return Arrays.stream(Timeframe.values())
                .flatMap(timeframe -> Arrays.stream(AssetClass.values()).map(kind -> Arguments.of(timeframe, kind)));
    }

    /** In a market that moves as its class and timeframe let expect, whatever the catalogue's step is there. */
    @ParameterizedTest
    @MethodSource("markets")
    void theRoundingErrorIsBoundedAgainstATypicalMove(Timeframe timeframe, AssetClass kind) {
        double typicalPct = HOURLY_RANGE_PCT * typicalMove(kind) * timeframe.sqrtHours();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            double value = typicalPct * random.nextDouble(4);
            assertThat(rounded(Feature.VOLATILITY_PCT, timeframe, kind, value))
                    .isCloseTo(value, within(0.2 * typicalPct + 1e-9));
            assertThat(rounded(Feature.PRICE_CHANGE_PCT, timeframe, kind, -value))
                    .isCloseTo(-value, within(0.15 * typicalPct + 1e-9));
        }
    }

    private static double typicalMove(AssetClass kind) {
        return switch (kind) {
            case CRYPTO, UNKNOWN -> 1;
            case EQUITY -> 0.4;
            case COMMODITY -> 0.25;
            case INDEX -> 0.2;
            case FX -> 0.12;
        };
    }

    @ParameterizedTest
    @MethodSource("markets")
    void noFigureHasMoreDigitsOrIsRoundedTwiceOrBackwards(Timeframe timeframe, AssetClass kind) {
        int market = MarketSteps.market(timeframe, kind);
        SplittableRandom random = new SplittableRandom(market);
        Feature.catalogue().stream().filter(FeatureFamily::mayLeave).forEach(family -> {
            Grid grid = family.grid(Resolution.COARSE, market);
            double before = Double.NEGATIVE_INFINITY;
            double[] values = random.doubles(100, -3, 3)
                    .map(x -> Math.max(family.low(), Math.min(family.high(), x * Math.abs(x) * family.step() * 20)))
                    .sorted()
                    .toArray();
            for (double value : values) {
                int level = grid.levelOf(value);
                double rounded = grid.valueOf(level);
                StringBuilder text = new StringBuilder();
                grid.append(text, level);
                assertThat(new BigDecimal(text.toString()).stripTrailingZeros().precision())
                        .isLessThanOrEqualTo(FeatureFamily.MAX_DIGITS);
                assertThat(Double.parseDouble(text.toString())).isEqualTo(rounded);
                assertThat(family.accepts(rounded)).isTrue();
                assertThat(grid.levelOf(rounded)).isEqualTo(level);
                assertThat(rounded).isGreaterThanOrEqualTo(before);
                assertThat(rounded).isCloseTo(value, within(grid.stepAt(level) * 0.5001));
                before = rounded;
            }
            double parts = family.step() / grid.step();
            assertThat(parts).isCloseTo(Math.rint(parts), within(1e-9));
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Timeframe.class,
            names = {"H1", "H2", "H4", "D1", "W1"})
    void cryptoAndUnknownAssetsKeepTheStepsOfTheCatalogueFromAnHourOn(Timeframe timeframe) {
        for (FeatureFamily family : Feature.catalogue()) {
            assertThat(family.step(timeframe, AssetClass.CRYPTO)).isEqualTo(family.step());
            assertThat(family.step(timeframe, AssetClass.UNKNOWN)).isEqualTo(family.step());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "H1, CRYPTO, 0.2, 0.2",
        "M5, CRYPTO, 0.04, 0.04",
        "M5, INDEX, 0.01, 0.004",
        "H1, FX, 0.02, 0.01",
        "D1, INDEX, 0.2, 0.1",
        "W1, FX, 0.2, 0.2"
    })
    void stepsFollowTheMarket(Timeframe timeframe, AssetClass kind, double volatility, double change) {
        assertThat(Feature.VOLATILITY_PCT.family().step(timeframe, kind)).isEqualTo(volatility);
        assertThat(Feature.PRICE_CHANGE_PCT.family().step(timeframe, kind)).isEqualTo(change);
        assertThat(Feature.RSI_14.family().step(timeframe, kind)).isEqualTo(1);
    }

    @Test
    void aFigureOfAnotherTimeframeHasTheStepsOfThat() {
        Feature hourly = Feature.of("price_change_1h_pct");
        assertThat(rounded(hourly, Timeframe.M5, AssetClass.CRYPTO, 0.53)).isEqualTo(0.6);
        assertThat(rounded(Feature.PRICE_CHANGE_PCT, Timeframe.M5, AssetClass.CRYPTO, 0.53))
                .isEqualTo(0.52);
    }

    @Test
    void finerStepsMakeAnotherKeyAndThoseOfTheCatalogueTheSameAsBefore() {
        CacheKey seed = new CacheKey(1, 2);
        KeyMixer before = new KeyMixer(seed);
        before.mix((long) Timeframe.H1.ordinal() << 32 | AssetClass.CRYPTO.ordinal(), 0);
        before.mix(Feature.VOLATILITY_PCT.order(), 3);
        assertThat(told(Timeframe.H1, AssetClass.CRYPTO, 0.6).key(seed)).isEqualTo(before.finish());

        KeyMixer sameLevel = new KeyMixer(seed);
        sameLevel.mix((long) Timeframe.M5.ordinal() << 32 | AssetClass.INDEX.ordinal(), 0);
        sameLevel.mix(Feature.VOLATILITY_PCT.order(), 3);
        assertThat(told(Timeframe.M5, AssetClass.INDEX, 0.03).key(seed)).isNotEqualTo(sameLevel.finish());
    }

    private static double rounded(Feature feature, Timeframe timeframe, AssetClass kind, double value) {
        return AnonymizedSnapshot.builder(timeframe, Resolution.COARSE)
                .assetClass(kind)
                .put(feature, value)
                .build()
                .value(0);
    }

    private static AnonymizedSnapshot told(Timeframe timeframe, AssetClass kind, double volatility) {
        return AnonymizedSnapshot.builder(timeframe, Resolution.COARSE)
                .assetClass(kind)
                .session(Session.values()[0])
                .put(Feature.VOLATILITY_PCT, volatility)
                .build();
    }
}
