package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.answer;
import static io.github.hybridinference.redis.Entries.get;
import static io.github.hybridinference.redis.Entries.join;
import static io.github.hybridinference.redis.Entries.key;
import static io.github.hybridinference.redis.Entries.later;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.budget.BudgetDecision.Granted;
import io.github.hybridinference.budget.BudgetDecision.Refused;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.CallLease.Lease;
import io.github.hybridinference.model.CacheKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.JedisClusterCRC16;

final class ClusterTest {
    private static final int SLOTS = 16_384;
    private static final List<TestRedis> NODES = new ArrayList<>();

    private RedisSignalCache cache;

    @BeforeAll
    static void start() {
        for (int i = 0; i < 2; i++) {
            NODES.add(TestRedis.start("--cluster-enabled", "yes"));
        }
        NODES.get(0).say("CLUSTER", addSlots(0, SLOTS / 2));
        NODES.get(1).say("CLUSTER", addSlots(SLOTS / 2, SLOTS));
        NODES.get(0)
                .say("CLUSTER", "MEET", "127.0.0.1", String.valueOf(NODES.get(1).port()));
        Eventually.holds(
                "the nodes agree",
                Duration.ofSeconds(20),
                () -> NODES.stream()
                        .allMatch(node -> node.say("CLUSTER", "INFO").contains("cluster_state:ok")));
    }

    private static String[] addSlots(int from, int to) {
        return Stream.concat(Stream.of("ADDSLOTS"), IntStream.range(from, to).mapToObj(String::valueOf))
                .toArray(String[]::new);
    }

    @AfterAll
    static void stop() {
        NODES.forEach(TestRedis::close);
    }

    @BeforeEach
    void connect() {
        cache = RedisSignalCache.builder("redis-cluster://127.0.0.1:" + TestRedis.freePort() + ",127.0.0.1:"
                        + NODES.get(0).port())
                .timeout(Duration.ofMillis(500))
                .connect();
    }

    @AfterEach
    void disconnect() {
        cache.close();
    }

    @Test
    void spreadsAnswersOverTheNodes() {
        for (int i = 0; i < 20; i++) {
            Entries.store(cache, key("question " + i), answer("answer " + i));
        }

        assertThat(NODES).allSatisfy(node -> assertThat(node.say("DBSIZE")).isNotEqualTo("0"));
        assertThat(cache.state().trouble()).isEmpty();
    }

    @Test
    void grantsLeasesAndGivesThemBack() {
        for (int i = 0; i < 10; i++) {
            CacheKey key = key("lease " + i);
            Lease lease = join(cache.tryAcquire(key, later())).orElseThrow();
            assertThat(join(cache.tryAcquire(key, later()))).isEmpty();

            lease.release();

            Eventually.holds(
                    "it is given back",
                    () -> join(cache.tryAcquire(key, later())).isPresent());
        }
    }

    @Test
    void keepsABudget() {
        RedisBudget budget = RedisBudget.perDay("1.00", cache);
        Instant now = Instant.parse("2026-03-01T12:00:00Z");

        assertThat(BudgetFleet.decide(budget, 600_000_000, now)).isInstanceOf(Granted.class);
        assertThat(BudgetFleet.decide(budget, 600_000_000, now)).isEqualTo(Refused.EXHAUSTED);
    }

    @Test
    void goesOnWithoutTheNodesWhileTheyArePaused() {
        Entries.store(cache, key("before"), answer("before"));
        NODES.forEach(TestRedis::pause);
        try {
            Eventually.holds("it is left alone", () -> {
                assertThat(join(cache.tryAcquire(key("any"), later()))).isPresent();
                return get(cache, key("before")).isEmpty() && cache.gateway().isAway();
            });
        } finally {
            NODES.forEach(TestRedis::resume);
        }

        Eventually.holds("it is found again", () -> get(cache, key("before")).isPresent());
    }

    @Test
    void readsManyKeysByOneCommandForEachSlot() {
        List<CacheKey> keys =
                IntStream.range(0, 200).mapToObj(i -> key("many" + i)).toList();
        keys.subList(0, 150).forEach(key -> Entries.store(cache, key, answer(key.toHex())));
        NODES.forEach(node -> node.say("CONFIG", "RESETSTAT"));

        Map<CacheKey, CachedSignal> found = join(cache.getAll(keys, Entries.NOW_MS, later()));

        assertThat(found).hasSize(150);
        found.forEach((key, entry) -> assertThat(entry).isEqualTo(answer(key.toHex())));
        long slots = keys.stream()
                .map(key -> JedisClusterCRC16.getSlot(cache.keys().answer(key)))
                .distinct()
                .count();
        long commands = 0;
        for (TestRedis node : NODES) {
            Matcher calls = Pattern.compile("cmdstat_mget:calls=([0-9]+)").matcher(node.say("INFO", "commandstats"));
            assertThat(calls.find()).as("each node is asked").isTrue();
            commands += Long.parseLong(calls.group(1));
        }
        assertThat(commands).isEqualTo(slots);
    }
}
