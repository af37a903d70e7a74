package io.github.hybridinference.redis;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.TradingSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the tests remember and how they look for it. */
final class Entries {
    static final long NOW_MS = 1_760_000_000_000L;
    private static final Duration FOR_EVER = Duration.ofSeconds(20);

    private Entries() {}

    static CachedSignal answer(String reasoning) {
        TradingSignal signal = new TradingSignal(
                Action.BUY, 0.75, RiskLevel.MEDIUM, OptionalDouble.of(1.9), OptionalDouble.of(3.8), reasoning);
        return new CachedSignal(signal, "a-model", "7", NOW_MS, NOW_MS + 3_600_000);
    }

    static CacheKey key(String text) {
        return CacheKey.of(text);
    }

    static Deadline later() {
        return Deadline.after(FOR_EVER);
    }

    static Optional<CachedSignal> get(SignalCache cache, CacheKey key) {
        return join(cache.get(key, NOW_MS, later()));
    }

    static <T> T join(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(FOR_EVER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new AssertionError("never completes, or exceptionally", failed);
        }
    }

    /** Puts it and waits until it is in Redis. */
    static void store(RedisSignalCache cache, CacheKey key, CachedSignal entry) {
        Eventually.holds("the entry is in Redis", () -> {
            cache.put(key, entry, NOW_MS);
            return get(cache, key).equals(Optional.of(entry));
        });
    }
}
