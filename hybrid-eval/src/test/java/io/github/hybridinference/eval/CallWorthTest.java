package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.eval.CallWorth.Verdict;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.testing.FakeModel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
        assertThat(worth.detectableEdge()).isPositive();
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
