package io.github.hybridinference.cache;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.QuestionKey;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Remembers nothing. */
enum NoSignalCache implements SignalCache {
    INSTANCE;

    @Override
    public @Nullable CachedSignal peek(QuestionKey key) {
        return null;
    }

    @Override
    public CompletionStage<Optional<CachedSignal>> get(QuestionKey key, Deadline deadline) {
        return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public void put(QuestionKey key, CachedSignal signal) {
        // that is the point
    }

    @Override
    public CacheState state() {
        return new CacheState("none", 0, 0, 0, Optional.empty());
    }
}
