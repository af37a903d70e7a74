package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.answer;
import static io.github.hybridinference.redis.Entries.get;
import static io.github.hybridinference.redis.Entries.join;
import static io.github.hybridinference.redis.Entries.key;
import static io.github.hybridinference.redis.Entries.later;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.CallLease.Lease;
import io.github.hybridinference.model.CacheKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/** What a program can do that may write to Redis and does not know the fleet's secret. */
final class IntegrityTest {
    private static final CacheKey KEY = key("a question");
    private static final String SECRET = "a secret of the fleet's, long enough to be one";
    private static final String NEXT_SECRET = "the secret that replaces it, which is long as well";
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static TestRedis server;
    private static UnifiedJedis byHand;
    private static int prefixes;

    private final String prefix = "test" + ++prefixes + ":";
    private final byte[] name = answerName(prefix, KEY);
    private final byte[] leaseName = RedisKeys.bytes(prefix + "v2:signed:lease:" + KEY.toHex());
    private final List<RedisSignalCache> open = new ArrayList<>();
    private final RedisSignalCache cache = engine(SECRET, null);

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
    void close() {
        open.forEach(RedisSignalCache::close);
    }

    private static byte[] answerName(String prefix, CacheKey key) {
        return RedisKeys.bytes(prefix + "v2:signed:" + key.toHex());
    }

    private RedisSignalCache engine(@Nullable String secret, @Nullable String accepted) {
        return engine(prefix, secret, accepted);
    }

    private RedisSignalCache engine(String prefix, @Nullable String secret, @Nullable String accepted) {
        RedisSignalCacheBuilder builder = RedisSignalCache.builder(server.url())
                .prefix(prefix)
                .lease(LEASE)
                .timeout(Duration.ofSeconds(1));
        if (secret != null) {
            builder.integritySecret(secret);
        }
        if (accepted != null) {
            builder.acceptedIntegritySecret(accepted);
        }
        RedisSignalCache made = builder.connect();
        open.add(made);
        return made;
    }

    private void assertIsNotUsed(byte[] value) {
        byHand.set(name, value);
        long misses = cache.state().misses();
        long unreadable = cache.state().unreadable();
        long forged = cache.state().forged();

        assertThat(get(cache, KEY)).isEmpty();

        assertThat(cache.state().misses()).isEqualTo(misses + 1);
        assertThat(cache.state().unreadable()).isEqualTo(unreadable + 1);
        assertThat(cache.state().forged()).isEqualTo(forged + 1);
    }

    private byte[] stored(CachedSignal entry) {
        Entries.store(cache, KEY, entry);
        return byHand.get(name);
    }

    @Test
    void anAnswerWithAnyByteChangedIsNotUsed() {
        byte[] right = stored(answer("right"));
        for (int i = 0; i < right.length; i++) {
            byte[] changed = right.clone();
            changed[i] ^= (byte) (1 << i % 8);
            assertIsNotUsed(changed);
        }

        byHand.set(name, right);
        assertThat(get(cache, KEY)).contains(answer("right"));
    }

    @Test
    void anAnswerOfAnotherLengthIsNotUsed() {
        byte[] right = stored(answer("right"));
        for (int length = 1; length < right.length; length++) {
            assertIsNotUsed(Arrays.copyOf(right, length));
        }
        assertIsNotUsed(Arrays.copyOf(right, right.length + 1));
        assertIsNotUsed(new byte[100_000]);
    }

    @Test
    void anAnswerToAnotherQuestionIsNotUsed() {
        Entries.store(cache, key("another"), answer("right"));

        assertIsNotUsed(byHand.get(answerName(prefix, key("another"))));
    }

    @Test
    void anAnswerOfAnotherEnvironmentIsNotUsed() {
        Entries.store(engine("staging" + prefix, SECRET, null), KEY, answer("right"));

        assertIsNotUsed(byHand.get(answerName("staging" + prefix, KEY)));
    }

