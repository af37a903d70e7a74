package io.github.hybridinference.benchmarks.paths;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.redis.RedisSignalCache;
import io.github.hybridinference.testkit.process.RedisProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import redis.clients.jedis.UnifiedJedis;

/**
 * An answer that is not in this process but in Redis; the floor is a bare pooled Jedis GET of the same value.
 *
 * <p>More answers than the near tier holds are asked for in turn, so that each look-up goes to Redis and each answer into
 * the near tier. The thread that asks and the server have a processor each.
 */
@State(Scope.Thread)
public class RedisHit {
    private static final int ANSWERS = 4_096;
    private static final int NEAR = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RedisProcess server = Servers.redis();
    private final UnifiedJedis jedis = server.client();
    private final RedisSignalCache far = RedisSignalCache.builder(server.url())
            .timeout(Duration.ofSeconds(1)) // a busy machine is no miss
            .connect();
    private final SignalCache tiered = SignalCache.tiered(SignalCache.inMemory(NEAR), far);
    private final CacheKey[] keys = new CacheKey[ANSWERS];
    private final byte[][] redisKeys = new byte[ANSWERS][];
    private int next;

    public RedisHit() {
        long nowMs = System.currentTimeMillis();
        CachedSignal signal = new CachedSignal(
                new TradingSignal(
                        Action.BUY,
                        0.62,
                        RiskLevel.MEDIUM,
                        OptionalDouble.of(1.6),
                        OptionalDouble.of(3.2),
                        Samples.REASONING),
                "deepseek-flash",
                "1-0a1b2c3d",
                nowMs,
                nowMs + TimeUnit.HOURS.toMillis(12));
        for (int i = 0; i < ANSWERS; i++) {
            keys[i] = CacheKey.of("question " + i);
            far.put(keys[i], signal, nowMs);
            awaitWrites(i + 1);
        }
        List<String> written = List.copyOf(jedis.keys("*"));
        for (int i = 0; i < ANSWERS; i++) {
            redisKeys[i] = written.get(i).getBytes(StandardCharsets.UTF_8);
        }
    }

    @Setup
    public void pin() {
        Pinning.threadApartFrom(server.handle());
    }

    /** The gateway hands questions to a worker until it has seen a few answered quickly. */
    @Setup(Level.Iteration)
    public void settle() {
        for (int i = 0; i < 64; i++) {
            tiered();
        }
    }

    @Benchmark
    public CachedSignal tiered() {
        return tiered.get(keys[next++ & ANSWERS - 1], System.currentTimeMillis(), Deadline.after(PATIENCE))
                .toCompletableFuture()
                .join()
                .orElseThrow();
    }

    @Benchmark
    public byte[] jedis() {
        return jedis.get(redisKeys[next++ & ANSWERS - 1]);
    }

    @TearDown
    public void close() {
        far.close();
        jedis.close();
        server.close();
    }

    /** Writes are behind the answer, and dropped when there are too many. */
    private void awaitWrites(int written) {
        if (written % 64 == 0) {
            while (jedis.dbSize() < written) {
                Thread.onSpinWait();
            }
        }
    }
}
