package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.RemoteException;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One request under way. Everything but {@link #answer} belongs to the transport's event loop.
 */
final class Exchange {
    private final Outgoing request;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private @Nullable Connection connection;
    private @Nullable Future<?> connecting;
    private @Nullable Future<?> timer;
    private Runnable whenReleased = () -> {};

    Exchange(Outgoing request) {
        this.request = request;
    }

    Outgoing request() {
        return request;
    }

    CompletableFuture<Answer> answer() {
        return answer;
    }

    boolean isDone() {
        return answer.isDone();
    }

    void begun(Future<?> limit, Runnable atEnd) {
        timer = limit;
        whenReleased = atEnd;
    }

    void waitsFor(Future<?> connect) {
        connecting = connect;
    }

    void runsOver(Connection carrier) {
        connecting = null;
        connection = carrier;
    }

    void fail(RemoteException failure) {
        answer.completeExceptionally(failure);
    }

    /** The connection has nothing more to do with it. */
    void release() {
        connection = null;
        if (timer != null) {
            timer.cancel(false);
        }
        whenReleased.run();
    }

    /** Stops whatever is going on for it; the future is completed already. */
    void abort() {
        Connection carrier = connection;
        if (connecting != null) {
            connecting.cancel(false);
        }
        release();
        if (carrier != null) {
            carrier.close();
        }
    }
}
