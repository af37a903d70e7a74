package io.github.hybridinference.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.eval.experiment.SearchReport.Standing;
import io.github.hybridinference.testing.FakeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptSearchTest {
    private static final Exam EXAM = Exams.exam(1_000);

    @TempDir
    private Path folder;

    private final Map<String, FakeModel> asked = new HashMap<>();

    /** A prompt whose text is how often its model is right. */
    private static PromptVariant variant(String name, double right) {
        return new PromptVariant(name, Double.toString(right));
    }

    private PromptSearch search(double baseline, double... others) {
        List<PromptVariant> variants = new ArrayList<>();
        for (int i = 0; i < others.length; i++) {
            variants.add(variant("v" + i, others[i]));
        }
        return PromptSearch.on(EXAM)
                .baseline(variant("in use", baseline))
                .variants(variants)
                .asking(variant -> {
                    FakeModel model = Exams.right(variant.name(), Double.parseDouble(variant.text()))
                            .quoting(() -> OptionalLong.of(Engines.COST));
                    asked.put(variant.name(), model);
                    return model;
                });
    }

    private Path ledger() {
        return folder.resolve("holdouts");
    }

    @Test
    void proposesTheBetterPromptAndSpendsMostOnTheGoodOnes() throws IOException {
        SearchReport report = search(0.5, 0.4, 0.45, 0.8, 0.3, 0.5, 0.35, 0.55).run(ledger(), 800, Budget.unlimited());
        assertThat(report.winner()).contains("v2");
        assertThat(report.proposal()).contains("v2");
        assertThat(report.rounds()).hasSize(3);
        assertThat(report.rounds().get(0).standings()).hasSize(8 + 3);
        assertThat(report.rounds().get(1).standings()).hasSize(4 + 3);
        assertThat(report.rounds().get(2).standings()).hasSize(2 + 3);
        assertThat(report.holdout().orElseThrow().winnerMean()).isEqualTo(0.02 * 0.8 - 0.011, within(0.003));
        long training = asked.values().stream().mapToLong(FakeModel::attempts).sum() - 2L * report.holdoutQuestions();
        assertThat(training).isBetween(700L, 800L);
        assertThat(asked.get("v2").attempts() - report.holdoutQuestions())
                .isGreaterThan(2 * asked.get("v3").attempts());
        assertThat(report.costNanoUsd()).hasValue(Engines.COST * (training + 2L * report.holdoutQuestions()));
        assertThat(asked.values()).allMatch(model -> model.closings() == 1);
    }

    @Test
    void proposesNothingWhenTheWinnerWasLucky() throws IOException {
        SearchReport report = search(0.5, 0.5, 0.5, 0.5).run(ledger(), 200, Budget.unlimited());
        assertThat(report.proposal()).isEmpty();
    }

    @Test
    void leavesTheHoldoutFreshWhenTheBaselineWins() throws IOException {
        SearchReport report = search(0.9, 0.3, 0.3, 0.3).run(ledger(), 400, Budget.unlimited());
        assertThat(report.winner()).contains("in use");
        assertThat(report.holdout()).isEmpty();
        assertThat(ledger()).doesNotExist();
        Instant begin = EXAM.last(0.3).questions().get(0).entry().barTime();
        assertThat(asked.values()).allSatisfy(model -> {
            for (int i = 0; i < model.attempts(); i++) {
                String id = model.exchange(i).request().decisionId();
                assertThat(Exams.bar(Integer.parseInt(id.substring("decision-".length()))))
                        .isBefore(begin);
            }
        });
    }

    @Test
    void looksAtAHoldoutOnce() throws IOException {
        assertThat(search(0.5, 0.9).run(ledger(), 200, Budget.unlimited()).holdout())
                .isPresent();
        asked.clear();
        assertThatIllegalStateException()
                .isThrownBy(() -> search(0.5, 0.9).run(ledger(), 200, Budget.unlimited()))
                .withMessageContaining("looked at");
        assertThat(asked).isEmpty();
    }

    @Test
    void endsWithoutAProposalWhenTheBudgetIsUsedUp() throws IOException {
        SearchReport report = search(0.5, 0.9, 0.9).run(ledger(), 600, Budget.perDay("0.00005"));
        assertThat(report.winner()).isEmpty();
        assertThat(report.proposal()).isEmpty();
        assertThat(report.costNanoUsd()).hasValue(50_000);
        assertThat(report.rounds().get(0).standings()).allMatch(Standing::kept);
    }

    @Test
    void endsWithoutAProposalWhenTheBudgetCannotBeReached() throws IOException {
        Budget unreachable = Exams.refusing(BudgetDecision.Refused.UNREACHABLE);
        SearchReport report = search(0.5, 0.9, 0.9).run(ledger(), 600, unreachable);
        assertThat(report.winner()).isEmpty();
        assertThat(report.rounds()).hasSize(1);
        assertThat(report.rounds().get(0).standings())
                .allMatch(Standing::kept)
                .filteredOn(standing -> !Benchmark.isLabel(standing.name()))
                .allMatch(standing -> standing.failures() == 1);
    }

    @Test
    void letsTheRulesAnswerWhereAVariantFails() throws IOException {
        SearchReport report = PromptSearch.on(EXAM)
                .baseline(variant("in use", 0.3))
                .variants(List.of(variant("garbled", 0)))
                .asking(variant -> variant.name().equals("garbled")
                        ? Exams.answering("garbled", snapshot -> "PERHAPS")
                        : Exams.right("in use", 0.3))
                .run(ledger(), 200, Budget.unlimited());
        Standing garbled = report.rounds().get(0).standings().get(0);
        assertThat(garbled.name()).isEqualTo("garbled");
        assertThat(garbled.meanNetReturn()).isZero(); // the rules hold
        assertThat(garbled.failures()).isEqualTo(100);
    }

    @Test
    void proposesToAskNoModelWhereThatIsBetter() throws IOException {
        SearchReport report = search(0.3, 0.2, 0.35).run(ledger(), 400, Budget.unlimited());
        assertThat(report.winner()).contains("always HOLD");
        assertThat(report.proposal()).contains("always HOLD");
        assertThat(report.holdout().orElseThrow().winnerMean()).isZero();
        assertThat(asked.get("v1").attempts()).isLessThanOrEqualTo(200); // the holdout asks the prompt in use only
        assertThatIllegalArgumentException().isThrownBy(() -> search(0.5).variants(List.of(variant("always BUY", 1))));
    }

    @Test
    void readsVariantsFromFiles() throws IOException {
        Files.writeString(folder.resolve("b.txt"), "Second.");
        Files.writeString(folder.resolve("a.txt"), "First.\nMore.");
        Files.writeString(folder.resolve("notes.md"), "Not a prompt.");
        assertThat(PromptVariant.read(folder))
                .containsExactly(new PromptVariant("a", "First.\nMore."), new PromptVariant("b", "Second."));
        Files.writeString(folder.resolve("c.txt"), " \n");
        assertThatIllegalArgumentException().isThrownBy(() -> PromptVariant.read(folder));
    }

    @Test
    void refusesASearchThatCannotBe() {
        PromptSearch alone = PromptSearch.on(EXAM).baseline(variant("in use", 0.5));
        assertThatIllegalStateException().isThrownBy(() -> alone.run(ledger(), 10, Budget.unlimited()));
        assertThatIllegalStateException().isThrownBy(() -> alone.baseline(variant("again", 0.5)));
        assertThatIllegalArgumentException().isThrownBy(() -> alone.variants(List.of(variant("in use", 0.6))));
        assertThatIllegalStateException().isThrownBy(() -> PromptSearch.on(EXAM).variants(List.of(variant("a", 1))));
    }
}
