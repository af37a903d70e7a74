package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.NOW_MS;
import static io.github.hybridinference.redis.Entries.answer;
import static io.github.hybridinference.redis.Entries.join;
import static io.github.hybridinference.redis.Entries.key;
import static io.github.hybridinference.redis.Entries.later;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testing.FakeModel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/** Many entries by one command. */
final class ManyAtOnceTest {
    private static final int MANY = 1_000;

    private TestRedis server;
    private RedisSignalCache cache;

    @BeforeEach
    void start() {
        server = TestRedis.start();
        cache = connect("hybrid:");
    }

    @AfterEach
    void stop() {
        cache.close();
        server.close();
    }

    private RedisSignalCache connect(String prefix) {
        return RedisSignalCache.builder(server.url())
                .prefix(prefix)
                .timeout(Duration.ofSeconds(1))
                .connect();
    }

    private long calls(String command) {
        Matcher stats =
                Pattern.compile("cmdstat_" + command + ":calls=([0-9]+)").matcher(server.say("INFO", "commandstats"));
        return stats.find() ? Long.parseLong(stats.group(1)) : 0;
    }

    private static List<CacheKey> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> key("q" + i)).toList();
    }

    private void fill(SignalCache into, List<CacheKey> keys) {
        for (CacheKey key : keys) {
            Eventually.holds("the entry is in Redis", () -> {
                into.put(key, answer(key.toHex()), NOW_MS);
                return join(into.get(key, NOW_MS, later())).isPresent();
            });
        }
    }

    @Test
    void aThousandKeysAreOneCommand() {
        List<CacheKey> keys = keys(MANY);
        fill(cache, keys.subList(0, 400));
        long before = cache.state().hits();
        server.say("CONFIG", "RESETSTAT");

        Map<CacheKey, CachedSignal> found = join(cache.getAll(keys, NOW_MS, later()));

        assertThat(found).hasSize(400);
        found.forEach((key, entry) -> assertThat(entry).isEqualTo(answer(key.toHex())));
        assertThat(calls("mget")).isEqualTo(1);
        assertThat(calls("getrange")).isZero();
        assertThat(cache.state().hits()).isEqualTo(before + 400);
    }

    @Test
    void moreThanAThousandAreAsManyCommandsAsItTakes() {
        server.say("CONFIG", "RESETSTAT");
        assertThat(join(cache.getAll(keys(2_001), NOW_MS, later()))).isEmpty();
        assertThat(calls("mget")).isEqualTo(2);
    }

    /** A value too long for any reply, one of another type, one that is damaged and one that has expired hide no other. */
    @Test
    void oneBadValueHidesNoOther() {
        List<CacheKey> keys = keys(64);
        fill(cache, keys);
        try (UnifiedJedis byHand = server.byHand()) {
            byHand.set(
                    cache.keys().answer(keys.get(7)),
                    new byte[3_000_000],
                    SetParams.setParams().px(60_000));
            byHand.del(cache.keys().answer(keys.get(9)));
            byHand.rpush(cache.keys().answer(keys.get(9)), new byte[1]);
            byHand.set(cache.keys().answer(keys.get(11)), "not an entry".getBytes(StandardCharsets.UTF_8));
        }
        long unreadable = cache.state().unreadable();

        Map<CacheKey, CachedSignal> found = join(cache.getAll(keys, NOW_MS, later()));

        List<CacheKey> good = new ArrayList<>(keys);
        good.removeAll(List.of(keys.get(7), keys.get(9), keys.get(11)));
        assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(good);
        assertThat(cache.state().unreadable()).isGreaterThanOrEqualTo(unreadable + 2);
        assertThat(cache.state().trouble()).isEmpty();
        assertThat(join(cache.getAll(keys, NOW_MS + 3_600_000, later()))).isEmpty();
    }

    @Test
    void theSignatureOfEachIsChecked() {
        String secret = "0123456789abcdef0123456789abcdef";
        try (RedisSignalCache signed = RedisSignalCache.builder(server.url())
                .timeout(Duration.ofSeconds(1))
                .integritySecret(secret)
                .connect()) {
            List<CacheKey> keys = keys(10);
            fill(signed, keys);
            try (UnifiedJedis byHand = server.byHand()) {
                byte[] moved = byHand.get(signed.keys().answer(keys.get(0)));
                byHand.set(signed.keys().answer(keys.get(1)), moved);
            }
            assertThat(join(signed.getAll(keys, NOW_MS, later())).keySet())
                    .containsExactlyInAnyOrderElementsOf(keys.stream()
                            .filter(key -> !key.equals(keys.get(1)))
                            .toList());
            assertThat(signed.state().forged()).isEqualTo(1);
        }
    }

    @Test
    void aRedisThatHangsIsAMissInTime() {
        try (RedisSignalCache impatient = RedisSignalCache.connect(server.url())) {
            server.pause();
            assertThat(join(impatient.getAll(keys(10), NOW_MS, later()))).isEmpty();
        } finally {
            server.resume();
        }
        assertThat(join(cache.getAll(keys(10), NOW_MS, Deadline.after(Duration.ZERO))))
                .isEmpty();
    }

    /** Engine to engine: what one has answered, another finds by one command for a thousand scenarios. */
    @Test
    void anEngineAsksOnceForAThousandScenarios() {
        Instant now = Instant.ofEpochMilli(NOW_MS);
        List<MarketSnapshot> snapshots = IntStream.range(0, MANY)
                .mapToObj(i -> MarketSnapshot.builder("S" + i, Timeframe.H1)
                        .time(now)
                        .rsi(50)
                        .volatilityPct(2.1)
                        .feature("consecutive_up", i % 100)
                        .feature("consecutive_down", Math.floorDiv(i, 100))
                        .build())
                .toList();
        try (InferenceEngine first = engine()) {
            assertThat(first.inferAll(snapshots, later()).answers())
                    .allMatch(answer -> answer.source() == Source.REMOTE);
        }
        Eventually.holds("all are in Redis", () -> server.say("DBSIZE").equals(String.valueOf(MANY)));
        server.say("CONFIG", "RESETSTAT");

        try (InferenceEngine second = engine()) {
            long start = System.nanoTime();
            assertThat(second.inferAll(snapshots, later()).answers())
                    .allMatch(answer -> answer.source() == Source.CACHE);
            tell("inferAll", start);
        }
        assertThat(calls("mget")).isEqualTo(1);
        assertThat(calls("getrange")).isZero();

        try (InferenceEngine third = engine()) {
            long start = System.nanoTime();
            assertThat(snapshots.stream()
                            .map(snapshot -> third.inferAsync(snapshot, later()))
                            .toList())
                    .allMatch(answer -> answer.join().source() == Source.CACHE);
            tell("one by one", start);
        }
        // one that was not quick enough on its calling thread is asked again by a worker
        assertThat(calls("getrange")).isGreaterThanOrEqualTo(MANY);
    }

    private static void tell(String what, long start) {
        long tookMicros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
        System.out.println(MANY + " answers from Redis, " + what + ": " + tookMicros + " us");
    }

    private InferenceEngine engine() {
        return InferenceEngine.builder()
                .remote(new FakeModel().always(FakeModel.replying(FleetTest.REPLY)))
                .clock(Clock.fixed(Instant.ofEpochMilli(NOW_MS), ZoneOffset.UTC))
                .cache(SignalCache.tiered(SignalCache.inMemory(10_000), cache))
                .build();
    }

    @Test
    void environmentsWithDifferentPrefixesShareNothing() {
        try (RedisSignalCache staging = connect("staging:");
                RedisSignalCache production = connect("production:")) {
            fill(staging, keys(3));
            assertThat(join(production.getAll(keys(3), NOW_MS, later()))).isEmpty();
            assertThat(join(staging.getAll(keys(3), NOW_MS, later()))).hasSize(3);
            assertThat(join(staging.tryAcquire(key("q0"), later()))).isPresent();
            assertThat(join(production.tryAcquire(key("q0"), later())))
                    .hasValueSatisfying(lease -> assertThat(lease.isHeld()).isTrue());

            Instant day = Instant.EPOCH.plusSeconds(1_000_000);
            RedisBudget one = RedisBudget.perDay("1.00", staging);
            RedisBudget two = RedisBudget.perDay("1.00", production);
            assertThat(BudgetFleet.decide(one, 1_000_000_000, day)).isInstanceOf(BudgetDecision.Granted.class);
            assertThat(BudgetFleet.decide(one, 1, day)).isEqualTo(BudgetDecision.Refused.EXHAUSTED);
            assertThat(BudgetFleet.decide(two, 1_000_000_000, day)).isInstanceOf(BudgetDecision.Granted.class);
            Map<Boolean, Integer> keysOfEach = new HashMap<>();
            for (String name :
                    server.say("KEYS", "*").replaceAll("[\\[\\] ]", "").split(",", -1)) {
                assertThat(name).matches("(staging|production):.*");
                keysOfEach.merge(name.startsWith("staging:"), 1, Integer::sum);
            }
            assertThat(keysOfEach).hasSize(2);
        }
    }
}
