package io.github.hybridinference.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.eval.experiment.ComparisonReport.OneModel;
import io.github.hybridinference.eval.experiment.ComparisonReport.Pair;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelComparisonTest {
    private static final Exam EXAM = Exams.exam(200);

    private static ComparisonReport compare(Candidate... candidates) {
        return compare(Budget.unlimited(), candidates);
    }

    private static ComparisonReport compare(Budget budget, Candidate... candidates) {
        ModelComparison comparison = ModelComparison.on(EXAM);
        for (Candidate candidate : candidates) {
            comparison.candidate(candidate);
        }
        return comparison.run(budget);
    }

    private static OneModel model(ComparisonReport report, String name) {
        return report.models().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsAGoodModelFromAGuessingOne() {
        ComparisonReport report = compare(
                Candidate.live("good", Exams.right("good", 0.75)), Candidate.live("coin", Exams.right("coin", 0.5)));
        OneModel good = model(report, "good");
        assertThat(good.answered()).isEqualTo(200);
        assertThat(good.hitRate()).isEqualTo(0.75, within(0.08));
        // confidence 0.8: a share h of hits gives 0.04 h + 0.64 (1 - h)
        assertThat(good.brier()).isEqualTo(0.64 - 0.6 * good.hitRate(), within(1e-9));
        // the netted cost: nothing where the position stays, twice the cost of a change where it turns
        assertThat(0.02 * good.hitRate() - 0.01 - good.meanNetReturn()).isEqualTo(0.0005, within(0.0001));
        assertThat(good.costNanoUsd()).hasValue(200 * Engines.COST);
        assertThat(good.medianNanos()).isPositive();
        Pair pair = report.pairs().get(0);
        assertThat(pair.both()).isEqualTo(200);
        assertThat(pair.returns().advantage()).isPositive();
        assertThat(pair.returns().adjustedP()).isLessThan(0.01);
        assertThat(pair.hits().adjustedP()).isLessThan(0.01);
        assertThat(pair.squaredErrors().adjustedP()).isLessThan(0.01);
    }

    @Test
    void findsNoDifferenceAmongManyThatGuess() {
        Candidate[] guessing = new Candidate[8];
        for (int i = 0; i < guessing.length; i++) {
            guessing[i] = Candidate.live("coin " + i, Exams.right("guess" + i * i, 0.5));
        }
        ComparisonReport report = compare(guessing);
        assertThat(report.pairs()).hasSize(28 + 8 * 3);
        assertThat(report.pairs()).anyMatch(pair -> pair.returns().p() < 0.05);
        assertThat(report.pairs())
                .allMatch(pair -> !(pair.returns().adjustedP() < 0.05)
                        && !(pair.hits().adjustedP() < 0.05)
                        // always BUY claims to know nothing, which is nearer to the truth than their 0.8
                        && (pair.second().equals("always BUY")
                                || !(pair.squaredErrors().adjustedP() < 0.05)));
    }

    @Test
    void takesARecordedModelWithTheCostAndLatencyOfThen() {
        ComparisonReport report = compare(
                Candidate.recorded("recorded", Exams.recording(200), Exams.RECORDED),
                Candidate.live("always", Exams.answering("always", snapshot -> "BUY")));
        OneModel recorded = model(report, "recorded");
        assertThat(recorded.answered()).isEqualTo(200);
        assertThat(recorded.costNanoUsd()).hasValue(200 * 7);
        assertThat(recorded.medianNanos()).isBetween(100e6, 109e6);
        assertThat(report.pairs().get(0).agreement()).isEqualTo(0.5, within(0.15));
    }

    @Test
    void countsFailuresAndComparesOnlyWhereBothAnswered() {
        FakeModel failing = Exams.answering("failing", snapshot -> "SELL");
        for (int i = 0; i < 5; i++) {
            failing.then(FakeModel.failing(Reason.UNAVAILABLE));
        }
        failing.then(FakeModel.replying(Engines.saying("NEITHER")));
        failing.then(exchange -> {
            throw new IllegalStateException("broken on purpose");
        });
        ComparisonReport report = compare(
                Candidate.live("failing", failing),
                Candidate.live("holding", Exams.answering("holding", snapshot -> "HOLD")));
        assertThat(model(report, "failing").failures())
                .isEqualTo(Map.of(Degradation.UNAVAILABLE, 5, Degradation.BAD_REPLY, 1, Degradation.INTERNAL, 1));
        assertThat(model(report, "failing").answered()).isEqualTo(193);
        assertThat(model(report, "failing").costNanoUsd()).hasValue(194 * Engines.COST); // the bad reply was paid for
        assertThat(report.pairs().get(0).both()).isEqualTo(193);
        assertThat(report.pairs().get(0).hits().observations()).isZero();
        assertThat(report.pairs().get(0).hits().adjustedP()).isNaN();
        assertThat(model(report, "holding").holdShare()).isEqualTo(1);
        assertThat(model(report, "holding").hitRate()).isNaN();
    }

    @Test
    void restsItsTestsOnQuestionsThatDoNotOverlap() {
        Exam overlapping = Exam.of(Exams.recording(100), Exams.truth(Duration.ofHours(5)), 0);
        ComparisonReport report = ModelComparison.on(overlapping)
                .candidate(Candidate.live("a", Exams.right("a", 1)))
                .candidate(Candidate.live("b", Exams.right("b", 0)))
                .run(Budget.unlimited());
        assertThat(report.questions()).isEqualTo(100);
        assertThat(report.independent()).isEqualTo(20);
        assertThat(report.pairs().get(0).returns().observations()).isEqualTo(20);
    }

    @Test
    void spendsNoMoreThanItMay() {
        FakeModel dear = Exams.right("dear", 0.5).quoting(() -> OptionalLong.of(Engines.COST));
        FakeModel free = Exams.right("free", 0.5);
        ComparisonReport report = ModelComparison.on(EXAM)
                .candidate(Candidate.live("dear", dear))
                .candidate(Candidate.live("free", free.quoting(() -> OptionalLong.of(0))))
                .run(Budget.perDay("0.00001"));
        assertThat(dear.attempts()).isLessThanOrEqualTo(10);
        assertThat(model(report, "dear").failures()).containsKey(Degradation.BUDGET);
    }

    @ParameterizedTest
    @CsvSource({"EXHAUSTED, BUDGET", "PRICE_UNKNOWN, BUDGET", "UNREACHABLE, BUDGET_UNREACHABLE"})
    void saysWhyTheBudgetRefused(BudgetDecision.Refused refusal, Degradation failure) {
        FakeModel one = Exams.right("one", 0.5);
        ComparisonReport report =
                compare(Exams.refusing(refusal), Candidate.live("one", one), Candidate.live("two", one));
        assertThat(model(report, "one").failures()).isEqualTo(Map.of(failure, report.questions()));
        assertThat(one.attempts()).isZero();
    }

    @Test
    void needsOneAndDifferentNames() {
        ModelComparison comparison = ModelComparison.on(EXAM);
        assertThatIllegalStateException().isThrownBy(() -> comparison.run(Budget.unlimited()));
        comparison.candidate(Candidate.live("a", Exams.right("a", 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> comparison.candidate(Candidate.live("a", Exams.right("b", 1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> comparison.candidate(Candidate.live("the rules", Exams.right("b", 1))));
    }

    @Test
    void comparesOneModelWithWhatNeedsNone() {
        ComparisonReport report = compare(Candidate.live("good", Exams.right("good", 0.75)));
        assertThat(report.models())
                .extracting(OneModel::name)
                .containsExactly("good", "always HOLD", "always BUY", "the rules");
        assertThat(report.pairs()).extracting(Pair::second).containsExactly("always HOLD", "always BUY", "the rules");
        assertThat(model(report, "always HOLD").meanNetReturn()).isZero();
        assertThat(model(report, "always HOLD").costNanoUsd()).hasValue(0);
        // up as often as down; one purchase at the first question and one sale after the last
        assertThat(model(report, "always BUY").meanNetReturn())
                .isEqualTo(0.02 * model(report, "always BUY").hitRate() - 0.01 - 2 * 0.0005 / 200, within(1e-12));
        assertThat(report.pairs().get(1).returns().adjustedP()).isLessThan(0.01);
    }
}
