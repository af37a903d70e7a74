package io.github.hybridinference.cache;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.QuestionKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A near cache before a far one.
 *
 * <p>A look past the near tier goes to the far one even if the near one holds an entry: whoever looks has seen that entry
 * and found it wanting, being over or due for renewal.
 */
final class TieredSignalCache implements SignalCache, AutoCloseable {
    private final SignalCache first;
    private final SignalCache second;

    TieredSignalCache(SignalCache first, SignalCache second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public @Nullable CachedSignal peek(QuestionKey key) {
        return first.peek(key);
    }

    @Override
    public CompletionStage<Optional<CachedSignal>> get(QuestionKey key, Deadline deadline) {
        CompletableFuture<Optional<CachedSignal>> far =
                second.get(key, deadline).toCompletableFuture();
        return far.isDone()
                ? CompletableFuture.completedFuture(keep(key, far.join()))
                : far.thenApply(found -> keep(key, found));
    }

    private Optional<CachedSignal> keep(QuestionKey key, Optional<CachedSignal> found) {
        if (found.isPresent()) {
            first.put(key, found.get());
            return found;
        }
        CachedSignal near = first.peek(key);
        return near == null ? found : Optional.of(near);
    }

    @Override
    public void put(QuestionKey key, CachedSignal signal) {
        first.put(key, signal);
        second.put(key, signal);
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
