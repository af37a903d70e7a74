package io.github.hybridinference.lab.load;

import static io.github.hybridinference.lab.command.CommandException.requireOption;

import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.EngineStats;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.lab.command.CommandRunner;
import io.github.hybridinference.lab.command.ResultLine;
import io.github.hybridinference.lab.process.StandInProcess;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Timeframe;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Asks everything at once, as happens when the bars of many symbols close in the same second.
 *
 * @since 0.1.0
 */
@Command(
        name = "burst",
        mixinStandardHelpOptions = true,
        description =
                "Asks many distinct complex scenarios at once, with the cache off, against a stand-in of DeepSeek's API"
                        + " in a second process, and counts what became of each.")
public final class BurstCommand implements Callable<Integer> {
    private static final Scenario ALWAYS_ASK = Scenario.complex(Scenario.Reason.CUSTOM);
    private static final Feature NEWS_COUNT = Feature.of("news_count");
    private static final double NANOS = 1e9;

    private final CommandContext context;

    @Option(names = "--questions", defaultValue = "5000", description = "Questions asked at once; default 5000.")
    private int questions;

    @Option(names = "--latency-ms", defaultValue = "200", description = "Milliseconds the model takes; default 200.")
    private long latencyMs;

    @Option(names = "--limit", defaultValue = "256", description = "Calls with the model at a time; default 256.")
    private int limit;

    @Option(names = "--deadline-ms", defaultValue = "8000", description = "Deadline of each question; default 8000.")
    private long deadlineMs;

    @Option(names = "--bars", defaultValue = "1", description = "How many bursts follow each other; default 1.")
    private int bars;

    @Option(
            names = "--local",
            description = "Ask plain questions meanwhile, one after another, which takes a processor of its own.")
    private boolean withLocal;

    @Option(names = "--cold", description = "Do not warm the engine up first.")
    private boolean cold;

    private BurstCommand(CommandContext context) {
        this.context = context;
    }

    /**
     * Runs it and exits: 0 if every question was answered by the model, 1 if not, 2 on a wrong option.
     *
     * @param args the options; {@code --help} lists them
     */
    public static void main(String[] args) {
        CommandRunner.main(BurstCommand::new, args);
    }

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        requireOption(
                questions > 0 && latencyMs > 0 && limit > 0 && deadlineMs > 0 && bars > 0,
                "--questions, --latency-ms, --limit, --deadline-ms and --bars must be positive");
        try (StandInProcess standIn = StandInProcess.startWarm(latencyMs);
                InferenceEngine engine = InferenceEngine.builder()
                        .remote(DeepSeek.builder()
                                .endpoint(standIn.baseUrl())
                                .apiKey("none-needed")
                                .build())
                        .classifier((snapshot, verdict) ->
                                snapshot.has(NEWS_COUNT) ? ALWAYS_ASK : Scenario.simple(Scenario.Reason.CUSTOM))
                        .cache(SignalCache.none())
                        .maxCallsInFlight(limit)
                        .ownParts()
                        .build()) {
            context.println(
                    "simulated model: the stand-in of DeepSeek's API, warm, in a second process, %d ms an answer",
                    latencyMs);
            if (!cold) {
                engine.warmUp();
            }
            boolean all = true;
            for (int bar = 0; bar < bars; bar++) {
                all &= burst(engine, standIn.handle(), bar);
            }
            return all ? 0 : 1;
        }
    }

    /** Returns whether every question was answered by the model. */
    private boolean burst(InferenceEngine engine, ProcessHandle standIn, int bar) throws InterruptedException {
        EngineStats before = engine.stats();
        AtomicBoolean over = new AtomicBoolean();
        LocalCaller local = new LocalCaller(engine, over);
        Thread caller = new Thread(local, "local-questions");
        if (withLocal) {
            caller.start();
        }
        List<MarketSnapshot> all = new ArrayList<>(questions);
        for (int i = 0; i < questions; i++) {
            all.add(DistinctSnapshots.numbered((long) bar * questions + i));
        }
        double ownBefore = processorSeconds(ProcessHandle.current());
        double standInBefore = processorSeconds(standIn);
        long start = System.nanoTime();
        engine.inferAll(all, Deadline.after(Duration.ofMillis(deadlineMs))).answers();
        double seconds = (System.nanoTime() - start) / NANOS;
        over.set(true);
        caller.join();
        report(engine, before, seconds, local.answers / seconds);
        context.println(
                "processor time: %.2f s of the engine's process, %.2f s of the stand-in's",
                processorSeconds(ProcessHandle.current()) - ownBefore, processorSeconds(standIn) - standInBefore);
        return engine.stats().remoteAnswers() - before.remoteAnswers() == questions;
    }

    /** In steps of a hundredth; 0 where the system does not tell. */
    private static double processorSeconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / NANOS;
    }

    /** Asks plain questions, one after another, while the burst is on. */
    private static final class LocalCaller implements Runnable {
        private final InferenceEngine engine;
        private final AtomicBoolean over;
        private final MarketSnapshot plain =
                MarketSnapshot.builder("LOCAL", Timeframe.H1).rsi(20).build();
        private long answers;

        LocalCaller(InferenceEngine engine, AtomicBoolean over) {
            this.engine = engine;
            this.over = over;
        }

        @Override
        public void run() {
            while (!over.get()) {
                engine.infer(plain);
                answers++;
            }
        }
    }

    private void report(InferenceEngine engine, EngineStats before, double seconds, double localPerSecond) {
        EngineStats after = engine.stats();
        long remote = after.remoteAnswers() - before.remoteAnswers();
        double ideal = Math.ceil((double) questions / limit) * latencyMs / 1_000;
        boolean breakerClosed = engine.health().components().stream()
                .filter(part -> part.name().startsWith("deepseek"))
                .allMatch(part -> part.status() == Status.HEALTHY);
        context.println(
                "%d of %d answered by the model in %.2f s, %.2f times the ideal %.2f s; breaker %s",
                remote, questions, seconds, seconds / ideal, ideal, breakerClosed ? "closed" : "open");
        context.out()
                .println(new ResultLine()
                        .add("questions", questions)
                        .add("remote", remote)
                        .add("saturated", count(before, after, Degradation.SATURATED))
                        .add("timeout", count(before, after, Degradation.TIMEOUT))
                        .add("fallback", after.fallbackCalls() - before.fallbackCalls())
                        .add("seconds", seconds, 3)
                        .add("limit", limit)
                        .add("ideal_seconds", ideal, 3)
                        .add("breaker_closed", breakerClosed ? 1 : 0)
                        .add("local_per_s", localPerSecond, 0));
    }

    private static long count(EngineStats before, EngineStats after, Degradation degradation) {
        return after.degradations().getOrDefault(degradation, 0L)
                - before.degradations().getOrDefault(degradation, 0L);
    }
}
