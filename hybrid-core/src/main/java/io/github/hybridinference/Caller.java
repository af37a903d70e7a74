package io.github.hybridinference;

import io.github.hybridinference.model.Inference;
import java.util.concurrent.CompletableFuture;

/**
 * How a caller takes his answer. The path is one and the same for both kinds; only who blocks gets by without a future
 * where the answer is there at once, which most answers are.
 *
 * @param <T> what he gets
 */
sealed interface Caller<T> {
    /** Who blocks. */
    Caller<Inference> BLOCKING = new Blocking();

    /** Who does not. */
    Caller<CompletableFuture<Inference>> ASYNCHRONOUS = new Asynchronous();

    /** The answer is there. */
    T gets(Inference answer);

    /** The answer will come, at his deadline at the latest. */
    T waits(Waiter waiter);

    /** Waits on his own thread. */
    final class Blocking implements Caller<Inference> {
        @Override
        public Inference gets(Inference answer) {
            return answer;
        }

        @Override
        public Inference waits(Waiter waiter) {
            return waiter.await();
        }
    }

    /** Takes a future. */
    final class Asynchronous implements Caller<CompletableFuture<Inference>> {
        @Override
        public CompletableFuture<Inference> gets(Inference answer) {
            return CompletableFuture.completedFuture(answer);
        }

        @Override
        public CompletableFuture<Inference> waits(Waiter waiter) {
            return waiter;
        }
    }
}
