package io.github.hybridinference.examples.evaluate;

import io.github.hybridinference.eval.Evaluation;
import io.github.hybridinference.eval.EvaluationResult;
import io.github.hybridinference.eval.History;
import io.github.hybridinference.eval.SeriesTally;
import io.github.hybridinference.eval.SeriesTotals;
import io.github.hybridinference.eval.report.DataQuality;
import io.github.hybridinference.eval.report.ReportHead;
import io.github.hybridinference.eval.report.SeriesReport;
import io.github.hybridinference.eval.report.SeriesReport.Failed;
import io.github.hybridinference.examples.run.Backend;
import io.github.hybridinference.examples.run.Progress;
import io.github.hybridinference.examples.run.Series;
import io.github.hybridinference.examples.run.SeriesFindings;
import io.github.hybridinference.examples.run.SeriesOptions;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A run over several series, each on one thread. What is kept of a series are its figures and sums by day; its bars and decisions
 * are in memory only while it is evaluated. Everything is put together in the order of the names, so that the report does not
 * depend on the number of threads. A series that cannot be evaluated is named, and the others are.
 */
final class EvaluateSeveral {
    /**
     * The options of the command line.
     *
     * @param journal the folder with a folder for each series, or null
     */
    record Options(
            int horizonBars,
            double costBps,
            Optional<Instant> knowledgeCutoff,
            int threads,
            @Nullable Path journal,
            Path out) {}

    /** What is kept of a series besides its tally. */
    private record Head(String name, DataQuality file, String model, boolean simulated, List<String> notes) {}

    /** What became of a series: its tally and head, or why there are none. */
    private record Outcome(
            String name,
            @Nullable SeriesTally tally,
            @Nullable Head head,
            String reason) {
        static Outcome failed(String name, String reason) {
            return new Outcome(name, null, null, reason);
        }
    }

    private final CommandContext context;
    private final SeriesOptions series;
    private final Backend backend;
    private final Options options;

    EvaluateSeveral(CommandContext context, SeriesOptions series, Backend backend, Options options) {
        this.context = context;
        this.series = series;
        this.backend = backend;
        this.options = options;
    }

    /** Returns whether all series could be evaluated. */
    boolean run() throws CommandException {
        SortedMap<String, Path> files = series.files();
        List<Failed> failed = new ArrayList<>();
        List<Head> heads = new ArrayList<>();
        Optional<SeriesTotals> all;
        try (Progress progress =
                        new Progress(context.terminal(), files.size(), Integer.MAX_VALUE, backend.isService());
                InOrder<Outcome> outcomes = new InOrder<>(tasks(files), options.threads())) {
            all = totals(outcomes, progress, heads, failed);
        }
        failed.forEach(this::tell);
        SeriesTotals totals = all.orElseThrow(() -> new CommandException("None of the series can be evaluated."));
        ReportHead head = head(files.size(), heads);
        SeriesReport report = new SeriesReport(
                head,
                totals,
                heads.stream().collect(Collectors.toMap(Head::name, Head::file)),
                failed,
                new SeriesReport.Terms(options.horizonBars(), options.costBps()));
        try {
            report.write(options.out());
        } catch (IOException e) {
            throw new CommandException("The report cannot be written: " + e.getMessage() + ".");
        }
        SeveralSummary.print(context.out(), report, totals, head, failed, options);
        return failed.isEmpty();
    }

    /** Adds up the tallies as they come, so that few are in memory; empty if there is none. */
    private static Optional<SeriesTotals> totals(
            Iterator<Outcome> outcomes, Progress progress, List<Head> heads, List<Failed> failed) {
        Iterator<SeriesTally> tallies = stream(outcomes)
                .flatMap(outcome -> {
                    progress.step();
                    if (outcome.head() == null) {
                        failed.add(new Failed(outcome.name(), outcome.reason()));
                    } else {
                        heads.add(outcome.head());
                    }
                    return Stream.ofNullable(outcome.tally());
                })
                .iterator();
        return tallies.hasNext() ? Optional.of(SeriesTotals.of(stream(tallies))) : Optional.empty();
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        Iterable<T> once = () -> iterator;
        return StreamSupport.stream(once.spliterator(), false);
    }

    private void tell(Failed one) {
        context.err().println("evaluate: " + one.name() + ": " + one.reason());
    }

    private List<Callable<Outcome>> tasks(SortedMap<String, Path> files) {
        List<Callable<Outcome>> tasks = new ArrayList<>();
        files.forEach((name, file) -> tasks.add(() -> evaluated(name, file)));
        return tasks;
    }

    private Outcome evaluated(String name, Path file) {
        try {
            Series bars = series.read(file);
            History history = History.of(bars.bars(), bars.timeframe(), new IndicatorSnapshots(bars));
            AnswerSource answers = answers(name, bars);
            EvaluationResult result = answers.run(
                    Evaluation.of(history).horizonBars(options.horizonBars()).costBps(options.costBps()));
            Head head = new Head(
                    name, new SeriesFindings(bars).quality(), answers.label(), answers.isSimulated(), answers.notes());
            return new Outcome(name, SeriesTally.of(name, result), head, "");
        } catch (CommandException e) {
            return Outcome.failed(name, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Outcome.failed(name, "Its journal cannot be written: " + e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            return Outcome.failed(name, "These bars cannot be evaluated: " + e.getMessage() + ".");
        }
    }

    /** Not to be closed: the model serves all series. */
    private AnswerSource answers(String name, Series bars) throws CommandException {
        Path own = options.journal() == null
                ? null
                : options.journal().resolve(name.replace('/', '_').replace('\\', '_'));
        Optional<AnswerSource> recorded = own == null ? Optional.empty() : RecordedAnswers.in(own);
        return recorded.isPresent()
                ? recorded.get()
                : new LiveAnswers(backend, own, bars.bars().size());
    }

    private ReportHead head(int files, List<Head> heads) {
        List<String> models = heads.stream()
                .map(Head::model)
                .filter(model -> !model.isEmpty())
                .distinct()
                .toList();
        List<String> notes = new ArrayList<>();
        if (heads.size() < files) {
            notes.add((files - heads.size()) + " of " + files + " series could not be evaluated.");
        }
        for (Head one : heads) {
            int suspect = one.file().suspectBars().size();
            if (suspect > 0) {
                notes.add(one.name() + ": " + suspect + (suspect == 1 ? " suspect bar is" : " suspect bars are")
                        + " kept; evaluate it alone to see the figures without.");
            }
            one.notes().forEach(note -> notes.add(one.name() + ": " + note));
        }
        return new ReportHead(
                heads.size() + (heads.size() == 1 ? " series" : " series together"),
                String.join("; ", models),
                heads.stream().anyMatch(Head::simulated),
                options.knowledgeCutoff(),
                notes);
    }
}
