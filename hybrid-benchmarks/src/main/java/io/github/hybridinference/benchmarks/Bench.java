package io.github.hybridinference.benchmarks;

import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what each path costs and prints one table. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures what each path costs beside its floor. Prints a table, which is Markdown.")
public final class Bench implements Callable<Integer> {
    @Option(names = "--full", description = "Three forks and longer runs, for figures worth keeping: 35 minutes.")
    private boolean full;

    @Option(names = "--only", description = "A regular expression; only rows whose benchmarks contain it are measured.")
    private @Nullable String only;

    @Option(names = "--into", description = "A page in which the last run's table is replaced by this one's.")
    private @Nullable Path page;

    @Option(names = "--verbose", description = "Shows what JMH says meanwhile.")
    private boolean verbose;

    private final CommandContext context;

    private Bench(CommandContext context) {
        this.context = context;
    }

    private static CommandLine command(CommandContext context) {
        return new CommandLine(new Bench(context))
                .addSubcommand(new ColdStart(context))
                .addSubcommand(new Memory(context))
                .addSubcommand(new Soak(context));
    }

    /**
     * Runs it and exits: 0 when it has measured, 1 when it could not, 2 on a wrong option.
     *
     * @param args the options; {@code --help} lists them
     */
    public static void main(String[] args) {
        CommandRunner.main(Bench::command, args);
    }

    @Override
    public Integer call() throws RunnerException, IOException {
        List<Row> rows = Rows.matching(only);
        String circumstances = Machine.describe() + (full ? "" : "; a short run, good for a direction");
        context.out().println(circumstances);
        Measurements measured = Measurements.of(run(Rows.benchmarks(rows)));
        String table = Table.of(rows, measured);
        context.out().print(table);
        if (page != null) {
            Page.replace(page, circumstances + "\n\n" + table);
        }
        context.out().println(Summary.of(rows, measured));
        return 0;
    }

    /** Calls through an HTTP client run so much code that the compiler needs half a minute for it. */
    private Collection<RunResult> run(Collection<String> benchmarks) throws RunnerException {
        List<RunResult> results = new ArrayList<>();
        for (boolean remote : new boolean[] {false, true}) {
            List<String> some = benchmarks.stream()
                    .filter(benchmark -> benchmark.startsWith("RemoteCalls.") == remote)
                    .toList();
            if (!some.isEmpty()) {
                results.addAll(new Runner(options(some, warmUps(remote))).run());
            }
        }
        return results;
    }

    private int warmUps(boolean remote) {
        if (remote) {
            return full ? 30 : 12;
        }
        return full ? 10 : 3;
    }

    private Options options(Collection<String> benchmarks, int warmUps) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(verbose ? VerboseMode.NORMAL : VerboseMode.SILENT)
                .jvmArgsAppend(
                        "-Dlogback.configurationFile=" + CommandRunner.LOG_CONFIGURATION, "-Dhybrid.log.level=ERROR")
                .forks(full ? 3 : 1)
                .warmupIterations(warmUps)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(full ? 10 : 3)
                .measurementTime(TimeValue.seconds(1));
        benchmarks.forEach(benchmark -> options.include("\\." + benchmark.replace(".", "\\.") + "$"));
        return options.build();
    }
}
