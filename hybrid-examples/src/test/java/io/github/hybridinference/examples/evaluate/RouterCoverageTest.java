package io.github.hybridinference.examples.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.classify.LearnedClassifier;
import io.github.hybridinference.classify.RouterModel;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.eval.History;
import io.github.hybridinference.eval.Interval;
import io.github.hybridinference.eval.LoggedWorth;
import io.github.hybridinference.eval.RouterTraining;
import io.github.hybridinference.eval.journal.JournalEntry;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.examples.bars.BarFileOptions;
import io.github.hybridinference.examples.run.Series;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What all complex scenarios are worth, estimated from the journal of a learned router that asked about three fifths of them and 2 %
 * of the others, against what the journal of the fixed table tells, which asked about all. Each resampling draws anew which of the
 * others are asked about; nothing else differs.
 */
@Tag("long")
class RouterCoverageTest {
    /** A file of bars; the test is left out without it. */
    private static final String BARS = "experiment.bars";

    private static final int HORIZON = 4;
    private static final double COST_BPS = 5;
    private static final int ROUNDS = 500;
    private static final double ASKED = 0.6;
    private static final double EXPLORED = 0.02;

    @TempDir
    private Path folder;

    @Test
    void theIntervalByInversePropensityCoversTheTruth() throws CommandException, IOException {
        String file = System.getProperty(BARS);
        assumeTrue(file != null, "no file of bars is named by -D" + BARS);
        Path journal = folder.resolve("journal");
        EvaluateRun run = EvaluateRun.of(
                "--bars",
                file,
                "--sample",
                "0",
                "--journal",
                journal.toString(),
                "--out",
                folder.resolve("out").toString());
        assertThat(run.code()).as(run.err()).isZero();
        Series series = Series.read(Path.of(file), "UNNAMED", null, BarFileOptions.NONE, false);
        History all = History.of(series.bars(), series.timeframe(), new IndicatorSnapshots(series));
        List<JournalEntry> complex = Recording.read(journal).entries().stream()
                .filter(entry -> entry.scenario().isComplex())
                .toList();
        int half = complex.size() / 2;
        Instant from = complex.get(half).barTime();
        History later = all.from(indexOf(all, from));
        List<JournalEntry> asked = complex.subList(half, complex.size());
        double truth = LoggedWorth.of(later, Recording.of(asked), HORIZON, COST_BPS)
                .worth()
                .value();
        ObjectNode router = (ObjectNode) new ObjectMapper()
                .readTree(RouterTraining.of(all, Recording.of(complex.subList(0, half)), HORIZON, COST_BPS)
                        .train("", LocalDate.EPOCH));
        Map<Instant, MarketSnapshot> questions = new HashMap<>();
        later.questions().forEach(question -> questions.put(question.time(), question));
        LearnedClassifier classifier = asking(router, asked, questions);

        int covered = 0;
        int coveredByTheMeanOfTheAsked = 0;
        double sum = 0;
        double sumOfAsked = 0;
        double explored = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            LearnedClassifier drawn = classifier.exploring(EXPLORED, seed);
            List<JournalEntry> logged = asked.stream()
                    .map(entry -> logged(entry, classified(drawn, questions.get(entry.barTime()))))
                    .toList();
            LoggedWorth worth = LoggedWorth.of(later, Recording.of(logged), HORIZON, COST_BPS);
            covered += worth.worth().contains(truth) ? 1 : 0;
            Interval naive = worth.ofAsked();
            coveredByTheMeanOfTheAsked += naive.contains(truth) ? 1 : 0;
            sum += worth.worth().value();
            sumOfAsked += naive.value();
            explored += worth.explored();
        }

        System.out.printf(
                "%s: worth of a change %.2f bps; estimated %.2f on average, covered in %d of %d (%d explored on average);"
                        + " mean over those asked about %.2f, covered in %d%n",
                series.label(),
                1e4 * truth,
                1e4 * sum / ROUNDS,
                covered,
                ROUNDS,
                Math.round(explored / ROUNDS),
                1e4 * sumOfAsked / ROUNDS,
                coveredByTheMeanOfTheAsked);
        assertThat(covered).isGreaterThanOrEqualTo(ROUNDS * 93 / 100);
    }

    private static int indexOf(History history, Instant close) {
        int bar = 0;
        while (!history.questions().get(bar).time().equals(close)) {
            bar++;
        }
        return bar;
    }

    /** With the threshold at which it asks about three fifths. */
    private static LearnedClassifier asking(
            ObjectNode router, List<JournalEntry> entries, Map<Instant, MarketSnapshot> questions) {
        double low = 0;
        double high = 1;
        LearnedClassifier found = null;
        for (int step = 0; step < 30; step++) {
            double threshold = (low + high) / 2;
            ((ObjectNode) router.get("threshold")).put("probability", threshold);
            LearnedClassifier tried = ScenarioClassifier.learned(RouterModel.parse(router.toString()))
                    .exploring(0, 0);
            long asked = entries.stream()
                    .filter(entry ->
                            classified(tried, questions.get(entry.barTime())).isComplex())
                    .count();
            if (asked > ASKED * entries.size()) {
                low = threshold;
            } else {
                high = threshold;
                found = tried;
            }
        }
        return Optional.ofNullable(found).orElseThrow();
    }

    private static Scenario classified(LearnedClassifier classifier, MarketSnapshot question) {
        return classifier.classify(question, LocalRuleModel.standard().evaluate(question));
    }

    /** What the journal of that router would hold. */
    private static JournalEntry logged(JournalEntry entry, Scenario scenario) {
        boolean asked = scenario.isComplex();
        return new JournalEntry(
                entry.decisionId(),
                entry.barTime(),
                entry.symbol(),
                entry.snapshot(),
                scenario,
                entry.rules(),
                asked ? entry.model() : Optional.empty(),
                asked ? entry.source() : Source.LOCAL,
                asked ? entry.degradation() : Optional.empty(),
                asked ? entry.asked() : Optional.empty(),
                asked ? entry.provenance() : Optional.empty(),
                entry.latency(),
                entry.late());
    }
}
