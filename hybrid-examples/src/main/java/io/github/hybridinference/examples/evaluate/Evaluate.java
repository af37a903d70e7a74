package io.github.hybridinference.examples.evaluate;

import static io.github.hybridinference.lab.command.CommandException.requireOption;

import io.github.hybridinference.examples.run.Backend;
import io.github.hybridinference.examples.run.ModelClient;
import io.github.hybridinference.examples.run.Series;
import io.github.hybridinference.examples.run.SeriesOptions;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.lab.command.CommandRunner;
import io.github.hybridinference.remote.RemoteModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures an engine's signals over market bars and writes a report. */
@Command(
        name = "evaluate",
        sortOptions = false,
        usageHelpWidth = 100,
        usageHelpAutoWidth = false,
        header = "Measures the value of each call to the model: signals against what the market did next.",
        description = {
            "",
            "Without --bars it uses a bundled synthetic series. Without the variable DEEPSEEK_API_KEY complex scenarios go "
                    + "to a simulated model on loopback, with it to DeepSeek, which costs money; --sample adds to that. "
                    + "With a --journal that holds answers, they are replayed and no model is called.",
            "",
            "Several --bars, or a folder of files, are evaluated on all cores, each by itself and all together; a --journal "
                    + "then has a folder for each of them.",
            ""
        },
        footer = {
            "",
            "By Maven:  mvn -q -Pevaluate -Dargs=\"--bars my.csv --horizon 4 --cost-bps 5\"",
            "            mvn -q -Pevaluate -Dargs=\"--bars folder --horizon 4 --cost-bps 5\"",
            "Exit code: 0 done, 1 a file or the service cannot be used (of several series the others are evaluated "
                    + "nevertheless), 2 a mistake in the options."
        })
public final class Evaluate implements Callable<Integer> {
    private static final int SAMPLE = 500;

    private final CommandContext context;

    /** Creates the model that the environment describes. */
    private final Supplier<? extends RemoteModel> service;

    @Mixin
    private final SeriesOptions series = new SeriesOptions();

    @Option(
            names = "--horizon",
            paramLabel = "BARS",
            description = "Over how many bars a signal is judged; ${DEFAULT-VALUE} if left out.")
    private int horizon = 4;

