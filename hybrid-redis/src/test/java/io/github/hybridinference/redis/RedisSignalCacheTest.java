package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.answer;
import static io.github.hybridinference.redis.Entries.get;
import static io.github.hybridinference.redis.Entries.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.testkit.contract.SignalCacheContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

final class RedisSignalCacheTest extends SignalCacheContract {
    private static TestRedis server;
    private static UnifiedJedis byHand;
    private static int caches;

    private final List<RedisSignalCache> open = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = TestRedis.start();
        byHand = server.byHand();
    }

    @AfterAll
    static void stop() {
        byHand.close();
        server.close();
    }

    @AfterEach
    void closeCaches() {
        open.forEach(RedisSignalCache::close);
    }

    @Override
    protected SignalCache cache() {
        return redis();
    }

    /** With time enough for a machine that does other things as well. */
    private RedisSignalCache redis() {
        RedisSignalCache cache = RedisSignalCache.builder(server.url())
                .prefix("test" + ++caches + ":")
                .timeout(Duration.ofSeconds(1))
                .connect();
        open.add(cache);
        return cache;
    }

    @Test
    void sharesAnswersBetweenInstances() {
        RedisSignalCache one = redis();
        RedisSignalCache other = RedisSignalCache.builder(server.url())
                .prefix("test" + caches + ":")
                .timeout(Duration.ofSeconds(1))
                .connect();
        open.add(other);

        Entries.store(one, key("shared"), answer("from one"));

        assertThat(get(other, key("shared"))).contains(answer("from one"));
    }

    @Test
    void keepsAnEntryNoLongerThanItHolds() {
        RedisSignalCache cache = redis();
        Entries.store(cache, key("an hour"), answer(""));

        assertThat(ttlOf("test" + caches + ":", key("an hour"))).isBetween(3_500_000L, 3_600_000L);
    }

    @Test
    void keepsAnEntryNoLongerThanToldTo() {
        RedisSignalCache cache = RedisSignalCache.fromEnv(Map.of("REDIS_URL", server.url(), "CACHE_TTL", "60")::get);
        open.add(cache);
        Entries.store(cache, key("a minute"), answer(""));

        assertThat(ttlOf("hybrid:", key("a minute"))).isBetween(50_000L, 60_000L);
    }

    @Test
    void putsItsKeysUnderThePrefixOfTheEnvironment() {
        RedisSignalCache cache =
                RedisSignalCache.fromEnv(Map.of("REDIS_URL", server.url(), "REDIS_PREFIX", " staging: ")::get);
        open.add(cache);
        Entries.store(cache, key("staging"), answer(""));

        assertThat(byHand.keys("*" + key("staging").toHex()))
                .containsExactly("staging:v2:" + key("staging").toHex());
    }

    private static long ttlOf(String prefix, CacheKey key) {
        return byHand.pttl(prefix + "v2:" + key.toHex());
    }

    @Test
    void wantsAnAddressAndRepeatsNothingOfAMalformedOne() {
        assertThatIllegalStateException().isThrownBy(() -> RedisSignalCache.fromEnv(name -> null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisSignalCache.connect("redis://:s3cret@host:port"))
                .withMessageNotContaining("s3cret");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RedisSignalCache.fromEnv(Map.of("REDIS_URL", server.url(), "CACHE_TTL", "s3cret")::get))
                .withMessageNotContaining("s3cret");
    }

    @Test
    void writesNothingOfWhoAsked() {
        RedisSignalCache cache = redis();
        Entries.store(cache, key("BTC-USDT"), answer(""));

        assertThat(byHand.keys("test" + caches + ":*"))
                .containsExactly("test" + caches + ":v2:" + key("BTC-USDT").toHex());
    }

    @Test
    void isAMissOnceClosedAndLeavesNeitherThreadNorConnection() {
        RedisSignalCache cache = redis();
        Entries.store(cache, key("closed"), answer(""));
        long before = server.clients();
        cache.put(key("last"), answer("written on the way out"), Entries.NOW_MS);

        cache.close();
        cache.put(key("closed"), answer(""), Entries.NOW_MS);

        assertThat(get(cache, key("closed"))).isEqualTo(Optional.<CachedSignal>empty());
        Eventually.holds("connections are closed", () -> server.clients() < before);
        assertThat(byHand.exists("test" + caches + ":v2:" + key("last").toHex()))
                .isTrue();
        Eventually.holds(
                "threads end",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("hybrid-redis-")));
    }
}
