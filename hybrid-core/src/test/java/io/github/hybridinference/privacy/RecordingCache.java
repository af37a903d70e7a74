package io.github.hybridinference.privacy;

import io.github.hybridinference.cache.CacheState;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A cache that writes down what is put into it, or throws. */
final class RecordingCache implements SignalCache {
    private final SignalCache inner = SignalCache.inMemory(100);
    private final AtomicInteger puts = new AtomicInteger();
    private final List<String> seen;
    private final RuntimeException thrown;

    RecordingCache(List<String> seen) {
        this(seen, null);
    }

    /** Throws this from every method. */
    RecordingCache(List<String> seen, RuntimeException thrown) {
        this.seen = seen;
        this.thrown = thrown;
    }

    int puts() {
        return puts.get();
    }

    @Override
    public CachedSignal peek(CacheKey key, long nowMs) {
        failIfTold();
        return inner.peek(key, nowMs);
    }

    @Override
    public CompletionStage<Optional<CachedSignal>> get(CacheKey key, long nowMs, Deadline deadline) {
        failIfTold();
        return inner.get(key, nowMs, deadline);
    }

    @Override
    public void put(CacheKey key, CachedSignal signal, long nowMs) {
        failIfTold();
        puts.incrementAndGet();
        seen.add(key + " " + key.toHex() + " " + signal + " " + signal.signal().reasoning() + " "
                + signal.signal().commentary() + " " + signal.signal().evidence());
        inner.put(key, signal, nowMs);
    }

    @Override
    public void putHere(CacheKey key, CachedSignal signal, long nowMs) {
        put(key, signal, nowMs);
    }

    @Override
    public CacheState state() {
        return inner.state();
    }

    private void failIfTold() {
        if (thrown != null) {
            throw thrown;
        }
    }
}
