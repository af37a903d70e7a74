package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.classify.LearnedClassifier;
import io.github.hybridinference.classify.RouterModel;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.eval.journal.Journal;
import io.github.hybridinference.eval.journal.JournalEntry;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.eval.report.Latencies;
import io.github.hybridinference.eval.report.Report;
import io.github.hybridinference.eval.report.ReportHead;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.testing.FakeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What all scenarios are worth, from the journal of a router that asked about some. */
@Timeout(240)
class LoggedWorthTest {
    private static final History HISTORY = Walks.history(Walks.momentum(13, 3_000, 0.35));

    private static Evaluation evaluation() {
        return Evaluation.of(HISTORY).horizonBars(1).costBps(1);
    }

    @Test
    void aJournalOfTheTableGivesTheSameFigureAsAllPairs(@TempDir Path folder) throws IOException {
        EvaluationResult result = recorded(folder, ScenarioClassifier.thresholds());
        LoggedWorth worth = LoggedWorth.of(HISTORY, Recording.read(folder), 1, 1);

        assertThat(worth.worth().value()).isCloseTo(result.callWorth().worth().value(), within(1e-12));
        assertThat(worth.ofAsked()).isEqualTo(worth.worth());
        assertThat(worth.explored()).isZero();
        assertThat(worth.asked()).isEqualTo(worth.scenarios());
    }

    @Test
    void propensitiesAreKeptInTheJournalAndUndoTheChoice(@TempDir Path folder) throws IOException {
        EvaluationResult full = evaluation()
                .engine((builder, clock) -> builder.remote(Oracles.momentum()))
                .run();
        RouterModel model = RouterModel.parse(RouterTraining.of(full).train("", LocalDate.EPOCH));
        LearnedClassifier router = ScenarioClassifier.learned(model).exploring(0.2, 3);
        recorded(folder, router);
        Recording journal = Recording.read(folder);
        List<Scenario> drawn = journal.entries().stream()
                .map(JournalEntry::scenario)
                .filter(scenario -> scenario.propensity() == 0.2)
                .toList();
        LoggedWorth worth = LoggedWorth.of(HISTORY, journal, 1, 1);

        assertThat(journal.skipped()).isEmpty();
        assertThat(drawn).anyMatch(Scenario::isComplex).anyMatch(scenario -> !scenario.isComplex());
        assertThat(worth.scenarios()).isEqualTo(full.callWorth().pairs().size());
        assertThat(worth.explored()).isPositive();
        assertThat(worth.asked()).isBetween(worth.explored() + 1, worth.scenarios() - 1);
        double changeShare =
                (double) full.callWorth().changes() / full.callWorth().compared();
        assertThat(worth.changeShare().contains(changeShare)).isTrue();
        assertThat(worth.worth().contains(full.callWorth().worth().value())).isTrue();
        // and the next training reads the file: explored scenarios count five times
        assertThat(RouterTraining.of(HISTORY, journal, 1, 1).train("", LocalDate.EPOCH))
                .contains("\"explored\" : "
                        + RouterExample.of(HISTORY, journal, 1, 1).stream()
                                .filter(example -> example.isAnswered() && example.propensity() < 1)
                                .count());
    }

