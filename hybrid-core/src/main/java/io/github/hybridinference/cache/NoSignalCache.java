package io.github.hybridinference.cache;

import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Remembers nothing. */
enum NoSignalCache implements SignalCache {
    INSTANCE;

    @Override
    public @Nullable CachedSignal peek(CacheKey key, long nowMs) {
        return null;
    }

    @Override
    public CompletionStage<Optional<CachedSignal>> get(CacheKey key, long nowMs, Deadline deadline) {
        return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public void put(CacheKey key, CachedSignal signal, long nowMs) {
        // that is the point
    }

    @Override
    public boolean isInProcess() {
        return true;
    }

    @Override
    public CacheState state() {
        return new CacheState("none", 0, 0, 0, Optional.empty());
    }
}
