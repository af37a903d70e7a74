package io.github.hybridinference.lab.load;

import static io.github.hybridinference.lab.command.CommandException.requireOption;

import io.github.hybridinference.EngineStats;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.lab.command.CommandRunner;
import io.github.hybridinference.lab.command.ResultLine;
import io.github.hybridinference.lab.process.StandInProcess;
import io.github.hybridinference.model.Scenario;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the whole remote path under load.
 *
 * @since 0.1.0
 */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Keeps many distinct complex scenarios in flight, with the cache off, and measures throughput and"
                + " latency.")
public final class LoadCommand implements Callable<Integer> {
    private static final int MEBI = 1 << 20;
    private static final Scenario ALWAYS_ASK = Scenario.complex(Scenario.Reason.CUSTOM);

    private final CommandContext context;

    @Option(names = "--in-flight", defaultValue = "1000", description = "Inferences in flight; default 1000.")
    private int inFlight;

    @Option(
            names = "--latency-ms",
            defaultValue = "200",
            description =
                    "Milliseconds the model takes; default 200. With --base-url: the latency that the ideal rate is"
                            + " computed from.")
    private long latencyMs;

    @Option(names = "--seconds", defaultValue = "20", description = "Seconds measured; default 20, 600 for a soak.")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "25", description = "Seconds before that; default 25.")
    private int warmUpSeconds;

    @Option(names = "--base-url", description = "Endpoint to call; default: the stand-in, in a second process.")
    private @Nullable URI baseUrl;

    private LoadCommand(CommandContext context) {
        this.context = context;
    }

    /**
     * Runs it and exits: 0 when it has measured, 1 when it could not, 2 on a wrong option.
     *
     * @param args the options; {@code --help} lists them
     */
    public static void main(String[] args) {
        CommandRunner.main(LoadCommand::new, args);
    }

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        requireOption(
                inFlight > 0 && latencyMs > 0 && seconds > 0 && warmUpSeconds >= 0,
                "--in-flight, --latency-ms and --seconds must be positive, --warm-up must not be negative");
        URI given = baseUrl;
        if (given != null) {
            measure(given, null);
            return 0;
        }
        try (StandInProcess standIn = StandInProcess.start(latencyMs)) {
            context.println("simulated model: the stand-in of DeepSeek's API, in a second process");
            measure(standIn.baseUrl(), standIn);
            return 0;
        }
    }

    private void measure(URI endpoint, @Nullable StandInProcess standIn) throws IOException, InterruptedException {
        int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
        try (InferenceEngine engine = InferenceEngine.builder()
                .remote(DeepSeek.builder()
                        .endpoint(endpoint)
                        .apiKey("none-needed")
                        .build())
                .classifier((snapshot, verdict) -> ALWAYS_ASK)
                .cache(SignalCache.none())
                .maxCallsInFlight(inFlight + inFlight / 10 + 1)
                .timeout(Duration.ofSeconds(10))
                .ownParts()
                .build()) {
            engine.warmUp();
            context.println("%d in flight, %d s to warm up, %d s measured", inFlight, warmUpSeconds, seconds);
            ClosedLoop.Result result =
                    new ClosedLoop(engine, inFlight).run(warmUpSeconds, seconds, () -> progress(engine));
            OptionalLong connections = standIn == null ? OptionalLong.empty() : OptionalLong.of(standIn.connections());
            report(result, engine.stats(), result.peakThreads() - threadsBefore, connections);
        }
    }

    private void progress(InferenceEngine engine) {
        EngineStats stats = engine.stats();
        context.progress(
                "  %,d answers, %,d fallbacks, %d MB of heap in use",
                stats.totalRequests(), stats.fallbackCalls(), usedHeapMb());
    }

    private void report(ClosedLoop.Result result, EngineStats stats, int threads, OptionalLong connections) {
        System.gc(); // so that the heap in use is what is still referenced
        double ideal = inFlight * 1_000.0 / latencyMs;
        boolean equal = stats.remoteCalls() == result.inferences();
        context.println(
                "%.0f answers/s of %.0f ideal, p50 %.1f ms, p99 %.1f ms; %d inferences, %d calls%s",
                result.rate(),
                ideal,
                result.p50Ms(),
                result.p99Ms(),
                result.inferences(),
                stats.remoteCalls(),
                equal ? "" : ": NOT EQUAL");
        context.out()
                .println(new ResultLine()
                        .add("in_flight", inFlight)
                        .add("rate", result.rate(), 1)
                        .add("ideal_share", result.rate() / ideal, 4)
                        .add("p50_ms", result.p50Ms(), 1)
                        .add("p99_ms", result.p99Ms(), 1)
                        .add("threads", threads)
                        .add("heap_mb", usedHeapMb())
                        .add("connections", connections)
                        .add("errors", result.errors() + Math.abs(stats.remoteCalls() - result.inferences())));
    }

    private static long usedHeapMb() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBI;
    }
}
