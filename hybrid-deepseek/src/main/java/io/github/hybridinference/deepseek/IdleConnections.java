package io.github.hybridinference.deepseek;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The open connections that carry no exchange. The one used last is used first; one that was not used for
 * {@value #IDLE_SECONDS} seconds is closed, before a router on the way drops it silently. Belongs to the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the timer is never cancelled; it may find nothing to close
final class IdleConnections {
    static final int IDLE_SECONDS = 30;

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(IDLE_SECONDS);

    private final EventLoop loop;
    private final LongSupplier nanoClock;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean timerSet;

    /**
     * Starts without connections.
     *
     * @param nanoClock the clock by which the loop runs its timers
     */
    IdleConnections(EventLoop loop, LongSupplier nanoClock) {
        this.loop = loop;
        this.nanoClock = nanoClock;
    }

    void add(Connection connection) {
        connection.becomeIdle(nanoClock.getAsLong());
        idle.addFirst(connection);
        if (!timerSet) {
            setTimer(IDLE_NANOS);
        }
    }

    /** Takes the connection that was used last and is still open, or null. */
    @Nullable Connection take() {
        Connection connection = idle.pollFirst();
        while (connection != null && !connection.isUsable()) {
            connection = idle.pollFirst();
        }
        return connection;
    }

    void remove(Connection connection) {
        idle.remove(connection);
    }

    private void setTimer(long delayNanos) {
        timerSet = true;
        loop.schedule(this::closeExpired, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void closeExpired() {
        timerSet = false;
        long now = nanoClock.getAsLong();
        while (!idle.isEmpty() && now - idle.getLast().idleSinceNanos() >= IDLE_NANOS) {
            idle.removeLast().close();
        }
        if (!idle.isEmpty()) {
            setTimer(IDLE_NANOS - (now - idle.getLast().idleSinceNanos()));
        }
    }
}