    @Test
    void anAnswerWithoutSignatureIsNotUsed() {
        byte[] plain = SignalCodec.encode(KEY, answer("planted")).orElseThrow();

        assertIsNotUsed(plain);
        byte[] withRoomForOne = new byte[Signatures.LENGTH + plain.length];
        withRoomForOne[0] = 'S';
        withRoomForOne[1] = 1;
        System.arraycopy(plain, 0, withRoomForOne, Signatures.LENGTH, plain.length);
        assertIsNotUsed(withRoomForOne);
    }

    @Test
    void anAnswerSignedWithAnotherSecretIsNotUsed() {
        byte[] plain = SignalCodec.encode(KEY, answer("planted")).orElseThrow();

        assertIsNotUsed(new Signatures(NEXT_SECRET, null).sign(name, plain));
    }

    @Test
    void aLeaseIsNoAnswerAndAnAnswerNoLease() {
        byte[] right = stored(answer("right"));
        assertThat(join(cache.tryAcquire(KEY, later()))).isPresent();

        assertIsNotUsed(byHand.get(leaseName));
        byHand.set(leaseName, right);
        assertThat(isHeldBy(cache)).isTrue();
    }

    @Test
    void anAnswerIsNotUsedBeyondItsValidityHoweverLongItIsKept() {
        CachedSignal entry = answer("right");
        byte[] right = stored(entry);
        byHand.del(name);
        byHand.set(name, right);

        assertThat(byHand.pttl(name)).as("kept for ever").isEqualTo(-1);
        assertThat(join(cache.get(KEY, entry.validUntilMs() - 1, later()))).contains(entry);
        assertThat(join(cache.get(KEY, entry.validUntilMs(), later()))).isEmpty();
        assertThat(cache.state().forged()).as("its signature is valid").isZero();
    }

    @Test
    void aValueOfAnotherTypeIsNotUsed() {
        byHand.lpush(name, new byte[] {1});

        assertThat(get(cache, KEY)).isEmpty();
        assertThat(cache.state().forged()).isEqualTo(1);
    }

    @Test
    void isReportedWithCauseAndCure() {
        assertThat(cache.state().trouble()).isEmpty();

        assertIsNotUsed(RedisKeys.bytes("BUY"));

        assertThat(cache.state().trouble())
                .hasValueSatisfying(text -> assertThat(text).contains("without a valid signature", "to cure it, "));
        Entries.store(cache, KEY, answer("right"));
        assertThat(get(cache, KEY)).as("replaced by the next answer").contains(answer("right"));
    }

    @Test
    void theSecretIsReplacedWithoutAMiss() {
        RedisSignalCache acceptsNext = engine(SECRET, NEXT_SECRET);
        RedisSignalCache signsWithNext = engine(NEXT_SECRET, SECRET);
        RedisSignalCache last = engine(NEXT_SECRET, null);
        Entries.store(cache, key("old"), answer("old"));
        Entries.store(acceptsNext, key("old too"), answer("old too"));
        Entries.store(signsWithNext, key("new"), answer("new"));

        for (RedisSignalCache engine : List.of(acceptsNext, signsWithNext)) {
            assertThat(get(engine, key("old"))).contains(answer("old"));
            assertThat(get(engine, key("old too"))).contains(answer("old too"));
            assertThat(get(engine, key("new"))).contains(answer("new"));
            assertThat(engine.state().forged()).isZero();
        }
        assertThat(get(cache, key("old too"))).contains(answer("old too"));
        assertThat(get(last, key("new"))).contains(answer("new"));
        assertThat(get(last, key("old"))).isEmpty();
        assertThat(last.state().forged()).isEqualTo(1);
    }

    @Test
    void enginesWithAndWithoutASecretIgnoreEachOther() {
        RedisSignalCache without = engine(null, null);
        Entries.store(cache, KEY, answer("signed"));
        assertThat(get(without, KEY)).isEmpty();
        Entries.store(without, KEY, answer("plain"));

        assertThat(get(cache, KEY)).contains(answer("signed"));
        assertThat(join(cache.tryAcquire(KEY, later()))).isPresent();
        assertThat(join(without.tryAcquire(KEY, later()))).isPresent();
        for (RedisSignalCache engine : List.of(cache, without)) {
            assertThat(engine.state().unreadable()).isZero();
            assertThat(engine.state().trouble()).isEmpty();
        }
    }

