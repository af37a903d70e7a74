package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.answer;
import static io.github.hybridinference.redis.Entries.get;
import static io.github.hybridinference.redis.Entries.join;
import static io.github.hybridinference.redis.Entries.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.redis.Proxy.Line;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import redis.clients.jedis.UnifiedJedis;

/**
 * Each way in which Redis fails: nothing throws, nobody waits for longer than the time limit, once the breaker is open
 * nobody waits at all, and all is well again without a restart.
 */
@ResourceLock("cores")
final class RedisFaultsTest {
    private static final CacheKey KEY = key("a question");
    private static final Duration LIMIT = Duration.ofMillis(20);

    /** Beyond the limit by more than a usual hiccup of the machine; the five before the breaker opens must not be. */
    private static final Duration LONG = Duration.ofMillis(100);

    /** How many may take long because of the machine, fewer than it takes to open the breaker. */
    private static final int HICCUPS = 3;

    private TestRedis server;
    private RedisSignalCache cache;

    @BeforeEach
    void start() {
        server = TestRedis.start();
        cache = RedisSignalCache.connect(server.url());
    }

    @AfterEach
    void stop() {
        cache.close();
        server.close();
    }

    private void connect(String url) {
        cache.close();
        cache = RedisSignalCache.connect(url);
    }

    /** Uses it as an engine does, and sees to it that Redis is found away. */
    private void assertGoesOnWithout(String why) {
        long[] took = new long[20];
        for (int i = 0; i < took.length; i++) {
            long start = System.nanoTime();
            assertThat(get(cache, KEY)).isEmpty();
            assertThat(join(cache.tryAcquire(KEY, Entries.later())))
                    .as("each asks for itself")
                    .isPresent()
                    .hasValueSatisfying(lease -> lease.release());
            cache.put(KEY, answer("lost"), Entries.NOW_MS);
            took[i] = System.nanoTime() - start;
        }
        assertThat(Arrays.stream(took).filter(wait -> wait > LONG.toNanos()).count())
                .as("long waits among %s", Arrays.toString(took))
                .isLessThanOrEqualTo(HICCUPS);
        Arrays.sort(took);
        assertThat(Duration.ofNanos(took[took.length / 2]))
                .as("usual wait: one limit, before Redis is found away, and what it takes to notice it")
                .isLessThan(LIMIT.plusMillis(10));
        Eventually.holds("Redis is found away, if not at once because a busy machine started no call in time", () -> {
            get(cache, KEY);
            return cache.gateway().isAway();
        });
        assertThat(cache.state().trouble())
                .hasValueSatisfying(text -> assertThat(text)
                        .matches("Redis is away since 20[0-9-]+T[0-9:]+Z: .*")
                        .containsPattern(why));
        assertThat(cache.state().dropped()).isPositive();
    }

    private void assertComesBack() {
        Eventually.holds("it is found again within five seconds", Duration.ofSeconds(5), () -> {
            cache.put(KEY, answer("after"), Entries.NOW_MS);
            return cache.state().trouble().isEmpty();
        });
        Entries.store(cache, KEY, answer("after"));
        assertReads("what was stored after it came back", answer("after"));
    }

    private void assertDropsAllWrites() {
        long before = cache.state().dropped();
        for (int i = 0; i < 5; i++) {
            cache.put(KEY, answer("lost"), Entries.NOW_MS);
        }
        Eventually.holds("all are dropped and counted", () -> cache.state().dropped() >= before + 5);
    }

    /** A busy machine may take longer than the limit once; it is not Redis that is asked about here. */
    private void assertReads(String what, CachedSignal expected) {
        Eventually.holds(what, () -> get(cache, KEY).filter(expected::equals).isPresent());
    }

    @Test
    void absentAtTheStart() {
        server.kill();
        connect(server.url());
        assertGoesOnWithout("connection refused or lost");

        server.startAgain();

        assertComesBack();
    }

    @Test
    void killedAndStartedAgainEmpty() {
        Entries.store(cache, KEY, answer("before"));
        server.kill();
        assertGoesOnWithout("connection refused or lost");

        server.startAgain();

        assertComesBack();
    }

    @Test
    void restartedBetweenTwoLookUps() {
        Entries.store(cache, KEY, answer("before"));
        server.kill();
        server.startAgain();

        assertThat(get(cache, KEY)).as("empty now").isEmpty();

        assertThat(cache.gateway().isHealthy())
                .as("a stale connection is no failure")
                .isTrue();
        assertComesBack();
    }

    @Test
    void paused() {
        Entries.store(cache, KEY, answer("before"));
        server.pause();
        assertGoesOnWithout("no answer in time|connection refused or lost");

        server.resume();

        assertComesBack();
    }

