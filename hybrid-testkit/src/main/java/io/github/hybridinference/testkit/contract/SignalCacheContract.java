package io.github.hybridinference.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Evidence;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.TradingSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * What holds for every {@link SignalCache}. Extend it and say how to make one; JUnit runs the tests that it inherits.
 *
 * @since 0.1.0
 */
public abstract class SignalCacheContract {
    private static final long NOW_MS = 1_760_000_000_000L;
    private static final int PATIENCE_MS = 5_000;

    /** For those who extend it. */
    protected SignalCacheContract() {}

    /**
     * Makes the cache under test.
     *
     * @return an empty one with room for a thousand entries; the suite does not close it
     */
    protected abstract SignalCache cache();

    /**
     * Makes an entry, with evidence and commentary.
     *
     * @param reasoning its reasoning
     * @param answeredAtMs when it was given
     * @return a valid entry
     */
    protected static CachedSignal entry(String reasoning, long answeredAtMs) {
        TradingSignal signal = new TradingSignal(
                Action.SELL,
                0.625,
                RiskLevel.HIGH,
                OptionalDouble.of(1.5),
                OptionalDouble.empty(),
                reasoning,
                List.of(new Evidence("rsi_14", 71), new Evidence("macd_hist_pct", -0.04)),
                "Überkauft, 超买.");
        return new CachedSignal(signal, "a-model", "prompt-7", answeredAtMs, answeredAtMs + 3_600_000);
    }

    /**
     * Looks until an entry is there, as some caches write behind.
     *
     * @param cache where
     * @param key of what
     * @return what is there at last, or empty after five seconds
     */
    protected static Optional<CachedSignal> await(SignalCache cache, CacheKey key) {
        Optional<CachedSignal> found = look(cache, key);
        for (int tries = 0; found.isEmpty() && tries < PATIENCE_MS; tries++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            found = look(cache, key);
        }
        return found;
    }

    private static Optional<CachedSignal> look(SignalCache cache, CacheKey key) {
        CachedSignal near = cache.peek(key, NOW_MS);
        return near != null
                ? Optional.of(near)
                : cache.get(key, NOW_MS, Deadline.after(Duration.ofSeconds(1)))
                        .toCompletableFuture()
                        .join();
    }

    @Test
    void findsWhatWasRemembered() {
        SignalCache cache = cache();
        CacheKey key = CacheKey.of("findsWhatWasRemembered");
        CachedSignal entry = entry("RSI 27 — überverkauft, 超卖", NOW_MS);

        cache.put(key, entry, NOW_MS);

        assertThat(await(cache, key)).contains(entry);
    }

    @Test
    void findsNothingWhereNothingWas() {
        SignalCache cache = cache();
        CacheKey key = CacheKey.of("findsNothingWhereNothingWas");

        assertThat(cache.peek(key, NOW_MS)).isNull();
        assertThat(look(cache, key)).isEmpty();
        assertThat(cache.state().misses()).isEqualTo(1);
        assertThat(cache.state().hits()).isZero();
    }

    @Test
    void keepsRequestsApartThatShareHalfTheirKey() {
        SignalCache cache = cache();
        List<CacheKey> keys = List.of(new CacheKey(1, 2), new CacheKey(1, 3), new CacheKey(2, 2));

        keys.forEach(key -> cache.put(key, entry(key.toHex(), NOW_MS), NOW_MS));

        keys.forEach(key -> assertThat(await(cache, key)).contains(entry(key.toHex(), NOW_MS)));
    }

    @Test
    void holdsTheNewerAnswerInTheEnd() {
        SignalCache cache = cache();
        CacheKey key = CacheKey.of("holdsTheNewerAnswerInTheEnd");

        cache.put(key, entry("older", NOW_MS), NOW_MS);
        cache.put(key, entry("newer", NOW_MS + 1), NOW_MS);
        CacheKey written = CacheKey.of("written after these");
        cache.put(written, entry("", NOW_MS), NOW_MS);
        await(cache, written);

        assertThat(await(cache, key)).contains(entry("newer", NOW_MS + 1));
    }

