package io.github.hybridinference.examples.evaluate;

import static io.github.hybridinference.lab.command.CommandException.requireOption;

import io.github.hybridinference.eval.Evaluation;
import io.github.hybridinference.eval.History;
import io.github.hybridinference.eval.journal.Journal;
import io.github.hybridinference.examples.bars.SyntheticSeries;
import io.github.hybridinference.examples.run.Series;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.lab.command.CommandRunner;
import io.github.hybridinference.lab.command.ResultLine;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes many synthetic series and journals, and evaluates them on one thread and on several. */
@Command(
        name = "many-series",
        sortOptions = false,
        usageHelpWidth = 100,
        usageHelpAutoWidth = false,
        header =
                "Measures the evaluation of many series: on one thread, then on several, which must give the same digest.",
        description = {
            "",
            "Makes synthetic series and, by a simulated model in this process, a journal for each; what is there already is used "
                    + "again. A series of 20,000 bars takes 1 MB, its journal 25 MB.",
            ""
        },
        footer = {"", "By Maven:  JAVA_OPTS=-Xmx2g mvn -q -Pmany-series -Dargs=\"--series 500 --bars 20000\""})
public final class ManySeries implements Callable<Integer> {
    private static final Pattern DIGEST = Pattern.compile("\"digest\":\"([0-9a-f]{64})\"");
    private static final int WARM_UP = 8;
    private static final double MEGA = 1e6;
    private static final double NANO = 1e-9;

    private final CommandContext context;

    @Option(names = "--series", paramLabel = "N", description = "How many series; ${DEFAULT-VALUE} if left out.")
    private int series = 20;

