package io.github.hybridinference;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.util.concurrent.CompletableFuture;

/**
 * Turns market snapshots into trading signals: by in-process rules where they suffice, by a language model where it is
 * worth its price.
 *
 * <p>An engine is thread-safe and meant to live as long as the application. Degradation is data, not an exception: the
 * methods throw only for programming errors (a null argument, a closed engine).
 *
 * <p><b>Threads.</b> Rules, classifier, anonymizer and the look-up in the in-process cache run on the caller's thread; an
 * answer that needs no waiting completes there. Everything later runs on the engine's executor: verification, completing
 * futures, listeners of those events, and the continuations of {@link #inferAsync} that were attached before it
 * completed. They should not block; whoever must block brings an executor of his own. One daemon thread keeps time. No
 * continuation ever runs on a thread of the HTTP transport.
 */
public interface InferenceEngine extends AutoCloseable {
    /**
     * Starts assembling an engine.
     *
     * @return a builder with its defaults
     */
    static InferenceEngineBuilder builder() {
        return new InferenceEngineBuilder();
    }

    /**
     * Answers a snapshot within the engine's timeout.
     *
     * @param snapshot what is known of the market
     * @return the answer, never null
     * @throws IllegalStateException if the engine is closed
     */
    Inference infer(MarketSnapshot snapshot);

    /**
     * Answers a snapshot by the given deadline. It bounds waiting for the model; rules are not waited for.
     *
     * @param snapshot what is known of the market
     * @param deadline by when the answer is needed
     * @return the answer, never null
     * @throws IllegalStateException if the engine is closed
     */
    Inference infer(MarketSnapshot snapshot, Deadline deadline);

    /**
     * Answers a snapshot within the engine's timeout, without blocking.
     *
     * @param snapshot what is known of the market
     * @return completes with the answer, never exceptionally unless the caller does so. Cancelling it gives up the wait;
     *     when the last one who waits for a question gives up, the call to the model is aborted
     * @throws IllegalStateException if the engine is closed
     */
    CompletableFuture<Inference> inferAsync(MarketSnapshot snapshot);

    /**
     * Answers a snapshot by the given deadline, without blocking.
     *
     * @param snapshot what is known of the market
     * @param deadline by when the answer is needed
     * @return as {@link #inferAsync(MarketSnapshot)}
     * @throws IllegalStateException if the engine is closed
     */
    CompletableFuture<Inference> inferAsync(MarketSnapshot snapshot, Deadline deadline);

    /**
     * Returns what was counted since the engine was built.
     *
     * @return a moment's view; the books balance whenever no inference is under way
     */
    EngineStats stats();

    /**
     * Returns how the engine and its parts are.
     *
     * @return a moment's view
     */
    EngineHealth health();

    /**
     * Loads what the first inference would load: rehearses a hard question with parts of its own, counted nowhere, and lets
     * each model warm up. May block for a second or two; asks no model a question, which would cost money.
     */
    void warmUp();

    /**
     * Ends the engine: pending inferences complete with FALLBACK / CLOSED before it returns, on the closing thread;
     * exchanges are aborted, threads end. It waits for work at hand, a second at most. Further inferences throw; closing
     * again does nothing.
     */
    @Override
    void close();
}
