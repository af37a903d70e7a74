package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.hybridinference.eval.CallWorth.Verdict;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.testing.FakeModel;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the calls were worth, from all pairs of answers. */
@Timeout(120)
class CallWorthTest {
    private static final int HORIZON = 4;

    @Test
    void comparesEachAnswerOfTheModelWithThatOfTheRules() {
        EvaluationResult result = run(Oracles.momentum(), 0.35);
        CallWorth worth = result.callWorth();

        List<Decided> answered = result.decisions().stream()
                .filter(decided -> decided.answer().source() == Source.REMOTE
                        || decided.answer().source() == Source.CACHE)
                .filter(Decided::isJudged)
                .toList();
        assertThat(worth.compared()).isEqualTo(answered.size());
        assertThat(worth.changes()).isPositive().isEqualTo((int) answered.stream()
                .filter(decided -> decided.answer().signal().action()
                        != decided.answer().rules().action())
                .count());
        double sum = answered.stream()
                .filter(decided -> decided.answer().signal().action()
                        != decided.answer().rules().action())
                .mapToDouble(CallWorthTest::gain)
                .sum();
        assertThat(worth.worth().value()).isCloseTo(sum / worth.changes(), within(1e-12));
    }

    /** Computed from the actions alone: side times move, less 5 bps at entry and at exit. */
    private static double gain(Decided decided) {
        int model = Decided.sideOf(decided.answer().signal().action());
        int rules = Decided.sideOf(decided.answer().rules().action());
        return (model - rules) * decided.forwardReturn() - (Math.abs(model) - Math.abs(rules)) * 0.001;
    }

    @Test
    void aPlantedGainIsFoundAndEarnsItsPriceFromSomeCapitalOn() {
        CallWorth worth = run(Oracles.momentum(), 0.35).callWorth();

        assertThat(worth.verdict()).isEqualTo(Verdict.WORTH_IT);
        double standardError = (worth.worth().high() - worth.worth().low()) / 2 / 1.96;
        assertThat(worth.detectableEdge()).isCloseTo((1.96 + 0.84) * standardError, withinPercentage(0.5));
        double capital = worth.breakEvenCapitalUsd().orElseThrow();
        double gained = worth.pairs().stream()
                .filter(AnswerPair::isComparable)
                .mapToDouble(AnswerPair::gain)
                .sum();
        assertThat(capital * gained).isCloseTo(worth.costUsd(), within(1e-9));
        assertThat(worth.costUsd()).isPositive();
    }

    @Test
    void aModelThatIsAlwaysWrongIsNotWorthIt() {
        FakeModel wrong = Oracles.saying(snapshot -> {
            double change = snapshot.get(Feature.PRICE_CHANGE_PCT);
            return change > 0.2 ? "SELL" : change < -0.2 ? "BUY" : "HOLD";
        });
        CallWorth worth = run(wrong, 0.35).callWorth();

        assertThat(worth.verdict()).isEqualTo(Verdict.NOT_WORTH_IT);
        assertThat(worth.breakEvenCapitalUsd()).isEmpty();
    }

    @Test
    void fallbacksAreToldButNotCompared() {
        CallWorth worth = run(Oracles.saying(snapshot -> "MAYBE"), 0).callWorth();

        assertThat(worth.pairs()).isNotEmpty().allMatch(pair -> pair.model().isEmpty());
        assertThat(worth.compared()).isZero();
        assertThat(worth.worth().value()).isNaN();
        assertThat(worth.verdict()).isEqualTo(Verdict.NO_MODEL);
    }

    @Test
    void seriesThatMoveAsOneShowNoMoreThanOneOfThem() {
        CallWorth one = run(Oracles.momentum(), 0.35).callWorth();
        CallWorth alone = CallWorth.together(List.of(one), Duration.ofHours(1));
        CallWorth tenfold = CallWorth.together(Collections.nCopies(10, one), Duration.ofHours(1));

        assertThat(alone.worth().value()).isCloseTo(one.worth().value(), within(1e-12));
        assertThat(tenfold.changes()).isEqualTo(10 * one.changes());
        assertThat(tenfold.costUsd()).isCloseTo(10 * one.costUsd(), within(1e-9));
        assertThat(tenfold.worth().low()).isCloseTo(alone.worth().low(), within(1e-12));
        assertThat(tenfold.worth().high()).isCloseTo(alone.worth().high(), within(1e-12));
        assertThat(tenfold.pairs()).isSortedAccordingTo(Comparator.comparing(AnswerPair::time));
    }

    /** Blocks are at least twice as many days as the horizon has, begun days included; here the 84 days alone ask for blocks of 5. */
    @Test
    void aLongerHorizonDrawsLongerBlocksOfDays() {
        CallWorth one = run(Oracles.momentum(), 0.35).callWorth();
        Interval twoDays = interval(one, Duration.ofDays(2));
        Interval threeDays = interval(one, Duration.ofDays(3));

        assertThat(interval(one, Duration.ofHours(1))).isEqualTo(twoDays);
        assertThat(threeDays.value()).isEqualTo(twoDays.value());
        assertThat(threeDays.low()).isNotEqualTo(twoDays.low());
        assertThat(interval(one, Duration.ofDays(2).plusMillis(1))).isEqualTo(threeDays);
        assertThat(interval(one, Duration.ofDays(3).plusMillis(1))).isNotEqualTo(threeDays);
    }

    private static Interval interval(CallWorth one, Duration horizon) {
        return CallWorth.together(List.of(one), horizon).worth();
    }

    @Test
    void independentSeriesShowMoreTogether() {
        List<CallWorth> series = IntStream.range(0, 9)
                .mapToObj(seed -> Evaluation.of(Walks.history(Walks.momentum(700 + seed, 2_000, 0.35)))
                        .engine((builder, clock) -> builder.remote(Oracles.momentum()))
                        .run()
                        .callWorth())
                .toList();
        CallWorth together = CallWorth.together(series, Duration.ofHours(1));
        double alone =
                CallWorth.together(series.subList(0, 1), Duration.ofHours(1)).detectableEdge();

        // a third, if all are alike
        assertThat(together.detectableEdge()).isBetween(0.2 * alone, 0.55 * alone);
        assertThatThrownBy(() -> CallWorth.together(List.of(), Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CallWorth.together(series, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** On random walks an undecided verdict is the rule; one of 20 intervals misses by chance, two sides together. */
    @Test
    void onRandomWalksTheVerdictIsSeldomDecided() {
        Map<Verdict, Integer> found = new EnumMap<>(Verdict.class);
        for (int seed = 0; seed < 20; seed++) {
            EvaluationResult result = Evaluation.of(Walks.history(Walks.random(300 + seed, 2_000)))
                    .engine((builder, clock) -> builder.remote(Oracles.momentum()))
                    .horizonBars(HORIZON)
                    .run();
            found.merge(result.callWorth().verdict(), 1, Integer::sum);
        }
        assertThat(found.getOrDefault(Verdict.UNDECIDED, 0)).as("%s", found).isGreaterThanOrEqualTo(16);
    }

    private static EvaluationResult run(FakeModel model, double momentum) {
        return Evaluation.of(Walks.history(Walks.momentum(13, 2_000, momentum)))
                .engine((builder, clock) -> builder.remote(model))
                .horizonBars(momentum > 0 ? 1 : HORIZON)
                .costBps(5)
                .run();
    }
}