    @Option(names = "--bars", paramLabel = "N", description = "How many bars each has; ${DEFAULT-VALUE} if left out.")
    private int bars = 20_000;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "On how many threads the second run is; as many as there are cores if left out.")
    private @Nullable Integer threads;

    @Option(names = "--rules-only", description = "Without journals.")
    private boolean rulesOnly;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where series, journals and reports go; ${DEFAULT-VALUE} if left out.")
    private Path folder = Path.of("many-series");

    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(names = "--help", usageHelp = true, description = "Print this and end.")
    private boolean help;

    private ManySeries(CommandContext context) {
        this.context = context;
    }

    /**
     * Runs it and exits.
     *
     * @param args the options; {@code --help} lists them
     */
    public static void main(String[] args) {
        CommandRunner.main(ManySeries::new, args);
    }

    static int run(CommandContext context, String... args) {
        return CommandRunner.execute(new ManySeries(context), context, args);
    }

    @Override
    public Integer call() throws CommandException, IOException {
        requireOption(series > 1, "--series is a number, at least 2");
        requireOption(bars >= 200, "--bars is a number, at least 200");
        int cores = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        requireOption(cores > 0, "--threads is a number, at least 1");
        Files.createDirectories(files());
        try (InOrder<Boolean> made = new InOrder<>(makers(), cores)) {
            for (int i = 0; made.hasNext(); i++) {
                made.next();
                context.progress("%d of %d series are there", i + 1, series);
            }
        }
        evaluate(cores, files(Math.min(series, WARM_UP))); // so that neither run pays for the compilation of the code
        Run one = evaluate(1, files(series));
        Run all = evaluate(cores, files(series));
        boolean same = one.digest().equals(all.digest());
        context.println("%,d series of %,d bars%s", series, bars, rulesOnly ? ", rules only" : ", replayed journals");
        for (Run run : List.of(one, all)) {
            context.println(
                    "  %2d thread%s %7.1f s, %7.1f s of CPU time, %,9.0f bars/s",
                    run.threads(),
                    run.threads() == 1 ? ": " : "s:",
                    run.seconds(),
                    run.cpuSeconds(),
                    (double) series * bars / run.seconds());
        }
        context.println(
                "  the digests are %s; in a heap of at most %.0f MB", same ? "the same" : "NOT the same", heap());
        context.out()
                .println(new ResultLine()
                        .add("series", series)
                        .add("bars", (long) series * bars)
                        .add("threads", cores)
                        .add("seconds_one", one.seconds(), 1)
                        .add("seconds_all", all.seconds(), 1)
                        .add("speedup", one.seconds() / all.seconds(), 2)
                        .add("cpu_seconds_one", one.cpuSeconds(), 1)
                        .add("cpu_seconds_all", all.cpuSeconds(), 1)
                        .add("max_heap_mb", heap(), 0)
                        .raw("same_digest", Boolean.toString(same))
                        .raw("digest", '"' + all.digest() + '"')
                        .toString());
        return same ? 0 : 1;
    }

    private Path files() {
        return folder.resolve("series");
    }

    private Path journals() {
        return folder.resolve("journals");
    }

    private List<Callable<Boolean>> makers() {
        List<Callable<Boolean>> makers = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            int seed = i;
            makers.add(() -> make(seed));
        }
        return makers;
    }

    private String name(int seed) {
        return String.format(Locale.ROOT, "synthetic-%04d-%d.csv", seed, bars);
    }

    private boolean make(int seed) throws IOException {
        String name = name(seed);
        Path file = files().resolve(name);
        Path journal = journals().resolve(name);
        SyntheticSeries synthetic = SyntheticSeries.hourly(seed, bars);
        if (!Files.exists(file)) {
            Files.write(file, synthetic.csv());
        }
        if (rulesOnly || Files.exists(journal)) {
            return false;
        }
        Path unfinished = journals().resolve(name + ".unfinished");
        Momentum model = new Momentum();
        Series whole = Series.of(name, "UNNAMED", Timeframe.H1, synthetic.bars());
        History history = History.of(synthetic.bars(), Timeframe.H1, new IndicatorSnapshots(whole));
        try (Journal written = Journal.in(unfinished)
                .asking(model.identity())
                .queueLines(bars + 1)
                .open()) {
            Evaluation.of(history)
                    .engine((builder, clock) -> builder.remote(model).listener(written))
                    .run();
        }
        Files.move(unfinished, journal);
        return true;
    }

    private record Run(int threads, double seconds, double cpuSeconds, String digest) {}

    private List<Path> files(int first) {
        return IntStream.range(0, first)
                .mapToObj(seed -> files().resolve(name(seed)))
                .toList();
    }

    private Run evaluate(int on, List<Path> these) throws CommandException {
        List<String> args = new ArrayList<>(List.of("--threads", Integer.toString(on)));
        these.forEach(one -> args.addAll(List.of("--bars", one.toString())));
        args.addAll(List.of("--out", folder.resolve("report-" + on).toString()));
        args.addAll(
                rulesOnly
                        ? List.of("--rules-only")
                        : List.of("--journal", journals().toString()));
        StringWriter out = new StringWriter();
        CommandContext quiet = new CommandContext(
                InputStream.nullInputStream(),
                new PrintWriter(out),
                context.err(),
                context.terminal(),
                Map.of(),
                context.nanoTime());
        long start = context.nanoTime().getAsLong();
        long cpu = cpuNanos();
        int code = Evaluate.run(
                quiet,
                () -> {
                    throw new IllegalStateException("no service is asked");
                },
                args.toArray(new String[0]));
        double seconds = (context.nanoTime().getAsLong() - start) * NANO;
        double cpuSeconds = (cpuNanos() - cpu) * NANO;
        Matcher found = DIGEST.matcher(out.toString());
        if (code != 0 || !found.find()) {
            throw new CommandException("The evaluation on " + on + " threads ended with " + code + ".");
        }
        return new Run(on, seconds, cpuSeconds, found.group(1));
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean known
                ? known.getProcessCpuTime()
                : 0;
    }

    private static double heap() {
        return Runtime.getRuntime().maxMemory() / MEGA;
    }

    /** A simulated model that expects a move to go on. */
    private static final class Momentum implements RemoteModel {
        private static final Usage USAGE = new Usage(0, 400, 60, 0, OptionalLong.of(50_000));

        @Override
        public ModelIdentity identity() {
            return new ModelIdentity("simulated momentum", "1", "");
        }

        @Override
        public OptionalLong worstCostNanoUsd(RemoteRequest request) {
            return OptionalLong.of(50_000);
        }

        @Override
        public CompletableFuture<RemoteReply> ask(RemoteRequest request) {
            AnonymizedSnapshot snapshot = request.snapshot();
            double change = snapshot.get(Feature.PRICE_CHANGE_PCT);
            String action = change > 0.3 ? "BUY" : change < -0.3 ? "SELL" : "HOLD";
            return CompletableFuture.completedFuture(new RemoteReply(
                    "{\"action\":\"" + action + "\",\"confidence\":0.6,\"risk\":\"medium\",\"stop_loss_pct\":1,"
                            + "\"take_profit_pct\":2,\"reasoning\":\"A move goes on.\"}",
                    RemoteReply.Finish.STOP,
                    USAGE,
                    "simulated momentum"));
        }
    }
}
