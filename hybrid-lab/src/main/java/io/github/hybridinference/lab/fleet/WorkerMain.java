package io.github.hybridinference.lab.fleet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandRunner;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.redis.RedisBudget;
import io.github.hybridinference.redis.RedisSignalCache;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One instance of the fleet: an engine as a service would build it. It obeys each line of its standard input, answers it
 * with one line of JSON, and ends with its input.
 *
 * @since 0.1.0
 */
@Command(name = "worker")
public final class WorkerMain implements Callable<Integer> {
    static final String READY = "READY";

    private static final Scenario ALWAYS_ASK = Scenario.complex(Scenario.Reason.CUSTOM);
    private static final int CALLS_IN_FLIGHT = 10_000;

    /** Prefixes of the keys: the default, which {@link SpendMonitor} reads, and one for the budget of the warm-up. */
    private static final String FLEET = "hybrid:";

    private static final String WARM_UP = "warm-up:";
    private static final String WARM_UP_USD = "5.00";

    @Option(names = "--redis", required = true)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String redisUrl;

    @Option(names = "--model", required = true)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private URI modelUrl;

    @Option(names = "--cap-usd", required = true)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String capUsd;

    @Option(names = "--local-share", defaultValue = "0")
    private double localShare;

    @Option(names = "--redis-timeout-ms", required = true)
    private long redisTimeoutMs;

    @Option(names = "--lease-ms", required = true)
    private long leaseMs;

    @SuppressWarnings("NullAway.Init") // set as the engine is built
    private WarmUpBudget budget;

    private long warmUpNanoUsd;

    private final CommandContext context;

    private WorkerMain(CommandContext context) {
        this.context = context;
    }

    /**
     * Runs it until its input ends.
     *
     * @param args the options
     */
    public static void main(String[] args) {
        CommandRunner.main(WorkerMain::new, args);
    }

    @Override
    public Integer call() throws IOException {
        RedisSignalCache redis = redis(FLEET);
        try (RedisSignalCache warmUp = redis(WARM_UP);
                InferenceEngine engine = engine(redis, RedisBudget.perDay(WARM_UP_USD, warmUp))) {
            engine.warmUp();
            context.out().println(READY);
            BufferedReader orders = new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8));
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                ObjectNode result = obey(line, engine, redis);
                context.out()
                        .println(result.put("billed_nano_usd", engine.stats().totalCostNanoUsd() - warmUpNanoUsd));
            }
        }
        return 0;
    }

    private RedisSignalCache redis(String prefix) {
        return RedisSignalCache.builder(redisUrl)
                .prefix(prefix)
                .timeout(Duration.ofMillis(redisTimeoutMs))
                .lease(Duration.ofMillis(leaseMs))
                .connect();
    }

    private InferenceEngine engine(RedisSignalCache redis, RedisBudget warmUp) {
        RedisBudget fleet = RedisBudget.perDay(capUsd, redis);
        budget = new WarmUpBudget(warmUp, localShare > 0 ? fleet.withLocalShare(localShare) : fleet);
        return InferenceEngine.builder()
                .remote(DeepSeek.builder()
                        .endpoint(modelUrl)
                        .apiKey("none-needed")
                        .build())
                .classifier((snapshot, verdict) -> ALWAYS_ASK)
                .cache(SignalCache.tiered(SignalCache.inMemory(100_000), redis))
                .callLease(redis)
                .budget(budget)
                .maxCallsInFlight(CALLS_IN_FLIGHT)
                .timeout(Duration.ofSeconds(20))
                .remoteTimeout(Duration.ofSeconds(20))
                .ownParts()
                .build();
    }

    private ObjectNode obey(String line, InferenceEngine engine, RedisSignalCache redis) {
        String[] words = line.split(" ", -1);
        long[] figures = Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray();
        return switch (words[0]) {
            case WorkerProcess.BATCH -> new BatchLoad(engine).run(figures[0], figures[1], figures[2], figures[3]);
            case WorkerProcess.WARM_UP -> {
                ObjectNode result = new BatchLoad(engine).run(figures[0], 1, figures[1], 0);
                budget.startMeasuring();
                warmUpNanoUsd = engine.stats().totalCostNanoUsd();
                yield result;
            }
            case WorkerProcess.STEADY ->
                new SteadyLoad(engine, redis, figures[0], figures[1], figures[2]).run(figures[3], figures[4]);
            default -> throw new IllegalArgumentException("no such order");
        };
    }
}
