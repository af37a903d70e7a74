package io.github.hybridinference;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/**
 * Turns market snapshots into trading signals: by in-process rules where they suffice, by a language model where it is
 * worth its price.
 *
 * <p>An engine is thread-safe and meant to live as long as the application. Degradation is data, not an exception: the
 * methods throw only for programming errors (a null argument, a closed engine).
 *
 * <p><b>Threads.</b> Rules, classifier, anonymizer and the look-up in the in-process cache run on the caller's thread; an
 * answer that needs no waiting is complete when the call returns. After a wait, the answer of {@link #infer} is made on the
 * caller's thread, and that of {@link #inferAsync} in a task of the engine's executor, together with the listeners it
 * concerns and the continuations that were attached to the future before. Each caller has a task of his own, so one whose
 * code blocks does not delay the others. One daemon thread keeps time. No continuation runs on a thread of the HTTP
 * transport.
 *
 * @since 0.1.0
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
     * @return completes with the answer, never exceptionally unless the caller does so. A caller who cancels or completes
     *     it gives up; when the last caller who waits for a call gives up, the call to the model is aborted
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
     * Answers many snapshots by one deadline, as when the bars of many symbols close at the same time. Identical ones share a
     * call, a shared cache is asked once for up to 1,000 of them, and calls beyond the engine's limit wait for their turn.
     *
     * <p>By default each is asked by {@link #inferAsync}, with a look into the shared cache of its own: an engine that wraps
     * another should pass the batch on to the other's {@code inferAll}.
     *
     * @param snapshots what is known of each market
     * @param deadline by when the answers are needed
     * @return the answers, in the order in which they come and as a list
     * @throws IllegalStateException if the engine is closed
     */
    default InferenceBatch inferAll(Collection<MarketSnapshot> snapshots, Deadline deadline) {
        return InferenceBatch.of(this, snapshots, deadline);
    }

    /**
     * Asks no model until {@link #resumeRemote()}: a switch for operators who see that its answers cannot be relied on.
     * Complex scenarios are then {@code FALLBACK} / {@code PAUSED}, cached answers are not given, and no new attempt begins;
     * what was sent already is waited for. The health report says so. A second call replaces the reason.
     *
     * @param reason who or what asks for it and why, for log, health report and journal: one line of 1 to 100 characters
     * @throws IllegalArgumentException if the reason is blank, too long, or holds line breaks, control or invisible characters
     * @throws UnsupportedOperationException if this engine has no such switch
     */
    default void pauseRemote(String reason) {
        throw new UnsupportedOperationException("this engine has no switch for its models");
    }

    /**
     * Asks models again. Nothing happens if they are not paused.
     *
     * @throws UnsupportedOperationException if this engine has no such switch
     */
    default void resumeRemote() {
        throw new UnsupportedOperationException("this engine has no switch for its models");
    }

    /**
     * Returns what was counted since the engine was built.
     *
     * @return a moment's view; the sums agree whenever no inference is under way
     */
    EngineStats stats();

    /**
     * Returns how the engine and its parts are.
     *
     * @return a moment's view
     */
    EngineHealth health();

    /**
     * Loads what the first inference would load: goes the path of a complex scenario with parts of its own, which is counted
     * nowhere, and lets each model warm up. May block for a second or two. It sends no request to a model.
     */
    void warmUp();

    /**
     * Ends the engine: pending inferences complete with FALLBACK / CLOSED before it returns, on the engine's executor or, if
     * that is held up for a second, on the closing thread. Exchanges are aborted and threads end. Further inferences throw;
     * closing again does nothing.
     *
     * <p>An engine that is no longer reachable and was not closed ends its threads by itself, some time later, and logs a
     * warning; what it was given stays open.
     */
    @Override
    void close();
}
