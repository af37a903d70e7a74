package io.github.hybridinference.examples.load;

import io.github.hybridinference.EngineStats;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.examples.rig.StandInProcess;
import io.github.hybridinference.model.Scenario;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the whole remote path under load. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Keeps many distinct hard questions in flight, with the cache off, and measures what comes back.")
public final class Load implements Callable<Integer> {
    private static final int MEBI = 1 << 20;
    private static final Scenario ALWAYS_ASK = Scenario.complex(Scenario.Reason.CUSTOM);

    @Option(names = "--in-flight", defaultValue = "1000", description = "Questions in flight; default 1000.")
    private int inFlight;

    @Option(
            names = "--latency-ms",
            defaultValue = "200",
            description = "Milliseconds the model takes; default 200. With --base-url: what the ideal is reckoned by.")
    private long latencyMs;

    @Option(names = "--seconds", defaultValue = "20", description = "Seconds measured; default 20, 600 for a soak.")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "25", description = "Seconds before that; default 25.")
    private int warmUpSeconds;

    @Option(names = "--base-url", description = "Endpoint to ask; default: the stand-in, in a second process.")
    private @Nullable URI baseUrl;

    private Load() {}

    /**
     * Runs it and exits: 0 when it has measured, 1 when it could not, 2 on a wrong option.
     *
     * @param args the options; {@code --help} lists them
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Load()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (inFlight < 1 || latencyMs < 1 || seconds < 1 || warmUpSeconds < 0) {
            System.err.println("load: --in-flight, --latency-ms and --seconds are positive, --warm-up is not negative");
            return CommandLine.ExitCode.USAGE;
        }
        URI given = baseUrl;
        if (given != null) {
            measure(given, null);
            return 0;
        }
        try (StandInProcess standIn = StandInProcess.start(latencyMs)) {
            System.out.println("simulated model: the stand-in of DeepSeek's API, in a second process");
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
            System.out.printf(
                    Locale.ROOT, "%d in flight, %d s to warm up, %d s measured%n", inFlight, warmUpSeconds, seconds);
            Run.Measured measured = new Run(engine, inFlight).go(warmUpSeconds, seconds, () -> progress(engine));
            String connections = standIn == null ? "null" : Long.toString(standIn.connections());
            report(measured, engine.stats(), measured.peakThreads() - threadsBefore, connections);
        }
    }

    private static void progress(InferenceEngine engine) {
        EngineStats stats = engine.stats();
        System.out.printf(
                Locale.ROOT,
                "  %,d answers, %,d fallbacks, %d MB of heap in use%n",
                stats.totalRequests(),
                stats.fallbackCalls(),
                usedHeapMb());
    }

    private void report(Run.Measured measured, EngineStats stats, int threads, String connections) {
        System.gc(); // what is left is what is held
        double ideal = inFlight * 1_000.0 / latencyMs;
        boolean equal = stats.remoteCalls() == measured.asked();
        System.out.printf(
                Locale.ROOT,
                "%.0f answers/s of %.0f ideal, p50 %.1f ms, p99 %.1f ms; %d questions, %d calls%s%n",
                measured.rate(),
                ideal,
                measured.p50Ms(),
                measured.p99Ms(),
                measured.asked(),
                stats.remoteCalls(),
                equal ? "" : ": NOT EQUAL");
        System.out.printf(
                Locale.ROOT,
                "RESULT {\"in_flight\":%d,\"rate\":%.1f,\"ideal_share\":%.4f,\"p50_ms\":%.1f,\"p99_ms\":%.1f,"
                        + "\"threads\":%d,\"heap_mb\":%d,\"connections\":%s,\"errors\":%d}%n",
                inFlight,
                measured.rate(),
                measured.rate() / ideal,
                measured.p50Ms(),
                measured.p99Ms(),
                threads,
                usedHeapMb(),
                connections,
                measured.errors() + Math.abs(stats.remoteCalls() - measured.asked()));
    }

    private static long usedHeapMb() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBI;
    }
}
