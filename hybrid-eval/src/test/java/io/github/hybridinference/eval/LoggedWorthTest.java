package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.classify.LearnedClassifier;
import io.github.hybridinference.classify.RouterModel;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.eval.journal.Journal;
import io.github.hybridinference.eval.journal.JournalEntry;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.model.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
