package io.github.hybridinference.testing;

import io.github.hybridinference.cache.CacheState;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A shared cache, away from this process, that counts how it is asked. Thread-safe. */
public class CountingCache implements SignalCache {
    private final SignalCache shared;
    private final List<Integer> passes = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();

    /**
     * Creates one.
     *
     * @param shared where the entries are
     */
    public CountingCache(SignalCache shared) {
        this.shared = shared;
    }

    /** How many keys each look-up for many asked for. */
    public List<Integer> passes() {
        return Collections.unmodifiableList(passes);
    }

    /** How often a single key was asked for. */
    public int looks() {
        return looks.get();
    }

    @Override
    public @Nullable CachedSignal peek(CacheKey key, long nowMs) {
        return null;
    }

    @Override
    public CompletionStage<Optional<CachedSignal>> get(CacheKey key, long nowMs, Deadline deadline) {
        looks.incrementAndGet();
        return shared.get(key, nowMs, deadline);
    }

    @Override
    public CompletionStage<Map<CacheKey, CachedSignal>> getAll(
            Collection<CacheKey> keys, long nowMs, Deadline deadline) {
        passes.add(keys.size());
        return shared.getAll(keys, nowMs, deadline);
    }

    @Override
    public void put(CacheKey key, CachedSignal signal, long nowMs) {
        shared.put(key, signal, nowMs);
    }

    @Override
    public CacheState state() {
        return shared.state();
    }
}
