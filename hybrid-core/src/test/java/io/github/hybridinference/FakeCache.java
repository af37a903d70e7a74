package io.github.hybridinference;

import io.github.hybridinference.cache.CacheState;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A shared cache: nothing at hand, and a look that takes as long as a test says. */
final class FakeCache implements SignalCache, AutoCloseable {
    final SignalCache shared = SignalCache.inMemory(100);
    volatile @Nullable CompletableFuture<Optional<CachedSignal>> slow;
    volatile @Nullable Supplier<RuntimeException> fault;
    volatile boolean closed;

    @Override
    public @Nullable CachedSignal peek(CacheKey key, long nowMs) {
        breakIfTold();
        return null;
    }

    @Override
    public CompletionStage<Optional<CachedSignal>> get(CacheKey key, long nowMs, Deadline deadline) {
        breakIfTold();
        CompletableFuture<Optional<CachedSignal>> wait = slow;
        return wait == null ? shared.get(key, nowMs, deadline) : wait;
    }

    @Override
    public void put(CacheKey key, CachedSignal signal, long nowMs) {
        breakIfTold();
        shared.put(key, signal, nowMs);
    }

    @Override
    public CacheState state() {
        breakIfTold();
        return new CacheState("fake", 0, 0, 0, Optional.of("it is a fake"));
    }

    @Override
    public void close() {
        closed = true;
    }

    private void breakIfTold() {
        Supplier<RuntimeException> told = fault;
        if (told != null) {
            throw told.get();
        }
    }
}
