package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.answer;
import static io.github.hybridinference.redis.Entries.get;
import static io.github.hybridinference.redis.Entries.join;
import static io.github.hybridinference.redis.Entries.key;
import static io.github.hybridinference.redis.Entries.later;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.budget.Budget.Reservation;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.CallLease.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three masters with a replica each, one of which is killed during use: the one that keeps the budget's sheet. */
@Tag("long")
final class ClusterFailoverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int SLOTS = 16_384;
    private static final int MASTERS = 3;
    private static final long CAP = 1_000_000_000;

    private final List<TestRedis> nodes = new ArrayList<>();
    private RedisSignalCache cache;

    @BeforeEach
    void start() {
        for (int i = 0; i < 2 * MASTERS; i++) {
            nodes.add(TestRedis.start("--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
        }
        for (int i = 0; i < MASTERS; i++) {
            nodes.get(i).say("CLUSTER", addSlots(SLOTS * i / MASTERS, SLOTS * (i + 1) / MASTERS));
        }
        for (TestRedis node : nodes.subList(1, nodes.size())) {
            nodes.get(0).say("CLUSTER", "MEET", "127.0.0.1", String.valueOf(node.port()));
        }
        awaitAll("all know each other", "cluster_known_nodes:" + nodes.size());
        for (int i = 0; i < MASTERS; i++) {
            String id = nodes.get(i).say("CLUSTER", "MYID");
            TestRedis replica = nodes.get(MASTERS + i);
            Eventually.holds(
                    "it is a replica",
                    PATIENCE,
                    () -> replica.say("CLUSTER", "NODES").contains(id)
                            && replica.say("CLUSTER", "REPLICATE", id).equals("OK"));
        }
        awaitAll("the cluster is whole", "cluster_state:ok");
        for (int i = 0; i < MASTERS; i++) {
            TestRedis replica = nodes.get(MASTERS + i);
            Eventually.holds(
                    "it follows its master",
                    PATIENCE,
                    () -> replica.say("INFO", "replication").contains("master_link_status:up"));
        }
        cache = RedisSignalCache.builder("redis-cluster://127.0.0.1:"
                        + nodes.get(0).port() + ",127.0.0.1:" + nodes.get(1).port() + ",127.0.0.1:"
                        + nodes.get(2).port())
                .timeout(Duration.ofSeconds(1))
                .connect();
    }

    private void awaitAll(String what, String line) {
        for (TestRedis node : nodes) {
            Eventually.holds(what, PATIENCE, () -> node.say("CLUSTER", "INFO").contains(line));
        }
    }

    private static String[] addSlots(int from, int to) {
        return Stream.concat(Stream.of("ADDSLOTS"), IntStream.range(from, to).mapToObj(String::valueOf))
                .toArray(String[]::new);
    }

    @AfterEach
    void stop() {
        cache.close();
        nodes.forEach(TestRedis::close);
    }

    @Test
    void theFleetGoesOnWithTheReplicaAndTheBudgetStaysUnderItsCap() {
        RedisBudget budget = RedisBudget.perDay("1.00", cache);
        for (int i = 0; i < 60; i++) {
            Entries.store(cache, key("before " + i), answer("before " + i));
        }
        long spent = 0;
        for (int i = 0; i < 5; i++) {
            spent += spend(budget);
        }
        assertThat(spent).isPositive();
        awaitReplicated();
        TestRedis sheets = nodes.subList(0, MASTERS).stream()
                .filter(node -> node.say("KEYS", "hybrid:budget:*").contains("budget"))
                .findFirst()
                .orElseThrow();

        sheets.kill();
        long[] more = new long[1];
        int[] rounds = new int[1];
        Eventually.holds("the replica is found", PATIENCE, () -> {
            int i = rounds[0]++ % 60;
            Optional<CachedSignal> found = get(cache, key("before " + i));
            found.ifPresent(entry -> assertThat(entry).as("no wrong answer").isEqualTo(answer("before " + i)));
            long now = spend(budget);
            more[0] += now;
            return now > 0;
        });
        for (int i = 0; i < 40; i++) {
            more[0] += spend(budget);
        }

        assertThat(spent + more[0]).as("all of the cap and no more").isEqualTo(CAP);
        Eventually.holds(
                "every answer is found",
                PATIENCE,
                () -> IntStream.range(0, 60)
                        .allMatch(i -> get(cache, key("before " + i)).equals(Optional.of(answer("before " + i)))));
        assertThat(join(cache.tryAcquire(key("after"), later())).filter(Lease::isHeld))
                .isPresent();
        assertThat(cache.state().trouble()).isEmpty();
        assertThat(budget.state(NOON).trouble()).isEmpty();
    }

    private void awaitReplicated() {
        for (int i = 0; i < MASTERS; i++) {
            TestRedis replica = nodes.get(MASTERS + i);
            TestRedis master = nodes.get(i);
            Eventually.holds(
                    "all is replicated", PATIENCE, () -> replica.say("DBSIZE").equals(master.say("DBSIZE")));
        }
    }

    private static long spend(RedisBudget budget) {
        Optional<Reservation> held = BudgetFleet.reserve(budget, CAP / 20, NOON);
        held.ifPresent(reservation -> reservation.settle(OptionalLong.of(CAP / 20)));
        return held.isPresent() ? CAP / 20 : 0;
    }
}
