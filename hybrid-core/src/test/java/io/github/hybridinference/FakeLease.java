package io.github.hybridinference;

import io.github.hybridinference.cache.CallLease;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The lease of a fleet that lives in one process. */
final class FakeLease implements CallLease, AutoCloseable {
    final Set<CacheKey> held = ConcurrentHashMap.newKeySet();
    volatile @Nullable Supplier<CompletionStage<Optional<Lease>>> answer;
    volatile boolean closed;

    @Override
    public CompletionStage<Optional<Lease>> tryAcquire(CacheKey key, Deadline deadline) {
        Supplier<CompletionStage<Optional<Lease>>> told = answer;
        if (told != null) {
            return told.get();
        }
        return CompletableFuture.completedStage(grant(key));
    }

    Optional<Lease> grant(CacheKey key) {
        return held.add(key) ? Optional.of(() -> held.remove(key)) : Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
    }
}
