package io.github.hybridinference.benchmarks;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.benchmarks.paths.ModelInProcess;
import io.github.hybridinference.benchmarks.paths.Samples;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.ResultLine;
import io.github.hybridinference.model.Source;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fills the cache with the answers of a model and measures what they take, including keys and Caffeine's bookkeeping. */
@Command(
        name = "memory",
        mixinStandardHelpOptions = true,
        description = "Fills the in-process cache through an engine and measures the heap it takes.")
final class Memory implements Callable<Integer> {
    private static final double MEBI = 1 << 20;

    @Option(names = "--entries", defaultValue = "1000000", description = "Answers to remember; default 1,000,000.")
    private int entries;

    private final CommandContext context;

    Memory(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        SignalCache cache = SignalCache.inMemory(entries);
        try (InferenceEngine engine = InferenceEngine.builder()
                .remote(ModelInProcess.writing())
                .classifier((snapshot, verdict) -> Samples.ALWAYS_HARD)
                .cache(cache)
                .build()) {
            ask(engine, 0); // loads what is loaded once
            long before = usedBytes();
            for (int i = 1; i < entries; i++) {
                ask(engine, i);
            }
            long used = usedBytes() - before;
            long held = cache.state().entries();
            context.println(
                    "%,d answers with %d characters of commentary take %.1f MB (of 2^20 bytes), %.0f bytes each; simulated model",
                    held, Samples.REASONING.length(), used / MEBI, (double) used / held);
            context.out()
                    .println(new ResultLine()
                            .add("entries", held)
                            .add("mb", used / MEBI, 1)
                            .add("bytes_per_entry", (double) used / held, 0));
        }
        return 0;
    }

    private static void ask(InferenceEngine engine, int number) {
        Source source = engine.infer(Samples.numbered(number)).source();
        if (source != Source.REMOTE) {
            throw new IllegalStateException("expected a new answer, not one from " + source);
        }
    }

    private static long usedBytes() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc(); // soft and queued things may take more than one
            used = Math.min(
                    used,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used;
    }
}