    /** Two engines that write into one folder, or one engine with two symbols. */
    @Test
    void aJournalOfSeveralSymbolsIsToldApartWhereItKeepsThem(@TempDir Path both, @TempDir Path own) throws IOException {
        History other = History.of(Walks.momentum(14, 3_000, 0.35), Walks.HOURLY, new Renamed());
        recorded(own, HISTORY, Oracles.momentum());
        recorded(both, HISTORY, Oracles.momentum());
        recorded(both, other, Oracles.saying(snapshot -> "SELL"));

        assertThat(LoggedWorth.of(HISTORY, Recording.read(both), 1, 1))
                .isEqualTo(LoggedWorth.of(HISTORY, Recording.read(own), 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoggedWorth.of(other, Recording.read(own), 1, 1))
                .withMessage("the journal keeps symbols, and none of them is that of the bars");
    }

    /** The same figures under another symbol. */
    private static final class Renamed implements SnapshotSource {
        private final PlainSnapshots plain = new PlainSnapshots();

        @Override
        public MarketSnapshot at(List<Bar> past) {
            MarketSnapshot snapshot = plain.at(past);
            MarketSnapshot.Builder renamed = MarketSnapshot.builder("OTHER", snapshot.timeframe())
                    .time(snapshot.time())
                    .price(snapshot.get(Feature.PRICE));
            if (!Double.isNaN(snapshot.get(Feature.RSI_14))) {
                renamed.rsi(snapshot.get(Feature.RSI_14));
            }
            return renamed.build();
        }
    }

    private static void recorded(Path folder, History history, FakeModel model) throws IOException {
        try (Journal journal = Journal.in(folder)
                .keepingSymbols()
                .queueLines(HISTORY.size() + 1)
                .open()) {
            Evaluation.of(history)
                    .horizonBars(1)
                    .costBps(1)
                    .engine((builder, clock) -> builder.remote(model).listener(journal))
                    .run();
        }
    }

    @Test
    void theReportHasItWhereARouterChose(@TempDir Path folder) throws IOException {
        EvaluationResult full = evaluation()
                .engine((builder, clock) -> builder.remote(Oracles.momentum()))
                .run();
        RouterModel model = RouterModel.parse(RouterTraining.of(full).train("", LocalDate.EPOCH));
        EvaluationResult chosen = recorded(
                folder.resolve("journal"), ScenarioClassifier.learned(model).exploring(0.2, 3));
        LoggedWorth worth = LoggedWorth.of(chosen).orElseThrow();

        assertThat(LoggedWorth.of(full)).isEmpty();
        assertThat(worth).isEqualTo(LoggedWorth.of(HISTORY, Recording.read(folder.resolve("journal")), 1, 1));
        assertThat(report(full, folder)).doesNotContain("\"logged_worth\"");
        assertThat(report(chosen, folder)).contains("\"logged_worth\"", "\"explored\" : " + worth.explored());
        assertThat(Files.readString(folder.resolve("report.html"))).contains("id=\"logged-card\"");
    }

    private static String report(EvaluationResult result, Path folder) throws IOException {
        new Report(new ReportHead("", "", true, Optional.empty(), List.of()), result, Latencies.measured(result))
                .write(folder);
        return Files.readString(folder.resolve("report.json"));
    }

    private static EvaluationResult recorded(Path folder, ScenarioClassifier classifier) throws IOException {
        try (Journal journal = Journal.in(folder).queueLines(HISTORY.size() + 1).open()) {
            return evaluation()
                    .classifier(classifier)
                    .engine((builder, clock) ->
                            builder.remote(Oracles.momentum()).listener(journal))
                    .run();
        }
    }

    /** Seven tenths of the changes are asked about and lose 8.8 bps, 2 % of the others, which gain 3.6: -5.1 in all. */
    @Test
    void theIntervalCoversTheTruthInNineteenOfTwentyResamplings() {
        double ofChosen = -0.00088;
        double ofOthers = 0.00036;
        double truth = 0.7 * ofChosen + 0.3 * ofOthers;
        SplittableRandom random = new SplittableRandom(7);
        InversePropensity estimator = new InversePropensity(BlockBootstrap.blockOf(8_000, 4));
        int covered = 0;
        int coveredByTheMeanOfTheAsked = 0;
        for (int round = 0; round < 500; round++) {
            Draw draw = Draw.of(random, ofChosen, ofOthers);
            covered += estimator.mean(draw.bars, draw.gains, draw.weights).contains(truth) ? 1 : 0;
            double[] ones = new double[draw.bars.length];
            Arrays.fill(ones, 1);
            coveredByTheMeanOfTheAsked +=
                    estimator.mean(draw.bars, draw.gains, ones).contains(truth) ? 1 : 0;
        }

        assertThat(covered).isGreaterThanOrEqualTo(465); // 93 %
        assertThat(coveredByTheMeanOfTheAsked).isLessThan(450);
    }

    /** Gains over four bars, which neighbours share. */
    private static final class Draw {
        private final int[] bars;
        private final double[] gains;
        private final double[] weights;

        private Draw(List<double[]> known) {
            bars = known.stream().mapToInt(row -> (int) row[0]).toArray();
            gains = known.stream().mapToDouble(row -> row[1]).toArray();
            weights = known.stream().mapToDouble(row -> row[2]).toArray();
        }

        static Draw of(SplittableRandom random, double ofChosen, double ofOthers) {
            double[] moves = new double[8_004];
            for (int i = 0; i < moves.length; i++) {
                moves[i] = 0.01 * random.nextGaussian();
            }
            List<double[]> known = new ArrayList<>();
            for (int bar = 0; bar < 8_000; bar++) {
                boolean change = random.nextDouble() < 0.55;
                boolean chosen = random.nextDouble() < 0.7;
                double move = moves[bar] + moves[bar + 1] + moves[bar + 2] + moves[bar + 3];
                double gain = (chosen ? ofChosen : ofOthers) + (random.nextBoolean() ? move : -move);
                double propensity = chosen ? 1 : 0.02;
                if (change && random.nextDouble() < propensity) {
                    known.add(new double[] {bar, gain, 1 / propensity});
                }
            }
            return new Draw(known);
        }
    }
}
