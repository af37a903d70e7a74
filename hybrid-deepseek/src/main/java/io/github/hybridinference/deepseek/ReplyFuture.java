package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteReply;
import java.util.concurrent.CompletableFuture;

/**
 * The future of a reply. Cancelling it aborts the exchange and completes it with a {@link RemoteException} of reason
 * CANCELLED that says whether the request had been sent, which a {@link java.util.concurrent.CancellationException} could
 * not say. So {@link #isCancelled()} stays false.
 */
final class ReplyFuture extends CompletableFuture<RemoteReply> {
    private final CompletableFuture<Response> exchange;

    /**
     * Makes a future that fails when its exchange fails.
     *
     * @param exchange what cancelling aborts; the caller completes the reply from it
     */
    ReplyFuture(CompletableFuture<Response> exchange) {
        this.exchange = exchange;
    }

    /**
     * Aborts the exchange.
     *
     * @return whether this call ended it; false if it has been answered, has failed or was cancelled before
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return exchange.cancel(mayInterruptIfRunning);
    }
}
