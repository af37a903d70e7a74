package io.github.hybridinference;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The cache as the path sees it: only entries that still hold on the engine's clock, and a miss where the cache, which
 * may be the user's own, throws.
 */
final class Memory {
    private final Settings settings;
    private final Meter meter;
    private final RateLimitedLog log;

    Memory(Settings settings, Meter meter, RateLimitedLog log) {
        this.settings = settings;
        this.meter = meter;
        this.log = log;
    }

    @Nullable CachedSignal peek(CacheKey key, long nowMs) {
        try {
            return valid(settings.cache().peek(key, nowMs), nowMs);
        } catch (Exception | StackOverflowError | AssertionError | LinkageError thrown) {
            return failed(thrown);
        }
    }

    CompletionStage<Optional<CachedSignal>> get(CacheKey key, Deadline deadline) {
        try {
            return settings.cache()
                    .get(key, settings.clock().millis(), deadline)
                    .handle((found, thrown) -> {
                        if (thrown != null || found == null) {
                            failed(
                                    thrown == null
                                            ? new NullPointerException("the cache gave null for nothing")
                                            : thrown);
                            return Optional.empty();
                        }
                        return found.filter(this::isValid);
                    });
        } catch (Exception | StackOverflowError | AssertionError | LinkageError thrown) {
            failed(thrown);
            return CompletableFuture.completedStage(Optional.empty());
        }
    }

    void remember(CacheKey key, CachedSignal signal) {
        if (!isValid(signal)) {
            return;
        }
        try {
            settings.cache().put(key, signal, settings.clock().millis());
        } catch (Exception | StackOverflowError | AssertionError | LinkageError thrown) {
            failed(thrown);
        }
    }

    /** Until when an answer given now holds for a bar. */
    long validUntilMs(long nowMs, long nextBarEndMs) {
        return Math.min(nowMs + settings.cacheTtl().toMillis(), nextBarEndMs);
    }

    boolean isDueForRefresh(CachedSignal signal, long nowMs) {
        return nowMs - signal.answeredAtMs() >= settings.refreshAfter().toMillis();
    }

    private static @Nullable CachedSignal valid(@Nullable CachedSignal signal, long nowMs) {
        return signal != null && signal.isValidAt(nowMs) ? signal : null;
    }

    private boolean isValid(CachedSignal signal) {
        return signal.isValidAt(settings.clock().millis());
    }

    private @Nullable CachedSignal failed(Throwable thrown) {
        meter.error();
        log.failure(RateLimitedLog.Kind.CACHE_FAILED, thrown);
        return null;
    }
}
