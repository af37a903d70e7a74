package io.github.hybridinference.benchmarks;

import io.github.hybridinference.EngineStats;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.benchmarks.paths.Peer;
import io.github.hybridinference.benchmarks.paths.Samples;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.model.MarketSnapshot;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One thread asks plain questions as fast as it can; another one asks hard ones, of which most were asked before, so that
 * the cache, the model and the breaker have work too. The heap after each collection and the pauses are watched.
 */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = "Runs local answers at full rate beside a mixed load, and watches heap and pauses.")
final class Soak implements Callable<Integer> {
    private static final int CACHED = 10_000;
    private static final int ASKED_AGAIN = 500;

    /** Of a hundred hard questions, how many are new. */
    private static final int NEW_PERCENT = 5;

    @Option(names = "--seconds", defaultValue = "600", description = "Seconds watched; default 600.")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "20", description = "Seconds before that; default 20.")
    private int warmUpSeconds;

    private volatile boolean stopping;

    @Override
    public Integer call() throws InterruptedException {
        try (Peer standIn = Peer.standIn();
                InferenceEngine engine = InferenceEngine.builder()
                        .remote(DeepSeek.builder()
                                .endpoint(standIn.url())
                                .apiKey("none-needed")
                                .build())
                        .cache(SignalCache.inMemory(CACHED))
                        .ownParts()
                        .build()) {
            engine.warmUp();
            List<Thread> load =
                    List.of(new Thread(() -> askPlain(engine), "plain"), new Thread(() -> askHard(engine), "mixed"));
            load.forEach(Thread::start);
            TimeUnit.SECONDS.sleep(warmUpSeconds);
            Report report = watch(engine);
            stopping = true;
            for (Thread thread : load) {
                thread.join();
            }
            report.print();
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
                    System.out.printf(Locale.ROOT, "  %d s: %.1f MB held%n", second, heapMb.get(heapMb.size() - 1));
                }
            }
            return new Report(seconds, before, engine.stats(), heapMb, pauses.longestMs(), pauses.count());
        }
    }

    private void askPlain(InferenceEngine engine) {
        MarketSnapshot snapshot = Samples.plain();
        while (!stopping) {
            engine.infer(snapshot);
        }
    }

    private void askHard(InferenceEngine engine) {
        for (int i = 0; !stopping; i++) {
            boolean isNew = i % 100 < NEW_PERCENT;
            engine.infer(Samples.numbered(isNew ? CACHED + i : i % ASKED_AGAIN));
        }
    }

    /** After a collection of ours, whose pause is counted apart. */
    private static double heldMb() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (double) (1 << 20);
    }

    private record Report(
            int seconds, EngineStats before, EngineStats after, List<Double> heapMb, double longestMs, long pauses) {
        void print() {
            double first = heapMb.get(0);
            double last = heapMb.get(heapMb.size() - 1);
            System.out.printf(
                    Locale.ROOT,
                    "%,d local answers a second, %,d from the cache, %,d from the simulated model, %,d fallbacks%n",
                    (after.localCalls() - before.localCalls()) / seconds,
                    (after.cacheHits() - before.cacheHits()) / seconds,
                    (after.remoteAnswers() - before.remoteAnswers()) / seconds,
                    after.fallbackCalls() - before.fallbackCalls());
            System.out.printf(
                    Locale.ROOT,
                    "RESULT {\"seconds\":%d,\"local_per_s\":%d,\"heap_first_mb\":%.1f,\"heap_last_mb\":%.1f,"
                            + "\"longest_pause_ms\":%.1f,\"pauses\":%d,\"errors\":%d}%n",
                    seconds,
                    (after.localCalls() - before.localCalls()) / seconds,
                    first,
                    last,
                    longestMs,
                    pauses,
                    after.errors() - before.errors());
        }
    }
}
