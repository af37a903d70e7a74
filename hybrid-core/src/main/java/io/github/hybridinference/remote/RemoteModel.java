package io.github.hybridinference.remote;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * A model behind an API.
 *
 * <p>The engine brings everything around it (deadline, retry, breaker, budget, verification), so an implementation makes
 * one attempt and reports honestly what happened. It is called by many threads at once and must be thread-safe. Its
 * threads complete the futures; the engine moves on to a thread of its own.
 *
 * @since 0.1.0
 */
public interface RemoteModel {
    /**
     * Tells which model this is and how it is asked. It belongs to the cache's key.
     *
     * @return the same at every call
     */
    ModelIdentity identity();

    /**
     * Quotes the most that one attempt at this request can cost.
     *
     * @param request what would be sent
     * @return billionths of a US dollar, or empty if the price is unknown
     */
    OptionalLong worstCostNanoUsd(RemoteRequest request);

    /**
     * Sends the request once.
     *
     * @param request what to send, and by when the attempt must be over
     * @return completes with the reply, or exceptionally with a {@link RemoteException}: made by
     *     {@link RemoteException#beforeSending} if nothing of the request was sent and nothing will be, since any other
     *     failure without a status counts as if the attempt had cost all that was reserved for it. Cancelling the future
     *     aborts the exchange: the connection is closed or returned, and nothing more is read. A future whose
     *     {@code cancel} completes it with a {@link RemoteException} of reason CANCELLED can say that nothing had been
     *     sent; one that completes with a {@link java.util.concurrent.CancellationException} counts as sent
     */
    CompletableFuture<RemoteReply> ask(RemoteRequest request);

    /**
     * Makes one attempt, and says when its request has been written. From then on the model has it, and what it takes counts
     * against the model; what comes before (name, connection, TLS) does not.
     *
     * @param request what to send
     * @param written runs once, on any thread, when the request has been written as a whole; it returns at once
     * @return as {@link #ask(RemoteRequest)}; an adapter that cannot tell has written it at once
     */
    default CompletableFuture<RemoteReply> ask(RemoteRequest request, Runnable written) {
        written.run();
        return ask(request);
    }

    /**
     * Makes the first call as quick as the later ones, by loading what it needs and, where that is free of charge, by
     * opening a connection. May block; does nothing by default.
     */
    default void warmUp() {}
}
