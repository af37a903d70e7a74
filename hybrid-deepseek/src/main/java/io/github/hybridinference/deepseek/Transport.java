package io.github.hybridinference.deepseek;

import java.util.concurrent.CompletableFuture;

/** Sends requests to one endpoint. Thread-safe. */
interface Transport extends AutoCloseable {
    /** The longest body that is read. */
    int BODY_LIMIT = 256 * 1024;

    /**
     * Sends a request, once.
     *
     * @param request what to send
     * @param limitNanos the time limit for everything from connecting to the last byte of the response
     * @param written runs on a thread of the transport's once the request has been written to the connection
     * @return completes with the response, or exceptionally with a
     *     {@link io.github.hybridinference.remote.RemoteException} that says whether the request may have been sent, on a
     *     thread that must not be blocked. Cancelling it aborts the exchange; it then completes with such an exception, too
     */
    CompletableFuture<Response> send(Request request, long limitNanos, Runnable written);

    /** The same for a request whose writing is of no interest. */
    default CompletableFuture<Response> send(Request request, long limitNanos) {
        return send(request, limitNanos, () -> {});
    }

    /** How long it took to open the last connection. */
    default ConnectTimes lastTimes() {
        return ConnectTimes.NONE;
    }

    /** Fails all exchanges under way and ends all threads. */
    @Override
    void close();
}