    @Option(
            names = "--cost-bps",
            paramLabel = "BPS",
            description = "What a trade costs, in hundredths of a percent; ${DEFAULT-VALUE} if left out.")
    private double costBps = 5;

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description = "Where answers are recorded; if it holds some, they are replayed and no model is called.")
    private @Nullable Path journal;

    @Option(
            names = "--target-share",
            paramLabel = "SHARE",
            description = "Calibrate the classifier so that this share of bars goes to the model, between 0 and 1.")
    private @Nullable Double targetShare;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "On how many bars both the rules and the model run; " + SAMPLE + " if left out, 0 for none.")
    private @Nullable Integer sample;

    @Option(
            names = "--pairs",
            paramLabel = "FILE",
            description =
                    "Write the answers of rules and model at each complex scenario, and what each earned, as CSV.")
    private @Nullable Path pairs;

    @Option(
            names = "--trials",
            paramLabel = "FILE",
            description =
                    "Record this set-up beside the others that were looked at on the same bars, and tell how much "
                            + "of the best of them is the choice of the best.")
    private @Nullable Path trials;

    @Option(
            names = "--knowledge-cutoff",
            paramLabel = "DATE",
            description = "The knowledge cut-off of the model as its provider states it, such as 2026-05-31.")
    private @Nullable LocalDate knowledgeCutoff;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many series are evaluated at the same time; as many as there are cores if left out.")
    private @Nullable Integer threads;

    @Option(names = "--rules-only", description = "Call no model.")
    private boolean rulesOnly;

    @Option(
            names = "--reidentification",
            description = "Measure how many questions lead back to their bars at each level of anonymity, and nothing "
                    + "else. No model is called and no report is written.")
    private boolean reidentification;

    @Option(
            names = "--owner-checks",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "CLASS",
            description =
                    "Check whether the indicators of a class of yours know later bars, and how many bars they need, and "
                            + "nothing else. The class implements SeriesSnapshots or SnapshotSource; those of hybrid-ta4j if left out.")
    private @Nullable String ownerChecks;

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            description = "Where the class of --owner-checks is: folders and JARs, as for java -cp.")
    private @Nullable String classPath;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where report.html and report.json go; ${DEFAULT-VALUE} if left out.")
    private Path out = Path.of("evaluation");

    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(names = "--help", usageHelp = true, description = "Print this and end.")
    private boolean help;

    private Evaluate(CommandContext context, Supplier<? extends RemoteModel> service) {
        this.context = context;
        this.service = service;
    }

    /**
     * Runs it and exits.
     *
     * @param args the options; {@code --help} lists them
     */
    public static void main(String[] args) {
        CommandRunner.main(
                context -> new Evaluate(context, () -> ModelClient.NETTY.fromEnv(context.environment())), args);
    }

    static int run(CommandContext context, Supplier<? extends RemoteModel> service, String... args) {
        return CommandRunner.execute(new Evaluate(context, service), context, args);
    }

    @Override
    public Integer call() throws CommandException {
        check();
        if (series.isSeveral()) {
            return several();
        }
        Series bars = series.read();
        if (reidentification) {
            ReidentificationRun.print(context.out(), bars);
            return 0;
        }
        if (ownerChecks != null) {
            OwnerChecksRun.print(context.out(), bars, ownerChecks, classPath == null ? "" : classPath, out);
            return 0;
        }
        try (AnswerSource answers = answers(bars)) {
            new EvaluateSession(context, bars, answers, options()).run();
        }
        return 0;
    }

    private int several() throws CommandException {
        EvaluateSeveral.Options several = new EvaluateSeveral.Options(
                horizon,
                costBps,
                knownUntil(),
                threads == null ? Runtime.getRuntime().availableProcessors() : threads,
                journal,
                out);
        Backend backend = backend();
        try {
            return new EvaluateSeveral(context, series, backend, several).run() ? 0 : 1;
        } finally {
            LiveAnswers.close(backend);
        }
    }

    private Optional<Instant> knownUntil() {
        return Optional.ofNullable(knowledgeCutoff)
                .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private EvaluateSession.Options options() {
        return new EvaluateSession.Options(
                horizon, costBps, targetShare, sample == null ? SAMPLE : sample, knownUntil(), pairs, trials, out);
    }

    private AnswerSource answers(Series bars) throws CommandException {
        Optional<AnswerSource> recorded = journal == null ? Optional.empty() : RecordedAnswers.in(journal);
        return recorded.isPresent()
                ? recorded.get()
                : new LiveAnswers(backend(), journal, bars.bars().size());
    }

    private Backend backend() throws CommandException {
        if (rulesOnly) {
            return Backend.rulesOnly();
        }
        return Backend.hasKey(context)
                ? Backend.deepSeek(service)
                : Backend.standIn(ModelClient.NETTY, 0, Duration.ZERO);
    }

    private void check() throws CommandException {
        series.checkSeveral();
        if (series.isSeveral()) {
            requireOption(
                    targetShare == null
                            && sample == null
                            && pairs == null
                            && trials == null
                            && !reidentification
                            && ownerChecks == null,
                    "--target-share, --sample, --pairs, --trials, --reidentification and --owner-checks go with one series");
        } else {
            requireOption(threads == null, "--threads goes with several series");
        }
        requireOption(classPath == null || ownerChecks != null, "--class-path goes with --owner-checks");
        requireOption(threads == null || threads > 0, "--threads is a number, at least 1");
        requireOption(horizon > 0, "--horizon is a number of bars, at least 1");
        requireOption(costBps >= 0 && costBps < 10_000, "--cost-bps is 0 or more, below 10000");
        requireOption(
                targetShare == null || (targetShare > 0 && targetShare < 1),
                "--target-share is a share between 0 and 1");
        requireOption(sample == null || sample >= 0, "--sample is a number of bars, 0 or more");
    }
}
