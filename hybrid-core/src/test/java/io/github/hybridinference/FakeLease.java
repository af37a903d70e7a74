package io.github.hybridinference;

import io.github.hybridinference.cache.FlightLease;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.QuestionKey;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The lease of a fleet that lives in one process. */
final class FakeLease implements FlightLease, AutoCloseable {
    final Set<QuestionKey> held = ConcurrentHashMap.newKeySet();
    volatile @Nullable Supplier<CompletionStage<Optional<Lease>>> answer;
    volatile boolean closed;

    @Override
    public CompletionStage<Optional<Lease>> tryAcquire(QuestionKey key, Deadline deadline) {
        Supplier<CompletionStage<Optional<Lease>>> told = answer;
        if (told != null) {
            return told.get();
        }
        return CompletableFuture.completedStage(grant(key));
    }

    Optional<Lease> grant(QuestionKey key) {
        return held.add(key) ? Optional.of(() -> held.remove(key)) : Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
    }
}