    @Test
    void theSecretsAreReadFromTheEnvironment() {
        RedisSignalCache reader = RedisSignalCache.fromEnv(Map.of(
                "REDIS_URL",
                server.url(),
                "REDIS_INTEGRITY_SECRET",
                " " + NEXT_SECRET + "\n",
                "REDIS_ACCEPTED_INTEGRITY_SECRET",
                SECRET)::get);
        open.add(reader);
        Entries.store(engine("hybrid:", SECRET, null), KEY, answer("old"));

        Eventually.holds("it is read", () -> get(reader, KEY).equals(Optional.of(answer("old"))));
    }

    private boolean isHeldBy(RedisSignalCache engine) {
        return join(engine.tryAcquire(KEY, later())).filter(Lease::isHeld).isPresent();
    }

    @Test
    void aPlantedLeaseStopsNoEngine() {
        RedisSignalCache other = engine(SECRET, null);
        List<byte[]> planted = List.of(
                RedisKeys.bytes("v2:0b6b1d0e-6f5e-4d55-8f57-5d2f0d6b9a11"),
                RedisKeys.bytes("x".repeat(300)),
                new byte[1],
                new Signatures(NEXT_SECRET, null).sign(leaseName, RedisKeys.bytes("v2:9999999999999:" + uuid())),
                new Signatures(SECRET, null).sign(name, RedisKeys.bytes("v2:9999999999999:" + uuid())));
        for (byte[] value : planted) {
            byHand.set(leaseName, value, SetParams.setParams().ex(86_400));
            long forged = cache.state().forged();

            assertThat(isHeldBy(cache)).as("held in its place").isTrue();

            assertThat(cache.state().forged()).isEqualTo(forged + 1);
            assertThat(byHand.pttl(leaseName)).isLessThanOrEqualTo(LEASE.toMillis());
            assertThat(join(other.tryAcquire(KEY, later())))
                    .as("which others respect")
                    .isEmpty();
            assertThat(other.state().forged()).isZero();
        }
    }

    @Test
    void aListInPlaceOfALeaseStopsNoEngine() {
        byHand.lpush(leaseName, new byte[] {1});

        assertThat(isHeldBy(cache)).isTrue();
        assertThat(isHeldBy(engine(SECRET, null))).isFalse();
    }

    private static String uuid() {
        return "0b6b1d0e-6f5e-4d55-8f57-5d2f0d6b9a11";
    }

    /** The clock is that of the engine, which finds in Redis what was written there hours ago. */
    @Test
    void aLeaseThatWasReadInRedisCannotBeWrittenThereAgainMuchLater() {
        assertThat(isHeldBy(cache)).isTrue();
        byte[] replayed = byHand.get(leaseName);
        Instant end = Instant.now().plus(LEASE);

        assertThat(tokens(end.plusSeconds(240)).isLease(leaseName, replayed)).isTrue();
        assertThat(tokens(end.plusSeconds(301)).isLease(leaseName, replayed)).isFalse();
        assertThat(tokens(end).isLease(RedisKeys.bytes("another"), replayed)).isFalse();
    }

    private static LeaseTokens tokens(Instant now) {
        return new LeaseTokens(
                Optional.of(new Signatures(SECRET, null)), new Forgeries(() -> now), () -> now, LEASE.toMillis());
    }

    @Test
    void aSignedLeaseIsGivenBack() {
        Lease lease = join(cache.tryAcquire(KEY, later())).orElseThrow();
        assertThat(isHeldBy(engine(SECRET, null))).isFalse();

        lease.release();

        Eventually.holds("another holds it", () -> isHeldBy(engine(SECRET, null)));
    }
}
