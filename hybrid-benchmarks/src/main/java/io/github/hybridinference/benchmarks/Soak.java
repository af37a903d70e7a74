package io.github.hybridinference.benchmarks;

import io.github.hybridinference.EngineStats;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.benchmarks.paths.Samples;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.ResultLine;
import io.github.hybridinference.lab.process.StandInProcess;
import io.github.hybridinference.model.MarketSnapshot;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One thread runs local inferences as fast as it can; another one runs inferences of complex scenarios, most of them
 * repeated, so that cache, model and breaker have work too. The heap after each collection and the pauses are recorded.
 */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = "Runs local answers at full rate beside a mixed load, and watches heap and pauses.")
final class Soak implements Callable<Integer> {
    private static final int CACHED = 10_000;
    private static final int ASKED_AGAIN = 500;

    /** How many of a hundred complex scenarios are new. */
    private static final int NEW_PERCENT = 5;

    @Option(names = "--seconds", defaultValue = "600", description = "Seconds watched; default 600.")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "20", description = "Seconds before that; default 20.")
    private int warmUpSeconds;

    private final CommandContext context;
    private volatile boolean stopping;

    Soak(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (StandInProcess standIn = StandInProcess.start(0);
                InferenceEngine engine = InferenceEngine.builder()
                        .remote(DeepSeek.builder()
                                .endpoint(standIn.baseUrl())
                                .apiKey("none-needed")
                                .build())
                        .cache(SignalCache.inMemory(CACHED))
                        .ownParts()
                        .build()) {
            engine.warmUp();
            List<Thread> load = List.of(
                    new Thread(() -> askSimple(engine), "simple"), new Thread(() -> askComplex(engine), "mixed"));
            load.forEach(Thread::start);
            TimeUnit.SECONDS.sleep(warmUpSeconds);
            Report report = watch(engine);
            stopping = true;
            for (Thread thread : load) {
                thread.join();
            }
            report.print(context);
        }
        return 0;
    }

    private Report watch(InferenceEngine engine) throws InterruptedException {
        EngineStats before = engine.stats();
        List<Double> heapMb = new ArrayList<>();
        try (Pauses pauses = Pauses.watch()) {
            for (int second = 1; second <= seconds; second++) {
                TimeUnit.SECONDS.sleep(1);
                if (second % Math.max(1, seconds / 10) == 0) {
                    heapMb.add(heldMb());
                    context.progress("  %d s: %.1f MB held", second, heapMb.get(heapMb.size() - 1));
                }
            }
            return new Report(seconds, before, engine.stats(), heapMb, pauses.longestMs(), pauses.count());
        }
    }

    private void askSimple(InferenceEngine engine) {
        MarketSnapshot snapshot = Samples.simple();
        while (!stopping) {
            engine.infer(snapshot);
        }
    }

    private void askComplex(InferenceEngine engine) {
        for (int i = 0; !stopping; i++) {
            boolean isNew = i % 100 < NEW_PERCENT;
            engine.infer(Samples.numbered(isNew ? CACHED + i : i % ASKED_AGAIN));
        }
    }

    /** After an explicit collection, whose pause is not counted. */
    private static double heldMb() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (double) (1 << 20);
    }

    private record Report(
            int seconds, EngineStats before, EngineStats after, List<Double> heapMb, double longestMs, long pauses) {
        void print(CommandContext context) {
            long localPerSecond = (after.localCalls() - before.localCalls()) / seconds;
            context.println(
                    "%,d local answers a second, %,d from the cache, %,d from the simulated model, %,d fallbacks",
                    localPerSecond,
                    (after.cacheHits() - before.cacheHits()) / seconds,
                    (after.remoteAnswers() - before.remoteAnswers()) / seconds,
                    after.fallbackCalls() - before.fallbackCalls());
            context.out()
                    .println(new ResultLine()
                            .add("seconds", seconds)
                            .add("local_per_s", localPerSecond)
                            .add("heap_first_mb", heapMb.get(0), 1)
                            .add("heap_last_mb", heapMb.get(heapMb.size() - 1), 1)
                            .add("longest_pause_ms", longestMs, 1)
                            .add("pauses", pauses)
                            .add("errors", after.errors() - before.errors()));
        }
    }
}
