package io.github.hybridinference.lab.docs;

import io.github.hybridinference.cache.CacheState;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A user's cache, for the example of a contract. */
final class MyCache implements SignalCache {
    private final SignalCache entries = SignalCache.inMemory(1_000);

    @Override
    public @Nullable CachedSignal peek(CacheKey key, long nowMs) {
        return entries.peek(key, nowMs);
    }

    @Override
    public CompletionStage<Optional<CachedSignal>> get(CacheKey key, long nowMs, Deadline deadline) {
        return entries.get(key, nowMs, deadline);
    }

    @Override
    public void put(CacheKey key, CachedSignal signal, long nowMs) {
        entries.put(key, signal, nowMs);
    }

    @Override
    public CacheState state() {
        return entries.state();
    }
}
