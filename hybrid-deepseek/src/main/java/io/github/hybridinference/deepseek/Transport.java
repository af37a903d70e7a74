package io.github.hybridinference.deepseek;

import java.util.concurrent.CompletableFuture;

/** Carries requests to one endpoint. Thread-safe. */
interface Transport extends AutoCloseable {
    /** The longest body that is read. */
    int BODY_LIMIT = 256 * 1024;

    /**
     * Carries one request, once.
     *
     * @param request what to send
     * @param limitNanos by when it is over, from connecting to the last byte, in nanoseconds from now
     * @return completes with what came back, or exceptionally with a
     *     {@link io.github.hybridinference.remote.RemoteException} that says whether the request may have been sent, on a
     *     thread that must not be blocked. Cancelling it aborts the exchange; it then completes with such an exception, too
     */
    CompletableFuture<Response> send(Request request, long limitNanos);

    /** Fails what is under way and ends all threads. */
    @Override
    void close();
}
