package io.github.hybridinference.examples.evaluate;

import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.eval.CacheReport;
import io.github.hybridinference.eval.Calibration;
import io.github.hybridinference.eval.Evaluation;
import io.github.hybridinference.eval.EvaluationResult;
import io.github.hybridinference.eval.History;
import io.github.hybridinference.eval.RouterReport;
import io.github.hybridinference.eval.journal.FreshAnswers;
import io.github.hybridinference.eval.report.Report;
import io.github.hybridinference.eval.report.ReportHead;
import io.github.hybridinference.examples.run.Progress;
import io.github.hybridinference.examples.run.Series;
import io.github.hybridinference.testkit.command.CommandContext;
import io.github.hybridinference.testkit.command.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run: evaluates, asks about the sample, writes the report, prints what came of it. */
final class EvaluateSession {
    /** As in the quick start, hourly bars are asked about every five minutes. */
    private static final int TIMES_A_BAR = 12;

    private static final int SAMPLE_PER_POLLED_BAR = 10;
    private static final Duration SHORTEST_MEMORY = Duration.ofMinutes(15);
    private static final Duration LONGEST_MEMORY = Duration.ofDays(1);
    private static final List<Double> STEPS = List.of(0.0, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0);

    /**
     * What was asked for on the command line.
     *
     * @param targetShare the share of bars to calibrate for, or null
     * @param sample how many bars both paths are run on
     */
    record Wishes(
            int horizonBars,
            double costBps,
            @Nullable Double targetShare,
            int sample,
            Optional<Instant> knowledgeCutoff,
            Path out) {}

    private final CommandContext context;
    private final Series series;
    private final Answering answering;
    private final Wishes wishes;

    EvaluateSession(CommandContext context, Series series, Answering answering, Wishes wishes) {
        this.context = context;
        this.series = series;
        this.answering = answering;
        this.wishes = wishes;
    }

    void run() throws CommandException {
        try {
            History history = History.of(series.bars(), series.timeframe(), new IndicatorSnapshots(series));
            Optional<Calibration> calibration =
                    Optional.ofNullable(wishes.targetShare()).map(share -> Calibration.toShare(history, share));
            EvaluationResult result = evaluate(history, calibration);
            Report report = new Report(head(), result, answering.latencies(result));
            if (calibration.isPresent()) {
                report = report.with(calibration.get());
            }
            Optional<FreshAnswers> direct = wishes.sample() > 0 ? answering.direct() : Optional.empty();
            if (direct.isPresent()) {
                report = sampled(report, history, direct.get());
                answering.keep(direct.get());
            }
            report.write(wishes.out());
            EvaluateSummary.print(context.out(), report, result, calibration, answering, wishes.out());
        } catch (IOException e) {
            throw new CommandException("The report or the journal cannot be written: " + e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            throw new CommandException("These bars cannot be evaluated: " + e.getMessage() + ".");
        }
    }

    private EvaluationResult evaluate(History history, Optional<Calibration> calibration) throws IOException {
        try (Progress progress = new Progress(context.terminal(), history.size(), 1, answering.isService())) {
            return answering.run(Evaluation.of(history)
                    .classifier(calibration
                            .<ScenarioClassifier>map(found -> found.firstHalf().classifier())
                            .orElse(ScenarioClassifier.thresholds()))
                    .horizonBars(wishes.horizonBars())
                    .costBps(wishes.costBps())
                    .progress(done -> progress.step()));
        }
    }

    /** A service may not be told figures in full, so what rounding spoils is measured without one only. */
    private Report sampled(Report report, History history, FreshAnswers direct) {
        Report more = report;
        try (Progress progress = new Progress(context.terminal(), wishes.sample(), 2, answering.isService())) {
            more = more.with(RouterReport.of(
                    history, direct, wishes.horizonBars(), wishes.costBps(), wishes.sample(), done -> progress.step()));
        }
        if (!answering.isService()) {
            List<CacheReport.Question> questions = IndicatorSnapshots.within(
                    series, Math.max(1, wishes.sample() / SAMPLE_PER_POLLED_BAR), TIMES_A_BAR);
            more = more.with(CacheReport.of(questions, direct, memory(), STEPS, done -> {}));
        }
        return more;
    }

    /** A quarter of a bar, as fifteen minutes are of an hour. */
    private Duration memory() {
        Duration quarter = series.timeframe().duration().dividedBy(4);
        Duration atLeast = quarter.compareTo(SHORTEST_MEMORY) < 0 ? SHORTEST_MEMORY : quarter;
        return atLeast.compareTo(LONGEST_MEMORY) > 0 ? LONGEST_MEMORY : atLeast;
    }

    private ReportHead head() {
        List<String> notes = new ArrayList<>(answering.notes());
        if (series.suspect().count() > 0) {
            notes.add(series.suspect().count() + " bars have a price that both neighbours contradict; they were kept.");
        }
        if (wishes.targetShare() != null) {
            notes.add("The classifier's thresholds were fitted on the first half of the bars.");
        }
        return new ReportHead(
                series.label(), answering.label(), answering.isSimulated(), wishes.knowledgeCutoff(), notes);
    }
}
