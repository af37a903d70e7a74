package io.github.hybridinference.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Scenario.Reason;
import io.github.hybridinference.model.Timeframe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearnedClassifierTest {
    private static final ScenarioClassifier ALL_COMPLEX = (snapshot, verdict) -> Scenario.complex(Reason.UNDECIDED);
    private static final LearnedClassifier LEARNED =
            ScenarioClassifier.learned(Routers.byRsi()).over(ALL_COMPLEX).exploring(0, 0);
    private static final Instant MIDNIGHT = Instant.parse("2026-11-23T00:00:00Z");
    private static final long HOUR_MS = 3_600_000;

    private static MarketSnapshot market(double rsi, Instant close) {
        return market("X", rsi, close);
    }

    private static MarketSnapshot market(String symbol, double rsi, Instant close) {
        return MarketSnapshot.builder(symbol, Timeframe.H1).rsi(rsi).time(close).build();
    }

    private static Scenario classify(ScenarioClassifier classifier, double rsi, Instant close) {
        return classifier.classify(market(rsi, close), RuleVerdict.noData());
    }

    @Test
    void asksFromTheThresholdOn() {
        assertThat(classify(LEARNED, 50, MIDNIGHT)).isSameAs(Scenario.complex(Reason.UNDECIDED));
        assertThat(classify(LEARNED, 49, MIDNIGHT)).isEqualTo(Scenario.simple(Reason.UNDECIDED));
    }

    @Test
    void whatTheTableCallsSimpleStaysSimple() {
        Scenario simple = Scenario.simple(Reason.DECISIVE_RULES);

        assertThat(classify(LEARNED.over((snapshot, verdict) -> simple).exploring(0.5, 0), 90, MIDNIGHT))
                .isSameAs(simple);
    }

    @Test
    void barsOfAnotherTimeframeAreLeftToTheTable() {
        MarketSnapshot daily =
                MarketSnapshot.builder("X", Timeframe.D1).rsi(10).time(MIDNIGHT).build();

        assertThat(LEARNED.classify(daily, RuleVerdict.noData())).isSameAs(Scenario.complex(Reason.UNDECIDED));
    }

    @Test
    void exploresAShareAndTellsTheProbability() {
        LearnedClassifier exploring = LEARNED.exploring(0.02, 7);
        long explored = IntStream.range(0, 50_000)
                .mapToObj(bar -> classify(exploring, 10, MIDNIGHT.plus(Duration.ofHours(bar))))
                .peek(scenario -> assertThat(scenario.propensity()).isEqualTo(0.02))
                .filter(Scenario::isComplex)
                .count();

        assertThat(explored / 50_000.0).isCloseTo(0.02, within(0.003)); // five standard deviations
        assertThat(classify(exploring, 90, MIDNIGHT).propensity()).isEqualTo(1);
    }

    @Test
    void aBarIsDrawnOnce() {
        LearnedClassifier exploring = LEARNED.exploring(0.5, 7);
        for (int bar = 0; bar < 50; bar++) {
            Instant close = MIDNIGHT.plus(Duration.ofHours(bar));
            assertThat(classify(exploring, 10, close)).isSameAs(classify(exploring, 12, close));
        }
        List<Scenario> seven = draws(exploring);
        assertThat(draws(LEARNED.exploring(0.5, 7))).isEqualTo(seven);
        assertThat(draws(LEARNED.exploring(0.5, 8))).isNotEqualTo(seven);
    }

    /** Otherwise a fleet would explore all its symbols at the same bars, and know nothing of the others. */
    @Test
    void symbolsAreDrawnIndependently() {
        LearnedClassifier exploring = LEARNED.exploring(0.5, 7);
        int together = 0;
        for (int bar = 0; bar < 1_000; bar++) {
            Instant close = MIDNIGHT.plus(Duration.ofHours(bar));
            Scenario one = exploring.classify(market("ONE", 10, close), RuleVerdict.noData());
            Scenario other = exploring.classify(market("OTHER", 10, close), RuleVerdict.noData());
            together += one.isComplex() == other.isComplex() ? 1 : 0;
        }
        assertThat(together).isBetween(420, 580); // five standard deviations around a half
    }

    private static List<Scenario> draws(LearnedClassifier classifier) {
        return IntStream.range(0, 50)
                .mapToObj(bar -> classify(classifier, 10, MIDNIGHT.plus(Duration.ofHours(bar))))
                .toList();
    }

    @Test
    void byPriceAsksIffTheExpectedGainExceedsThePriceNow() {
        // twice as dear from 06:00 to 10:00; probability 0.5, gain 10 bps: $0.05 expected on $100
        LongUnaryOperator price =
                ms -> Math.floorMod(ms, 24 * HOUR_MS) / HOUR_MS >= 6 && Math.floorMod(ms, 24 * HOUR_MS) / HOUR_MS < 10
                        ? 80_000_000
                        : 40_000_000;
        LearnedClassifier valuing = LEARNED.valuing(100, price);

        assertThat(classify(valuing, 50, MIDNIGHT).isComplex()).isTrue();
        assertThat(classify(valuing, 50, MIDNIGHT.plus(Duration.ofHours(6))).isComplex())
                .isFalse();
        assertThat(classify(valuing, 50, MIDNIGHT.plus(Duration.ofHours(10))).isComplex())
                .isTrue();
        assertThat(classify(LEARNED.valuing(170, price), 50, MIDNIGHT.plus(Duration.ofHours(6)))
                        .isComplex())
                .isTrue();
        assertThat(classify(LEARNED.valuing(70, price), 50, MIDNIGHT).isComplex())
                .isFalse();
    }

    @Test
    void withoutAGainItAsksItsShareOfExplorationOnly() {
        RouterModel losing = Routers.changed(text ->
                text.replace("\"all\": 10", "\"all\": -10").replace("\"NEUTRAL_RSI\": 20", "\"NEUTRAL_RSI\": -5"));
        LearnedClassifier valuing = ScenarioClassifier.learned(losing)
                .over(ALL_COMPLEX)
                .valuing(1e9, ms -> 0)
                .exploring(0, 0);

        assertThat(classify(valuing, 95, MIDNIGHT)).isEqualTo(Scenario.simple(Reason.UNDECIDED));
    }

    @Test
    void aPoorDayIsSpentOnWhatIsMostProbable() {
        long[] left = {60}; // of 240 scenarios expected, each at 1
        LearnedClassifier pacing = LEARNED.pacing(ms -> 1, ms -> left[0], 1);

        assertThat(classify(pacing, 55, MIDNIGHT).isComplex()).isFalse();
        assertThat(classify(pacing, 80, MIDNIGHT).isComplex()).isTrue();
        left[0] = 1_000;
        assertThat(classify(pacing, 55, MIDNIGHT).isComplex()).isTrue();
    }

    @Test
    void atTwiceThePriceTwiceTheProbabilityIsWanted() {
        LongUnaryOperator price = ms -> Math.floorMod(ms, 24 * HOUR_MS) / HOUR_MS < 4 ? 2 : 1;
        LearnedClassifier pacing = LEARNED.pacing(price, ms -> 120, 1);

        assertThat(classify(pacing, 60, MIDNIGHT).isComplex()).isFalse();
        assertThat(classify(pacing, 60, MIDNIGHT.plus(Duration.ofHours(4))).isComplex())
                .isTrue();
    }

    @Test
    void theLastHourCanAlwaysBePaidFor() {
        LearnedClassifier pacing = LEARNED.pacing(ms -> 1, ms -> 1, 0.01).exploring(0.9, 0);

        for (int hour = 0; hour < 23; hour++) {
            assertThat(classify(pacing, 90, MIDNIGHT.plus(Duration.ofHours(hour))))
                    .isSameAs(Scenario.simple(Reason.UNDECIDED));
        }
        assertThat(classify(pacing, 90, MIDNIGHT.plus(Duration.ofHours(23)).plusSeconds(3_000))
                        .isComplex())
                .isTrue();
    }

    @Test
    void whatIsExploredIsExpectedToCostToo() {
        LearnedClassifier pacing = LEARNED.pacing(ms -> 1, ms -> 150, 1); // a fifth of 240 scenarios is worth as much

        assertThat(classify(pacing, 80, MIDNIGHT).propensity()).isEqualTo(1);
        assertThat(classify(pacing.exploring(0.9, 0), 80, MIDNIGHT).propensity())
                .as("with 0.9 of the others it is 220")
                .isEqualTo(0.9);
    }

    @Test
    void moreSeriesShareTheBudget() {
        assertThat(classify(LEARNED.pacing(ms -> 1, ms -> 1_000, 1), 55, MIDNIGHT)
                        .isComplex())
                .isTrue();
        assertThat(classify(LEARNED.pacing(ms -> 1, ms -> 1_000, 10), 55, MIDNIGHT)
                        .isComplex())
                .isFalse();
    }

    @Test
    void eachDayIsPlannedAtItsOwnPrices() {
        Instant nextDay = MIDNIGHT.plus(Duration.ofDays(1));
        LearnedClassifier pacing = LEARNED.pacing(ms -> ms < nextDay.toEpochMilli() ? 1 : 100, ms -> 3_000, 1);

        assertThat(classify(pacing, 80, MIDNIGHT).isComplex()).isTrue();
        assertThat(classify(pacing, 80, nextDay).isComplex())
                .as("48 scenarios at 100 each")
                .isFalse();
    }

    @Test
    void anEmptyBudgetIsNotExplored() {
        LearnedClassifier pacing = LEARNED.pacing(ms -> 1, ms -> 0, 1).exploring(0.9, 0);

        assertThat(classify(pacing, 90, MIDNIGHT)).isSameAs(Scenario.simple(Reason.UNDECIDED));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> LEARNED.exploring(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> LEARNED.exploring(Double.NaN, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> LEARNED.valuing(0, ms -> 1));
        assertThatIllegalArgumentException().isThrownBy(() -> LEARNED.pacing(ms -> 1, ms -> 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Scenario(Scenario.Kind.COMPLEX, Reason.CUSTOM, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Scenario(Scenario.Kind.SIMPLE, Reason.CUSTOM, 1));
    }

    @Test
    void theValueOfAScenarioIsTheFigureByWhichItWasChosen() {
        assertThat(value(LEARNED, 50)).isEqualTo(0.5);
        assertThat(value(LEARNED, 60)).isGreaterThan(value(LEARNED, 50));
        assertThat(value(LEARNED.valuing(100, at -> 1), 50))
                .as("half a chance of 20 basis points of 100 dollars")
                .isCloseTo(0.1, within(1e-12));
        assertThat(ScenarioClassifier.thresholds().value(SNAPSHOT_FIVE_MINUTES, VERDICT, COMPLEX))
                .isZero();
        assertThat(LEARNED.value(SNAPSHOT_FIVE_MINUTES, VERDICT, COMPLEX)).isZero();
    }

    private static final RuleVerdict VERDICT = RuleVerdict.noData();
    private static final Scenario COMPLEX = Scenario.complex(Reason.NEUTRAL_RSI);
    private static final MarketSnapshot SNAPSHOT_FIVE_MINUTES =
            MarketSnapshot.builder("X", Timeframe.M5).time(MIDNIGHT).rsi(50).build();

    private static double value(LearnedClassifier classifier, double rsi) {
        return classifier.value(
                MarketSnapshot.builder("X", Timeframe.H1)
                        .time(MIDNIGHT)
                        .rsi(rsi)
                        .build(),
                VERDICT,
                COMPLEX);
    }
}
