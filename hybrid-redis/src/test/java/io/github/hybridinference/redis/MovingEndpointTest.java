package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.answer;
import static io.github.hybridinference.redis.Entries.join;
import static io.github.hybridinference.redis.Entries.key;
import static io.github.hybridinference.redis.Entries.later;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.redis.Proxy.Line;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A name or a proxy that leads to whichever server is the master. */
final class MovingEndpointTest {
    private TestRedis master;
    private TestRedis replica;
    private Proxy endpoint;
    private RedisSignalCache cache;

    @BeforeEach
    void start() {
        master = TestRedis.start();
        replica = TestRedis.start("--replicaof", "127.0.0.1", String.valueOf(master.port()));
        endpoint = new Proxy(master.port(), new Line.Good());
        cache = RedisSignalCache.builder(endpoint.url())
                .timeout(Duration.ofSeconds(1))
                .connect();
    }

    @AfterEach
    void stop() {
        cache.close();
        endpoint.close();
        replica.close();
        master.close();
    }

    private void failOver() {
        replica.say("REPLICAOF", "NO", "ONE");
        master.say("REPLICAOF", "127.0.0.1", String.valueOf(replica.port()));
        endpoint.leadsTo(replica.port());
    }

    private boolean isHeldOnTheNewMaster(String question) {
        return join(cache.tryAcquire(key(question), later()))
                .filter(lease -> lease.isHeld())
                .isPresent();
    }

    @Test
    void isFollowedToTheNewMasterThoughTheOldOneLivesOnAsAReplica() {
        Entries.store(cache, key("before"), answer("before"));

        failOver();

        Eventually.holds("writes reach the new master", () -> {
            cache.put(key("after"), answer("after"), Entries.NOW_MS);
            return replica.say("EXISTS", "hybrid:v2:" + key("after").toHex()).equals("1");
        });
        Eventually.holds("leases are held again", () -> isHeldOnTheNewMaster("another"));
        assertThat(cache.state().trouble()).isEmpty();
    }

    @Test
    void isFollowedByOneWhoWritesNothingButLeases() {
        Eventually.holds("it is asked on this thread", () -> {
            Entries.get(cache, key("any"));
            return isHeldOnTheNewMaster("before " + System.nanoTime());
        });

        failOver();

        Eventually.holds("leases are held again", () -> isHeldOnTheNewMaster("after " + System.nanoTime()));
    }

    @Test
    void isNotAskedForConnectionsAgainAndAgainWhenItIsAReplica() {
        master.say("REPLICAOF", "127.0.0.1", "1");
        int before = endpoint.accepted();
        long start = System.nanoTime();

        for (int i = 0; i < 300; i++) {
            byte[] question = RedisKeys.bytes("hybrid:" + i);
            join(cache.gateway()
                    .call(
                            later(),
                            port -> port.run(
                                    RedisKeys.bytes("return redis.call('SET', KEYS[1], 1)"), List.of(question)),
                            ""));
        }

        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        assertThat(endpoint.accepted() - before).isBetween(1, Gateway.CONNECTIONS * (int) (seconds + 1));
        assertThat(cache.gateway().isAway()).isFalse();
    }
}
