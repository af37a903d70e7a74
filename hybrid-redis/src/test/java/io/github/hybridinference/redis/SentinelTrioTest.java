package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.answer;
import static io.github.hybridinference.redis.Entries.get;
import static io.github.hybridinference.redis.Entries.join;
import static io.github.hybridinference.redis.Entries.key;
import static io.github.hybridinference.redis.Entries.later;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.CallLease.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three sentinels that elect a new master by themselves when the old one is killed during use. */
@Tag("long")
final class SentinelTrioTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SECRET = "a secret of the fleet's, long enough to be one";

    private TestRedis master;
    private TestRedis replica;
    private final List<TestRedis> sentinels = new ArrayList<>();
    private RedisSignalCache cache;

    @BeforeEach
    void start() {
        master = TestRedis.start();
        replica = TestRedis.start("--replicaof", "127.0.0.1", String.valueOf(master.port()));
        for (int i = 0; i < 3; i++) {
            TestRedis sentinel = TestRedis.start("--sentinel");
            sentinel.say("SENTINEL", "MONITOR", "fleet", "127.0.0.1", String.valueOf(master.port()), "2");
            sentinel.say("SENTINEL", "SET", "fleet", "down-after-milliseconds", "1000", "failover-timeout", "5000");
            sentinels.add(sentinel);
        }
        for (TestRedis sentinel : sentinels) {
            Eventually.holds("it knows the others and the replica", PATIENCE, () -> {
                String seen = sentinel.say("SENTINEL", "MASTER", "fleet");
                return seen.contains("num-other-sentinels, 2") && seen.contains("num-slaves, 1");
            });
        }
        String hosts = sentinels.stream()
                .map(sentinel -> "127.0.0.1:" + sentinel.port())
                .collect(Collectors.joining(","));
        cache = RedisSignalCache.builder("redis-sentinel://" + hosts + "#fleet")
                .timeout(Duration.ofMillis(500))
                .integritySecret(SECRET)
                .connect();
    }

    @AfterEach
    void stop() {
        cache.close();
        sentinels.forEach(TestRedis::close);
        replica.close();
        master.close();
    }

    @Test
    void theFleetGoesOnWithTheElectedMaster() {
        for (int i = 0; i < 50; i++) {
            Entries.store(cache, key("before " + i), answer("before " + i));
        }
        Eventually.holds(
                "all are replicated", PATIENCE, () -> replica.say("DBSIZE").equals("50"));

        master.kill();
        int[] rounds = new int[1];
        Eventually.holds("the elected master keeps answers", PATIENCE, () -> {
            int i = rounds[0]++ % 50;
            Optional<CachedSignal> found = get(cache, key("before " + i));
            found.ifPresent(entry -> assertThat(entry).as("no wrong answer").isEqualTo(answer("before " + i)));
            cache.put(key("after"), answer("after"), Entries.NOW_MS);
            return get(cache, key("after")).isPresent();
        });

        for (int i = 0; i < 50; i++) {
            assertThat(get(cache, key("before " + i))).contains(answer("before " + i));
        }
        assertThat(join(cache.tryAcquire(key("after"), later())).filter(Lease::isHeld))
                .isPresent();
        assertThat(replica.say("ROLE")).contains("master");
        assertThat(cache.state().trouble()).isEmpty();
        assertThat(cache.state().forged()).isZero();
    }
}
