package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.eval.journal.Journal;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.testing.FakeModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EvaluationTest {
    private static final int BARS = 600;

    @Test
    void whatComesLaterChangesNoSignal() {
        List<Bar> bars = Walks.random(1, BARS);
        int last = 400;
        List<Bar> corrupted = new ArrayList<>(bars);
        for (int i = last + 1; i < BARS; i++) {
            Bar bar = bars.get(i);
            double factor = i % 2 == 0 ? 0.97 : 1.04;
            corrupted.set(
                    i,
                    new Bar(
                            bar.start(),
                            bar.open() * factor,
                            bar.high() * 1.1,
                            bar.low() * 0.9,
                            bar.close() * factor,
                            1_000_000));
        }
        assertThat(signals(bars, last)).isEqualTo(signals(corrupted, last));
    }

    private static List<String> signals(List<Bar> bars, int last) {
        return evaluate(Walks.history(bars)).decisions().subList(0, last + 1).stream()
                .map(decided -> decided.answer().signal()
                        + decided.answer().signal().reasoning()
                        + decided.answer().source())
                .toList();
    }

    @Test
    void pastBarsGiveNoWayToLaterOnes() {
        List<List<Bar>> seen = new ArrayList<>();
        History.of(Walks.random(1, 5), Walks.HOURLY, past -> {
            seen.add(past);
            return new PlainSnapshots().at(past);
        });
        assertThat(seen.get(2)).hasSize(3);
        assertThatThrownBy(() -> seen.get(2).get(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> seen.get(2).subList(0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aSignalIsFilledAtTheNextOpenAndPaysForTheChangeOfThePositionOnly() {
        History history = Walks.history(Walks.random(3, BARS));
        EvaluationResult result = Evaluation.of(history)
                .engine((builder, clock) -> builder.rules(always(Action.BUY)))
                .classifier((snapshot, verdict) -> Scenario.simple(Scenario.Reason.CUSTOM))
                .horizonBars(4)
                .costBps(5)
                .run();
        double expected = 0;
        for (int i = 0; i + 5 < BARS; i++) {
            expected +=
                    history.bars().get(i + 5).open() / history.bars().get(i + 1).open() - 1;
        }
        expected -= 4 * 0.0005; // the first four buy, each a quarter of the capital; the others hold on
        SourceFigures rules = result.figures().get(0);
        assertThat(rules.signals()).isEqualTo(BARS - 5);
        assertThat(rules.independent()).isEqualTo((BARS - 5 + 3) / 4);
        assertThat(rules.meanReturn().value()).isCloseTo(expected / (BARS - 5), within(1e-12));
    }

    @Test
    void buyingAlwaysIsBuyAndHoldOnceAllPartsAreIn() {
        History history = Walks.history(Walks.random(3, BARS));
        EvaluationResult result = Evaluation.of(history)
                .engine((builder, clock) -> builder.rules(always(Action.BUY)))
                .classifier((snapshot, verdict) -> Scenario.simple(Scenario.Reason.CUSTOM))
                .costBps(5)
                .run();
        assertThat(result.equity()).containsExactly(result.buyAndHoldEquity(), within(1e-12));
    }

    @Test
    void twoRunsGiveOneDigestAndSoDoesTheJournal(@TempDir Path folder) throws IOException {
        History history = Walks.history(Walks.random(5, BARS));
        FakeModel model = Oracles.momentum();
        EvaluationResult recorded;
        try (Journal journal =
                Journal.in(folder).asking(model.identity()).queueLines(BARS).open()) {
            recorded = Evaluation.of(history)
                    .engine((builder, clock) -> builder.remote(model).listener(journal))
                    .run();
        }
        assertThat(evaluate(history).digest()).isEqualTo(recorded.digest());

        Recording recording = Recording.read(folder);
        EvaluationResult replayed = Evaluation.of(history).replaying(recording).run();
        assertThat(replayed.digest()).isEqualTo(recorded.digest());
        assertThat(replayed.stats().totalCostNanoUsd())
                .isEqualTo(recorded.stats().totalCostNanoUsd());
        assertThat(replayed.decisions().get(300).answer().decisionId().split("-")[0])
                .isEqualTo(recording.entries().get(0).decisionId().split("-")[0]);
    }

    @Test
    void whatIsNotInTheJournalIsNotRecorded(@TempDir Path folder) throws IOException {
        FakeModel model = Oracles.momentum();
        try (Journal journal =
                Journal.in(folder).asking(model.identity()).queueLines(BARS).open()) {
            Evaluation.of(Walks.history(Walks.random(5, BARS)))
                    .engine((builder, clock) -> builder.remote(model).listener(journal))
                    .run();
        }
        EvaluationResult other = Evaluation.of(Walks.history(Walks.random(6, BARS)))
                .replaying(Recording.read(folder))
                .run();
        assertThat(other.decisions())
                .filteredOn(decided -> decided.answer().source() == Source.FALLBACK)
                .isNotEmpty()
                .allSatisfy(
                        decided -> assertThat(decided.answer().degradation()).contains(Degradation.NOT_RECORDED));
    }

    @Test
    void saysWhichShareOfTheBarsIsForTheModel() {
        EvaluationResult result = evaluate(Walks.history(Walks.random(5, BARS)));
        long asked = result.decisions().stream()
                .filter(decided -> decided.answer().source() != Source.LOCAL)
                .count();
        assertThat(result.modelShare()).isEqualTo((double) asked / BARS);
        assertThat(asked).isPositive();
    }

    private static EvaluationResult evaluate(History history) {
        return Evaluation.of(history)
                .engine((builder, clock) -> builder.remote(Oracles.momentum()))
                .run();
    }

    private static LocalRuleModel always(Action action) {
        return snapshot -> RuleVerdict.of(action, 0.6, RiskLevel.LOW, "always");
    }
}
