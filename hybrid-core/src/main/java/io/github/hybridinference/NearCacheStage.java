package io.github.hybridinference;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.internal.ServedVersions;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.FatalErrors;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Looks for an answer in this process, on the caller's thread. A cache that throws is a miss, and so is an answer of an older version of its model. */
final class NearCacheStage {
    private final SignalCache cache;
    private final ServedVersions versions;
    private final long refreshAfterMs;
    private final EngineLog log;

    NearCacheStage(SignalCache cache, ServedVersions versions, Duration refreshAfter, EngineLog log) {
        this.cache = cache;
        this.versions = versions;
        this.refreshAfterMs = refreshAfter.toMillis();
        this.log = log;
    }

    @Nullable CachedSignal find(CacheKey key, long nowMs) {
        try {
            CachedSignal found = cache.peek(key, nowMs);
            return found != null && found.isValidAt(nowMs) && versions.accepts(found) ? found : null;
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            log.fault(EngineLog.Kind.CACHE_FAILED, thrown);
            return null;
        }
    }

    /** Whether an answer is to be given and, in the background, asked for anew. */
    boolean isDueForRefresh(CachedSignal found, long nowMs) {
        return nowMs - found.answeredAtMs() >= refreshAfterMs;
    }

    /** Keeps an answer of the rules, which is given without a call, in this process only. */
    void keep(CacheKey key, CachedSignal signal, long nowMs) {
        try {
            cache.putHere(key, signal, nowMs);
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            log.fault(EngineLog.Kind.CACHE_FAILED, thrown);
        }
    }
}
