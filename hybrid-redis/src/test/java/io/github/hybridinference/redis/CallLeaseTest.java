package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.answer;
import static io.github.hybridinference.redis.Entries.get;
import static io.github.hybridinference.redis.Entries.join;
import static io.github.hybridinference.redis.Entries.key;
import static io.github.hybridinference.redis.Entries.later;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.cache.CallLease.Lease;
import io.github.hybridinference.model.CacheKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CallLeaseTest {
    private static final CacheKey KEY = key("a question");

    private TestRedis server;
    private final List<RedisSignalCache> fleet = new ArrayList<>();

    @BeforeEach
    void start() {
        server = TestRedis.start();
        for (int i = 0; i < 4; i++) {
            fleet.add(instance(Duration.ofSeconds(30)));
        }
    }

    @AfterEach
    void stop() {
        fleet.forEach(RedisSignalCache::close);
        server.close();
    }

    private RedisSignalCache instance(Duration lease) {
        return RedisSignalCache.builder(server.url())
                .timeout(Duration.ofSeconds(1))
                .lease(lease)
                .connect();
    }

    private static Optional<Lease> tryAcquire(RedisSignalCache instance) {
        return join(instance.tryAcquire(KEY, later()));
    }

    @Test
    void isGrantedToOneOfManyWhoAskAtTheSameTime() {
        List<CompletableFuture<Optional<Lease>>> asked = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            asked.add(fleet.get(i % 4).tryAcquire(KEY, later()).toCompletableFuture());
        }

        assertThat(asked.stream().map(Entries::join).flatMap(Optional::stream))
                .singleElement()
                .satisfies(lease -> assertThat(lease.isHeld()).isTrue());
    }

    @Test
    void isOnePerQuestion() {
        assertThat(tryAcquire(fleet.get(0))).isPresent();

        assertThat(join(fleet.get(1).tryAcquire(key("another"), later()))).isPresent();
    }

    @Test
    void comesBackAfterTheAnswerCanBeSeen() {
        for (int i = 0; i < 50; i++) {
            CacheKey key = key("question " + i);
            Lease held = join(fleet.get(0).tryAcquire(key, later())).orElseThrow();
            fleet.get(0).put(key, answer("given"), Entries.NOW_MS);
            held.release();

            Eventually.holds(
                    "it is given back",
                    () -> join(fleet.get(1).tryAcquire(key, later())).isPresent());

            assertThat(get(fleet.get(1), key)).contains(answer("given"));
        }
    }

    @Test
    void endsByItselfWhenItsHolderIsDead() {
        try (RedisSignalCache mortal = instance(Duration.ofMillis(200))) {
            assertThat(tryAcquire(mortal)).isPresent();
            assertThat(tryAcquire(fleet.get(1))).isEmpty();
        }

        Eventually.holds("another may ask", () -> tryAcquire(fleet.get(1)).isPresent());
    }

    @Test
    void isNotTakenFromItsNewHolderByTheOldOne() {
        try (RedisSignalCache slow = instance(Duration.ofMillis(50))) {
            Lease old = tryAcquire(slow).orElseThrow();
            Eventually.holds("another may ask", () -> tryAcquire(fleet.get(1)).isPresent());

            old.release();
            Entries.store(slow, key("written after that"), answer(""));

            assertThat(tryAcquire(fleet.get(2))).isEmpty();
        }
    }

    @Test
    void endsInTimeWhateverValueIsUnderItsKey() {
        String lease = "hybrid:v2:lease:" + KEY.toHex();
        List<String[]> byHand = List.of(
                new String[] {"SET", lease, "for ever"},
                new String[] {"SET", lease, "for a day", "EX", "86400"},
                new String[] {"LPUSH", lease, "a list"},
                new String[] {"HSET", lease, "a", "hash"});
        try (RedisSignalCache quick = instance(Duration.ofMillis(100))) {
            for (String[] command : byHand) {
                server.say("DEL", lease);
                server.say(command[0], Arrays.copyOfRange(command, 1, command.length));

                assertThat(tryAcquire(quick)).isEmpty();

                Eventually.holds(
                        "it is granted",
                        Duration.ofSeconds(2),
                        () -> tryAcquire(quick).filter(Lease::isHeld).isPresent());
                assertThat(quick.state().trouble()).isEmpty();
            }
        }
    }

    @Test
    void isGivenBackThoughAListIsInItsPlace() {
        Lease held = tryAcquire(fleet.get(0)).orElseThrow();
        server.say("DEL", "hybrid:v2:lease:" + KEY.toHex());
        server.say("LPUSH", "hybrid:v2:lease:" + KEY.toHex(), "a list");

        held.release();
        Entries.store(fleet.get(0), key("written after that"), answer(""));

        assertThat(fleet.get(0).state().trouble()).isEmpty();
    }

    @Test
    void isNotLeftBehindByOneWhoAskedForItWhileRedisWasPaused() {
        try (RedisSignalCache brief = RedisSignalCache.builder(server.url())
                .timeout(Duration.ofMillis(100))
                .lease(Duration.ofSeconds(30))
                .connect()) {
            Entries.store(brief, key("connected"), answer(""));
            server.pause();
            Lease unknown = tryAcquire(brief).orElseThrow();
            Eventually.holds("it is left alone", () -> {
                get(brief, key("connected"));
                return brief.gateway().isAway();
            });
            unknown.release();

            server.resume();

            Eventually.holds(
                    "another may ask",
                    () -> tryAcquire(fleet.get(1)).filter(Lease::isHeld).isPresent());
        }
    }

    @Test
    void isGrantedToAllWhileRedisIsAway() {
        assertThat(tryAcquire(fleet.get(0))).isPresent();
        server.kill();

        for (RedisSignalCache instance : fleet) {
            assertThat(tryAcquire(instance))
                    .hasValueSatisfying(lease -> assertThat(lease.isHeld()).isFalse());
        }
    }
}
