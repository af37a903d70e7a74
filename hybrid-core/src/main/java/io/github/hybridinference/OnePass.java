package io.github.hybridinference;

import io.github.hybridinference.model.Inference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the callers of a batch take their answers: asynchronously, and their new calls go on together, so that the shared cache
 * is asked once for up to {@link #MOST} of them. Used by one thread.
 */
final class OnePass implements PendingInference.Mode<CompletableFuture<Inference>> {
    /** Bounds how long the first call waits for the last, and the size of the shared cache's reply. */
    static final int MOST = 1_000;

    private final FarCacheStage farCache;
    private final List<InFlightCall> calls = new ArrayList<>();
    private @Nullable Consumer<InFlightCall> goOn;

    OnePass(FarCacheStage farCache) {
        this.farCache = farCache;
    }

    @Override
    public CompletableFuture<Inference> now(Inference answer) {
        return CompletableFuture.completedFuture(answer);
    }

    @Override
    public CompletableFuture<Inference> later(PendingInference pending) {
        return pending;
    }

    @Override
    public void begin(InFlightCall call, Consumer<InFlightCall> next) {
        goOn = next;
        calls.add(call);
        if (calls.size() == MOST) {
            goOn();
        }
    }

    /** Lets the calls begun so far go on. */
    void goOn() {
        Consumer<InFlightCall> next = goOn;
        if (next == null || calls.isEmpty()) {
            return;
        }
        List<InFlightCall> together = List.copyOf(calls);
        calls.clear();
        farCache.lookAtOnce(together);
        together.forEach(next);
    }
}
