package io.github.hybridinference.redis;

import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.testkit.contract.SignalCacheContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Redis behind a cache in process. */
final class TieredRedisTest extends SignalCacheContract {
    private TestRedis server;
    private RedisSignalCache redis;

    @BeforeEach
    void start() {
        server = TestRedis.start();
        redis = RedisSignalCache.builder(server.url())
                .timeout(Duration.ofSeconds(1))
                .connect();
    }

    @AfterEach
    void stop() {
        redis.close();
        server.close();
    }

    @Override
    protected SignalCache cache() {
        return SignalCache.tiered(SignalCache.inMemory(1_000), redis);
    }
}
