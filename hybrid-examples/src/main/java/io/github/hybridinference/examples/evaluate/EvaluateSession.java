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
import io.github.hybridinference.examples.bars.SuspectBar;
import io.github.hybridinference.examples.run.Progress;
import io.github.hybridinference.examples.run.Series;
import io.github.hybridinference.examples.run.SeriesFindings;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run: evaluates the bars, runs both paths on the sample, writes the report and prints a summary. */
final class EvaluateSession {
    /** Every five minutes for hourly bars. */
    private static final int POLLS_PER_BAR = 12;

    private static final int SAMPLE_PER_POLLED_BAR = 10;
    private static final Duration SHORTEST_TTL = Duration.ofMinutes(15);
    private static final Duration LONGEST_TTL = Duration.ofDays(1);
    private static final List<Double> STEPS = List.of(0.0, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0);

    /**
     * The options of the command line.
     *
     * @param targetShare the share of bars to calibrate for, or null
     * @param sample how many bars both paths are run on
     * @param pairs where the answers of rules and model go, or null
     */
    record Options(
            int horizonBars,
            double costBps,
            @Nullable Double targetShare,
            int sample,
            Optional<Instant> knowledgeCutoff,
            @Nullable Path pairs,
            Path out) {}

    private final CommandContext context;
    private final Series series;
    private final SeriesFindings findings;
    private final AnswerSource answers;
    private final Options options;

    EvaluateSession(CommandContext context, Series series, AnswerSource answers, Options options) {
        this.context = context;
        this.series = series;
        this.findings = new SeriesFindings(series);
        this.answers = answers;
        this.options = options;
    }

    void run() throws CommandException {
        try {
            History all = History.of(series.bars(), series.timeframe(), new IndicatorSnapshots(series));
            Optional<Calibration> calibration =
                    Optional.ofNullable(options.targetShare()).map(share -> Calibration.toShare(all, share));
            // the thresholds were fitted on the first half, so it shows nothing of them
            History history = calibration.isPresent() ? all.from(all.size() / 2) : all;
            EvaluationResult result = evaluate(history, calibration);
            Optional<EvaluationResult> withoutSuspects = series.file().suspect().isEmpty()
                    ? Optional.empty()
                    : result.without(series.file().suspect().stream()
                            .map(SuspectBar::start)
                            .toList());
            Report report =
                    new Report(head(), result, answers.latencies(result)).with(findings.quality(), withoutSuspects);
            if (calibration.isPresent()) {
                report = report.with(calibration.get());
            }
            Optional<FreshAnswers> direct = options.sample() > 0 ? answers.direct() : Optional.empty();
            if (direct.isPresent()) {
                report = sampled(report, history, direct.get());
                answers.keep(direct.get());
            }
            report.write(options.out());
            if (options.pairs() != null) {
                report.writePairs(options.pairs());
            }
            EvaluateSummary.print(
                    context.out(),
                    report,
                    result,
                    withoutSuspects,
                    calibration,
                    head().notes(),
                    answers,
                    options.out());
        } catch (IOException e) {
            throw new CommandException("The report or the journal cannot be written: " + e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            throw new CommandException("These bars cannot be evaluated: " + e.getMessage() + ".");
        }
    }

    private EvaluationResult evaluate(History history, Optional<Calibration> calibration) throws IOException {
        try (Progress progress = new Progress(context.terminal(), history.size(), 1, answers.isService())) {
            return answers.run(Evaluation.of(history)
                    .classifier(calibration
                            .<ScenarioClassifier>map(found -> found.firstHalf().classifier())
                            .orElse(ScenarioClassifier.thresholds()))
                    .horizonBars(options.horizonBars())
                    .costBps(options.costBps())
                    .progress(done -> progress.step()));
        }
    }

    /** A real service must not receive unrounded features, so the effect of rounding is measured without one only. */
    private Report sampled(Report report, History history, FreshAnswers direct) {
        Report more = report;
        try (Progress progress = new Progress(context.terminal(), options.sample(), 2, answers.isService())) {
            more = more.with(RouterReport.of(
                    history,
                    direct,
                    options.horizonBars(),
                    options.costBps(),
                    options.sample(),
                    done -> progress.step()));
        }
        if (!answers.isService()) {
            List<CacheReport.Question> questions = IndicatorSnapshots.within(
                    series, Math.max(1, options.sample() / SAMPLE_PER_POLLED_BAR), POLLS_PER_BAR);
            more = more.with(CacheReport.of(questions, direct, cacheTtl(), STEPS, done -> {}));
        }
        return more;
    }

    /** A quarter of a bar, as fifteen minutes are of an hour. */
    private Duration cacheTtl() {
        Duration quarter = series.timeframe().duration().dividedBy(4);
        Duration atLeast = quarter.compareTo(SHORTEST_TTL) < 0 ? SHORTEST_TTL : quarter;
        return atLeast.compareTo(LONGEST_TTL) > 0 ? LONGEST_TTL : atLeast;
    }

    private ReportHead head() {
        List<String> notes = new ArrayList<>(answers.notes());
        if (!series.file().shape().isEmpty()) {
            notes.add("The file was read as " + findings.understood() + ".");
        }
        notes.addAll(findings.sentences().stream().map(String::strip).toList());
        if (options.targetShare() != null) {
            notes.add(
                    "The classifier's thresholds were fitted on the first half of the bars; all figures are of the second.");
        }
        return new ReportHead(series.label(), answers.label(), answers.isSimulated(), options.knowledgeCutoff(), notes);
    }
}
