package io.github.hybridinference.cache;

import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The lease of a process on its own. */
enum NoLease implements CallLease {
    INSTANCE;

    private static final CompletionStage<Optional<Lease>> GRANTED =
            CompletableFuture.completedStage(Optional.of(() -> {}));

    @Override
    public CompletionStage<Optional<Lease>> tryAcquire(CacheKey key, Deadline deadline) {
        return GRANTED;
    }
}