    @Test
    void countsAHit() {
        SignalCache cache = cache();
        CacheKey key = CacheKey.of("countsAHit");
        cache.put(key, entry("", NOW_MS), NOW_MS);
        await(cache, key);
        long before = cache.state().hits();

        assertThat(look(cache, key)).isPresent();

        assertThat(cache.state().hits()).isEqualTo(before + 1);
        assertThat(cache.state().name()).isNotBlank();
        assertThat(cache.state().trouble()).isEmpty();
    }

    @Test
    void returnsNoEntryThatHasExpired() {
        SignalCache cache = cache();
        CacheKey key = CacheKey.of("returnsNoEntryThatHasExpired");
        CachedSignal entry = entry("", NOW_MS);
        cache.put(key, entry, NOW_MS);
        await(cache, key);
        long hits = cache.state().hits();

        assertThat(cache.peek(key, entry.validUntilMs())).isNull();
        assertThat(cache.get(key, entry.validUntilMs(), Deadline.after(Duration.ofSeconds(1)))
                        .toCompletableFuture()
                        .join())
                .isEmpty();
        assertThat(cache.state().hits()).isEqualTo(hits);
    }

    @Test
    void keepsNoEntryFromTheFuture() {
        SignalCache cache = cache();
        CacheKey key = CacheKey.of("keepsNoEntryFromTheFuture");
        CacheKey written = CacheKey.of("written after the entry from the future");

        cache.put(key, entry("from a clock an hour ahead", NOW_MS + 3_600_000), NOW_MS);
        cache.put(written, entry("", NOW_MS), NOW_MS);
        await(cache, written);

        assertThat(look(cache, key)).isEmpty();
    }

    @Test
    void replacesAnEntryThatIsNotValidYet() {
        SignalCache cache = cache();
        CacheKey key = CacheKey.of("replacesAnEntryThatIsNotValidYet");
        long wrongNowMs = NOW_MS + 3_600_000;
        cache.put(key, entry("from a clock an hour ahead", wrongNowMs), wrongNowMs);

        cache.put(key, entry("from a right clock", NOW_MS), NOW_MS);

        assertThat(await(cache, key)).contains(entry("from a right clock", NOW_MS));
    }

    @Test
    void findsManyAtOnce() {
        SignalCache cache = cache();
        List<CacheKey> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            keys.add(new CacheKey(11, i));
        }
        for (CacheKey key : keys.subList(20, 80)) {
            cache.put(key, entry(key.toHex(), NOW_MS), NOW_MS);
        }
        keys.subList(20, 80).forEach(key -> await(cache, key));
        keys.add(keys.get(50)); // a second time

        Map<CacheKey, CachedSignal> found = lookAll(cache, keys, NOW_MS);

        assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(keys.subList(20, 80));
        found.forEach((key, entry) -> assertThat(entry).isEqualTo(entry(key.toHex(), NOW_MS)));
        assertThat(lookAll(cache, keys, entry("", NOW_MS).validUntilMs())).isEmpty();
        assertThat(lookAll(cache, List.of(), NOW_MS)).isEmpty();
    }

    private static Map<CacheKey, CachedSignal> lookAll(SignalCache cache, List<CacheKey> keys, long nowMs) {
        return cache.getAll(keys, nowMs, Deadline.after(Duration.ofSeconds(5)))
                .toCompletableFuture()
                .join();
    }

    @Test
    void completesThoughTheDeadlineHasPassed() {
        Deadline passed = Deadline.after(Duration.ofSeconds(-1));

        CompletableFuture<Optional<CachedSignal>> found =
                cache().get(CacheKey.of("nothing"), NOW_MS, passed).toCompletableFuture();

        assertThat(found).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(Optional.empty());
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        SignalCache cache = cache();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                CacheKey key = new CacheKey(7, i % 16);
                done.add(threads.submit(() -> {
                    cache.put(key, entry(key.toHex(), NOW_MS), NOW_MS);
                    assertThat(await(cache, key)).contains(entry(key.toHex(), NOW_MS));
                }));
            }
            for (Future<?> one : done) {
                one.get(10, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
