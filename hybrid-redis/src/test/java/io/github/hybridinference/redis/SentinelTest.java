package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.answer;
import static io.github.hybridinference.redis.Entries.get;
import static io.github.hybridinference.redis.Entries.join;
import static io.github.hybridinference.redis.Entries.key;
import static io.github.hybridinference.redis.Entries.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SentinelTest {
    private TestRedis master;
    private TestRedis replica;
    private TestRedis sentinel;
    private RedisSignalCache cache;

    @BeforeEach
    void start() {
        master = TestRedis.start();
        replica = TestRedis.start("--replicaof", "127.0.0.1", String.valueOf(master.port()));
        sentinel = TestRedis.start("--sentinel");
        sentinel.say("SENTINEL", "MONITOR", "fleet", "127.0.0.1", String.valueOf(master.port()), "1");
        cache = RedisSignalCache.builder("redis-sentinel://127.0.0.1:" + TestRedis.freePort() + ",127.0.0.1:"
                        + sentinel.port() + "#fleet")
                .timeout(Duration.ofMillis(500))
                .connect();
    }

    @AfterEach
    void stop() {
        cache.close();
        sentinel.close();
        replica.close();
        master.close();
    }

    private String onTheReplica(String what) {
        return replica.say("EXISTS", "hybrid:v2:" + key(what).toHex());
    }

    @Test
    void asksTheMasterThatASentinelNames() {
        Entries.store(cache, key("before"), answer("before"));

        assertThat(join(cache.tryAcquire(key("before"), later()))).isPresent();
        assertThat(cache.state().trouble()).isEmpty();
        assertThat(master.say("EXISTS", "hybrid:v2:" + key("before").toHex())).isEqualTo("1");
    }

    @Test
    void followsTheMasterWhenTheOldOneIsDead() {
        Entries.store(cache, key("before"), answer("before"));
        Eventually.holds("it is replicated", () -> onTheReplica("before").equals("1"));

        master.kill();
        replica.say("REPLICAOF", "NO", "ONE");
        sentinel.say("SENTINEL", "REMOVE", "fleet");
        sentinel.say("SENTINEL", "MONITOR", "fleet", "127.0.0.1", String.valueOf(replica.port()), "1");

        Eventually.holds(
                "the new master answers", () -> get(cache, key("before")).isPresent());
        Entries.store(cache, key("after"), answer("after"));
        assertThat(onTheReplica("after")).isEqualTo("1");
        assertThat(cache.state().trouble()).isEmpty();
    }

    @Test
    void followsTheMasterWhenTheOldOneLivesOnAsAReplica() {
        Entries.store(cache, key("before"), answer("before"));
        replica.say("REPLICAOF", "NO", "ONE");
        master.say("REPLICAOF", "127.0.0.1", String.valueOf(replica.port()));
        sentinel.say("SENTINEL", "REMOVE", "fleet");
        sentinel.say("SENTINEL", "MONITOR", "fleet", "127.0.0.1", String.valueOf(replica.port()), "1");

        Entries.store(cache, key("after"), answer("after"));

        assertThat(onTheReplica("after")).isEqualTo("1");
        assertThat(cache.state().trouble()).isEmpty();
    }

    @Test
    void goesOnWithoutSentinels() {
        sentinel.kill();
        master.kill();

        for (int i = 0; i < 10; i++) {
            assertThat(get(cache, key("any"))).isEmpty();
            assertThat(join(cache.tryAcquire(key("any"), later()))).isPresent();
        }
        assertThat(cache.state().trouble()).isPresent();
    }
}