    @Test
    void slow() {
        try (Proxy proxy = new Proxy(server.port(), new Line.Good())) {
            connect(proxy.url());
            Entries.store(cache, KEY, answer("before"));
            proxy.becomes(new Line.Late(150));
            assertGoesOnWithout("no answer in time|connection refused or lost");

            proxy.becomes(new Line.Good());

            assertComesBack();
        }
    }

    @Test
    void dripping() {
        try (Proxy proxy = new Proxy(server.port(), new Line.Good())) {
            connect(proxy.url());
            Entries.store(cache, KEY, answer("before"));
            proxy.becomes(new Line.Dripping(15));
            assertGoesOnWithout("no answer in time|connection refused or lost");

            proxy.becomes(new Line.Good());

            assertComesBack();
        }
    }

    @Test
    void silent() {
        try (Proxy proxy = new Proxy(server.port(), new Line.Silent())) {
            connect(proxy.url());
            assertGoesOnWithout("no answer in time|connection refused or lost");

            proxy.becomes(new Line.Good());

            assertComesBack();
        }
    }

    @Test
    void outOfMemory() {
        Entries.store(cache, KEY, answer("before"));
        server.say("CONFIG", "SET", "maxmemory", "1");
        Eventually.holds("it is seen that Redis refuses", () -> {
            cache.put(KEY, answer("lost"), Entries.NOW_MS);
            return cache.state().trouble().isPresent();
        });
        assertThat(cache.state().trouble().orElseThrow())
                .matches("Redis refuses to write since 20[0-9-]+T[0-9:]+Z: out of memory");
        assertDropsAllWrites();
        assertReads("it still reads", answer("before"));
        assertThat(join(cache.tryAcquire(KEY, Entries.later()))).isPresent();
        assertThat(cache.gateway().isAway()).isFalse();

        server.say("CONFIG", "SET", "maxmemory", "0");

        assertComesBack();
    }

    @Test
    void aReadOnlyReplica() {
        Entries.store(cache, KEY, answer("before"));
        try (TestRedis replica = TestRedis.start("--replicaof", "127.0.0.1", String.valueOf(server.port()))) {
            Eventually.holds(
                    "it has a copy",
                    () -> replica.say("EXISTS", "hybrid:v2:" + KEY.toHex()).equals("1"));
            connect(replica.url());
            Eventually.holds("it is seen that it refuses", () -> {
                cache.put(KEY, answer("lost"), Entries.NOW_MS);
                return cache.state().trouble().isPresent();
            });
            assertThat(cache.state().trouble().orElseThrow()).endsWith("a read-only replica");
            assertDropsAllWrites();
            assertReads("it still reads", answer("before"));
            assertThat(join(cache.tryAcquire(KEY, Entries.later()))).isPresent();

            replica.say("REPLICAOF", "NO", "ONE");

            assertComesBack();
        }
    }

    @Test
    void aWrongPassword() {
        server.say("CONFIG", "SET", "requirepass", "right");
        connect(server.url().replace("//", "//:wrong@"));
        assertGoesOnWithout("user or password refused");

        try (UnifiedJedis byHand = server.byHand("right")) {
            byHand.configSet("requirepass", "wrong");
        }
        assertComesBack();
    }

    @Test
    void aDatabaseThatIsNotThere() {
        connect(server.url() + "/99");
        assertGoesOnWithout("database refused");
    }

    @Test
    void leavesNoConnectionBehind() {
        cache.close();
        JedisPort port =
                new JedisPort(RedisAddress.parse(server.url()), Gateway.CONNECTIONS, LIMIT.toNanos(), Optional.empty());
        Gateway gateway = new Gateway(port, LIMIT, true, InstantSource.system(), new byte[1]);
        cache = new RedisSignalCache(
                gateway, new RedisKeys("hybrid:"), Optional.empty(), Duration.ofHours(1), Duration.ofSeconds(5));
        for (int i = 0; i < 5; i++) {
            Entries.store(cache, KEY, answer("before"));
            server.pause();
            for (int j = 0; j < 20; j++) {
                cache.get(key("q" + j), Entries.NOW_MS, Entries.later());
                cache.put(key("q" + j), answer(""), Entries.NOW_MS);
            }
            assertGoesOnWithout("");
            server.resume();
            assertComesBack();
        }
        Eventually.holds("all are given back", () -> port.lent() == 0 && gateway.callingThreads() == 0);
        Eventually.holds("no more connections than the pool has", () -> server.clients() <= Gateway.CONNECTIONS + 1);
    }
}
