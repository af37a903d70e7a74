package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.eval.journal.FreshAnswers;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.testing.FakeModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The reports that ask the model about a sample. */
@Timeout(120)
class SamplesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final History history = Walks.history(Walks.momentum(13, 2_000, 0.35));

    @Test
    void tellsWhatTheModelChangedAndWhatThatWasWorth() {
        RouterReport report = report(Oracles.momentum());
        assertThat(report.sampled()).isEqualTo(400);
        assertThat(report.changed()).isPositive();
        assertThat(report.worth().low()).isPositive();
        assertThat(report.costUsd()).isGreaterThan(0).isLessThanOrEqualTo(400 * 1e-4 + 1e-9);
    }

    @Test
    void theCurveRunsFromTheRulesAloneToTheModelAlone() {
        List<RouterReport.Point> curve = report(Oracles.momentum()).curve();
        assertThat(curve).hasSize(11);
        assertThat(curve.get(0).modelShare()).isZero();
        assertThat(curve.get(0).costPer1000BarsUsd()).isZero();
        assertThat(curve.get(10).modelShare()).isEqualTo(1);
        assertThat(curve.get(5).modelShare()).isCloseTo(0.5, within(0.1));
        assertThat(curve.get(10).meanReturn().value())
                .isGreaterThan(curve.get(0).meanReturn().value());
    }

    @Test
    void chargesTheCostThatThePortfolioIsCharged() {
        // bought before, bought after: to say BUY again costs nothing; to sell in between turns the position twice
        assertThat(SourceEvaluator.nettedReturn(1, 1, 1, 1, 0.01, 5)).isEqualTo(0.01, within(1e-12));
        assertThat(SourceEvaluator.nettedReturn(-1, 1, 1, 1, 0.01, 5)).isEqualTo(-0.01 - 4 * 0.0005, within(1e-12));
        // alone among HOLD it pays both ways, as by itself
        assertThat(SourceEvaluator.nettedReturn(1, 0, 0, 0, 0.01, 5))
                .isEqualTo(SourceEvaluator.netReturn(1, 0.01, 5), within(1e-12));
        // the exit of the rules' position is charged to the decision that follows it
        assertThat(SourceEvaluator.nettedReturn(0, 0, 1, 0, 0.01, 5)).isEqualTo(-0.0005, within(1e-12));
    }

    @Test
    void aModelThatGivesNoAnswerChangesNothing() {
        RouterReport report = report(Oracles.saying(snapshot -> "MAYBE"));
        assertThat(report.sampled()).isZero();
        assertThat(report.unanswered()).isEqualTo(400);
        assertThat(report.curve()).isEmpty();
    }

    private RouterReport report(FakeModel model) {
        return RouterReport.of(history, new FreshAnswers(model, PATIENCE), 1, 0, 400, done -> {});
    }

    @Test
    void coarserFiguresHitMoreOftenAndFlipMoreOften() {
        FakeModel model = Oracles.saying(snapshot -> snapshot.get(Feature.RSI_14) > 50 ? "BUY" : "SELL");
        List<CacheReport.Step> steps = CacheReport.of(
                        questions(),
                        new FreshAnswers(model, PATIENCE),
                        Duration.ofHours(1),
                        List.of(0.0, 1.0, 30.0),
                        d -> {})
                .steps();
        assertThat(steps).extracting(CacheReport.Step::flips).first().isEqualTo(0);
        assertThat(steps.get(1).hits()).isGreaterThanOrEqualTo(steps.get(0).hits());
        assertThat(steps.get(2).hitRate()).isGreaterThan(steps.get(1).hitRate());
        assertThat(steps.get(2).flipRate()).isGreaterThan(0);
        assertThat(steps.get(2).flips()).isGreaterThan(steps.get(1).flips());
    }

    /** Several questions a bar, of neighbouring bars' figures: as if a price had wandered within it. */
    private List<CacheReport.Question> questions() {
        List<CacheReport.Question> questions = new ArrayList<>();
        for (int bar = 200; bar < 500; bar++) {
            for (int part = 0; part < 4; part++) {
                questions.add(new CacheReport.Question(
                        history.questions().get(200).time().plus(Duration.ofMinutes(15L * (4 * (bar - 200) + part))),
                        history.questions().get(bar + part)));
            }
        }
        return questions;
    }

    @Test
    void savedAnswersAreGivenAgainWithoutTheModel(@TempDir Path folder) throws IOException {
        FakeModel model = Oracles.momentum();
        FreshAnswers asking = new FreshAnswers(model, PATIENCE);
        RouterReport first = RouterReport.of(history, asking, 1, 0, 100, done -> {});
        asking.save(folder);
        FreshAnswers again =
                new FreshAnswers(Recording.read(folder).replaying(model.identity(), Clock.systemUTC()), PATIENCE);
        assertThat(RouterReport.of(history, again, 1, 0, 100, done -> {})).isEqualTo(first);
        assertThat(again.asked()).isEqualTo(asking.asked());
    }
}
