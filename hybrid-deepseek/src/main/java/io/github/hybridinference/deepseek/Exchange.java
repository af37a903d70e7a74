package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One request under way, and the future of its response.
 *
 * <p>It knows whether any byte of its request may have reached the server. The event loop must win {@link #startWriting}
 * before it hands the first byte to a socket, and {@link #fail} and {@link #cancel}, which any thread may call, keep it from
 * winning. So a failure says {@link RemoteException#beforeSending} only if nothing was sent and nothing will be. The other
 * methods belong to the event loop.
 */
final class Exchange extends CompletableFuture<Response> {
    /** Hears what becomes of its exchanges. */
    interface Owner {
        /** It was cancelled and is complete; called on the thread that cancelled it. */
        void cancelled(Exchange exchange);

        /** Nothing is going on for it any more; called on the event loop. */
        void ended(Exchange exchange);
    }

    private enum Progress {
        NEW,
        WRITING,
        ABANDONED
    }

    private static final AtomicReferenceFieldUpdater<Exchange, Progress> PROGRESS =
            AtomicReferenceFieldUpdater.newUpdater(Exchange.class, Progress.class, "progress");

    private final Request request;
    private final Owner owner;
    private final Runnable whenWritten;
    private volatile Progress progress = Progress.NEW;
    private volatile @Nullable Response head;
    private @Nullable Channel channel;
    private @Nullable Future<?> timer;

    Exchange(Request request, Owner owner, Runnable whenWritten) {
        this.request = request;
        this.owner = owner;
        this.whenWritten = whenWritten;
    }

    Request request() {
        return request;
    }

    /** Sets the timer that ends it; it is cancelled when the exchange ends sooner. */
    void endsWith(Future<?> limit) {
        timer = limit;
    }

    /**
     * Claims the right to write the request to a connection.
     *
     * @return false if the exchange has failed or was cancelled: then nothing may be written
     */
    boolean startWriting(Channel carrier) {
        if (!PROGRESS.compareAndSet(this, Progress.NEW, Progress.WRITING)) {
            return false;
        }
        channel = carrier;
        return true;
    }

    /** The connection has taken the whole request. */
    void written() {
        whenWritten.run();
    }

    /**
     * Fails it, unless it is complete already. The exception says whether the request may have been sent.
     *
     * @return whether this call completed it
     */
    boolean fail(Reason reason) {
        return fail(reason, null);
    }

    /** The same with what is known of the cause, or null. */
    boolean fail(Reason reason, @Nullable FailureCause cause) {
        Response known = head;
        if (known != null && reason != Reason.CANCELLED) {
            return complete(known);
        }
        boolean sent = !PROGRESS.compareAndSet(this, Progress.NEW, Progress.ABANDONED) && progress == Progress.WRITING;
        RemoteException failure = sent ? new RemoteException(reason) : RemoteException.beforeSending(reason);
        return completeExceptionally(cause == null ? failure : failure.because(cause));
    }

    /** Sets what completes it if the rest of a response does not arrive, since its status says enough. */
    void begins(Response statusAndHeaders) {
        head = statusAndHeaders;
    }

    /** Fails it after its request was written. */
    void fail(RemoteException failure) {
        Response known = head;
        if (known == null) {
            completeExceptionally(failure);
        } else {
            complete(known);
        }
    }

    /**
     * Aborts it: it fails with {@link Reason#CANCELLED}, and its connection is closed.
     *
     * @return whether this call completed it
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean mine = !isDone() && fail(Reason.CANCELLED);
        if (mine) {
            owner.cancelled(this);
        }
        return mine;
    }

    /** Lets go of its connection, which goes on without it, and of its timer. */
    void release() {
        channel = null;
        if (timer != null) {
            timer.cancel(false);
        }
        owner.ended(this);
    }

    /** Closes its connection if it has one. It must be complete already. */
    @SuppressWarnings("FutureReturnValueIgnored") // the connection reports that it was closed
    void abort() {
        Channel carrier = channel;
        release();
        if (carrier != null) {
            carrier.close();
        }
    }
}
