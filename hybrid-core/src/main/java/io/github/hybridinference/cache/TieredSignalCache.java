package io.github.hybridinference.cache;

import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A near cache before a far one.
 *
 * <p>A look past the near tier goes to the far one even if the near one holds an entry: the caller has
 * seen that entry, and found it expired or due for renewal.
 */
final class TieredSignalCache implements SignalCache, AutoCloseable {
    private final SignalCache first;
    private final SignalCache second;

    TieredSignalCache(SignalCache first, SignalCache second) {
        this.first = Objects.requireNonNull(first, "first");
        this.second = Objects.requireNonNull(second, "second");
    }

    @Override
    public @Nullable CachedSignal peek(CacheKey key, long nowMs) {
        return first.peek(key, nowMs);
    }

    @Override
    public CompletionStage<Optional<CachedSignal>> get(CacheKey key, long nowMs, Deadline deadline) {
        CompletableFuture<Optional<CachedSignal>> far =
                second.get(key, nowMs, deadline).toCompletableFuture();
        return far.isDone()
                ? CompletableFuture.completedFuture(keep(key, far.join(), nowMs))
                : far.thenApply(found -> keep(key, found, nowMs));
    }

    @Override
    public CompletionStage<Map<CacheKey, CachedSignal>> getAll(
            Collection<CacheKey> keys, long nowMs, Deadline deadline) {
        return second.getAll(keys, nowMs, deadline).thenApply(far -> {
            Map<CacheKey, CachedSignal> found = new HashMap<>();
            for (CacheKey key : keys) {
                keep(key, Optional.ofNullable(far.get(key)), nowMs).ifPresent(entry -> found.put(key, entry));
            }
            return found;
        });
    }

    private Optional<CachedSignal> keep(CacheKey key, Optional<CachedSignal> found, long nowMs) {
        if (found.isPresent() && found.get().isValidAt(nowMs)) {
            first.put(key, found.get(), nowMs);
            return found;
        }
        return Optional.ofNullable(first.peek(key, nowMs));
    }

    @Override
    public void put(CacheKey key, CachedSignal signal, long nowMs) {
        first.put(key, signal, nowMs);
        second.put(key, signal, nowMs);
    }

    @Override
    public void putHere(CacheKey key, CachedSignal signal, long nowMs) {
        first.putHere(key, signal, nowMs);
    }

    @Override
    public boolean isInProcess() {
        return first.isInProcess() && second.isInProcess();
    }

    @Override
    public CacheState state() {
        CacheState near = first.state();
        CacheState far = second.state();
        return new CacheState(
                near.name() + "+" + far.name(),
                near.entries(),
                near.hits() + far.hits(),
                far.misses(),
                near.unreadable() + far.unreadable(),
                near.forged() + far.forged(),
                near.dropped() + far.dropped(),
                near.trouble().or(far::trouble),
                List.of(near, far));
    }

    @Override
    public void close() {
        try {
            close(first);
        } finally {
            close(second);
        }
    }

    private static void close(SignalCache tier) {
        if (tier instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (RuntimeException failed) {
                throw failed;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (Exception failed) {
                throw new IllegalStateException("a tier of the cache did not close", failed);
            }
        }
    }
}
