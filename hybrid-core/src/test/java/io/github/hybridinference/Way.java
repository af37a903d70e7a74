package io.github.hybridinference;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The two ways to ask an engine, behind one face, so that one body of a test holds both to the same behaviour. */
enum Way {
    /** {@code infer}, on a thread of its own. */
    SYNC {
        @Override
        Asked ask(InferenceEngine engine, MarketSnapshot snapshot, @Nullable Deadline deadline) {
            CompletableFuture<Inference> answer = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    answer.complete(deadline == null ? engine.infer(snapshot) : engine.infer(snapshot, deadline));
                } catch (Throwable thrown) {
                    answer.completeExceptionally(thrown);
                }
            });
            caller.setDaemon(true);
            caller.start();
            // until it has its answer or waits for it: only the bounded wait of infer puts it into this state
            while (!answer.isDone() && caller.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            return new Asked(answer, caller);
        }
    },
    /** {@code inferAsync}. */
    ASYNC {
        @Override
        Asked ask(InferenceEngine engine, MarketSnapshot snapshot, @Nullable Deadline deadline) {
            CompletableFuture<Inference> answer =
                    deadline == null ? engine.inferAsync(snapshot) : engine.inferAsync(snapshot, deadline);
            return new Asked(answer, null);
        }
    };

    abstract Asked ask(InferenceEngine engine, MarketSnapshot snapshot, @Nullable Deadline deadline);

    /**
     * A request put.
     *
     * @param future completes with the answer
     * @param caller who waits for it, if that is a thread
     */
    record Asked(
            CompletableFuture<Inference> future, @Nullable Thread caller) {
        boolean isOpen() {
            return !future.isDone();
        }

        /** The answer, which is there or under way; fails the test if it is not. */
        Inference answer() {
            try {
                return future.get(20, TimeUnit.SECONDS);
            } catch (ExecutionException | InterruptedException | TimeoutException failed) {
                throw new AssertionError("there is no answer", failed);
            }
        }
    }
}
