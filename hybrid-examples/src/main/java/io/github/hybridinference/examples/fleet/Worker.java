package io.github.hybridinference.examples.fleet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.deepseek.DeepSeek;
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
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One instance of the fleet: an engine as a service would build it, which does what it is told on standard input,
 * answers each line with one line of JSON, and ends with its input.
 */
@Command(name = "worker")
public final class Worker implements Callable<Integer> {
    static final String READY = "READY";

    private static final Scenario ALWAYS_ASK = Scenario.complex(Scenario.Reason.CUSTOM);
    private static final int CALLS_IN_FLIGHT = 10_000;

    /** Prefixes: the usual one, at which {@link SpendWatch} looks, and one for the account of the warm-up. */
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
    private SwitchedBudget budget;

    private Worker() {}

    /**
     * Runs it until its input ends.
     *
     * @param args the options
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Worker()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        RedisSignalCache redis = redis(FLEET);
        try (RedisSignalCache warmUp = redis(WARM_UP);
                InferenceEngine engine = engine(redis, RedisBudget.perDay(WARM_UP_USD, warmUp))) {
            engine.warmUp();
            System.out.println(READY);
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                System.out.println(obey(line, engine, redis));
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
        RedisBudget fleets = RedisBudget.perDay(capUsd, redis);
        budget = new SwitchedBudget(warmUp, localShare > 0 ? fleets.withLocalShare(localShare) : fleets);
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
            case Instance.ASK -> new Questioning(engine).go(figures[0], figures[1], figures[2], figures[3]);
            case Instance.WARM_UP -> {
                ObjectNode reply = new Questioning(engine).go(figures[0], 1, figures[1], 0);
                budget.measure();
                yield reply;
            }
            case Instance.STEADY ->
                new SteadyLoad(engine, redis, figures[0], figures[1], figures[2]).go(figures[3], figures[4]);
            default -> throw new IllegalArgumentException("no such order");
        };
    }
}
