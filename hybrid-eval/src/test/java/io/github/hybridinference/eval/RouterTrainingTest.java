package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hybridinference.classify.LearnedClassifier;
import io.github.hybridinference.classify.RouterModel;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Scenario.Reason;
import io.github.hybridinference.testing.FakeModel;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A router that learns from what a model said before. */
@Timeout(120)
class RouterTrainingTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);
    private static final EvaluationResult PLANTED = run(Oracles.momentum());

    private static EvaluationResult run(FakeModel model) {
        return Evaluation.of(Walks.history(Walks.momentum(13, 3_000, 0.35)))
                .engine((builder, clock) -> builder.remote(model))
                .horizonBars(1)
                .costBps(1)
                .run();
    }

    /** The model goes by the last change, and so whether it changes the decision can be told from the snapshot. */
    @Test
    void ranksLaterScenariosByWhetherTheModelChangesThem() {
        LearnedRouter router = LearnedRouter.of(PLANTED).orElseThrow();

        assertThat(router.auc()).isGreaterThan(0.6);
        assertThat(router.keptChanges()).isGreaterThan(0.62); // 0.60 by chance
        assertThat(router.table().askedShare()).isEqualTo(1);
        assertThat(router.table().keptChanges().value()).isEqualTo(1);
        assertThat(router.learned().askedShare()).isLessThan(1);
        assertThat(router.learned().keptChanges().value()).isGreaterThan(0.7);
    }

    @Test
    void theSameJournalGivesTheSameFile() {
        String file = RouterTraining.of(PLANTED).train("momentum", TODAY);

        assertThat(RouterTraining.of(PLANTED).train("momentum", TODAY)).isEqualTo(file);
        assertThat(RouterModel.parse(file).timeframe()).isEqualTo(Walks.HOURLY);
        assertThat(file).contains("\"series\" : \"momentum\"", "\"trained\" : \"2026-11-28\"");
    }

    @Test
    void byPriceItAsksWhereAGainIsPlanted() {
        RouterModel model = RouterModel.parse(RouterTraining.of(PLANTED).train("", TODAY));

        assertThat(model.gain(Reason.UNDECIDED)).isPositive();
        assertThat(askedShare(model, 10_000, 100_000)).isGreaterThan(0.9);
        // the same gain is not worth ten thousand times the price
        assertThat(askedShare(model, 1, 100_000_000)).isLessThan(0.01);
    }

    @Test
    void byPriceItAsksNothingOfAModelThatLoses() {
        EvaluationResult losing = run(Oracles.saying(snapshot -> {
            double change = snapshot.get(Feature.PRICE_CHANGE_PCT);
            return change > 0.2 ? "SELL" : change < -0.2 ? "BUY" : "HOLD";
        }));
        RouterModel model = RouterModel.parse(RouterTraining.of(losing).train("", TODAY));

        assertThat(askedShare(model, 1e6, 1)).isZero();
    }

    private static double askedShare(RouterModel model, double capitalUsd, long nanoUsd) {
        LearnedClassifier classifier =
                ScenarioClassifier.learned(model).exploring(0, 0).valuing(capitalUsd, ms -> nanoUsd);
        List<RouterExample> all = RouterExample.of(PLANTED);
        return (double) all.stream()
                        .filter(example -> classifier
                                .classify(example.question(), example.verdict())
                                .isComplex())
                        .count()
                / all.size();
    }

    @Test
    void fewerChangesMayBeLostWithMoreQuestions() {
        RouterModel strict =
                RouterModel.parse(RouterTraining.of(PLANTED).losingAtMost(0.05).train("", TODAY));
        RouterModel loose =
                RouterModel.parse(RouterTraining.of(PLANTED).losingAtMost(0.6).train("", TODAY));

        assertThat(strict.threshold()).isLessThan(loose.threshold());
    }

    /** The sigmoid of log odds beyond 37 is exactly 1, whose log odds are infinite: no calibration could be fitted to them. */
    @Test
    void aProbabilityThatRoundsToCertaintyHasFiniteLogOdds() {
        assertThat(RouterTraining.logOdds(1)).isFinite().isGreaterThan(36);
        assertThat(RouterTraining.logOdds(0)).isFinite().isLessThan(-36);
        assertThat(RouterTraining.logOdds(0.5)).isZero();
        assertThat(RouterTraining.logOdds(0.9)).isEqualTo(Math.log(0.9 / (1 - 0.9)));
    }

    @Test
    void saysWhenThereIsTooLittleToLearnFrom() {
        EvaluationResult few = Evaluation.of(Walks.history(Walks.random(1, 300)))
                .engine((builder, clock) -> builder.remote(Oracles.momentum()))
                .run();

        assertThat(LearnedRouter.of(few)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RouterTraining.of(few))
                .withMessageContaining("at least 400 complex scenarios");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RouterTraining.of(PLANTED).losingAtMost(1));
    }
}
