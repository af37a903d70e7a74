package io.github.hybridinference.redis;

import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * Until when the calling thread may wait for Redis.
 *
 * <p>A socket's own time-out is per read, and a server that drips a byte at a time never meets it. So the sockets here
 * ask for the time that is left of the whole operation before each read.
 */
final class IoLimit {
    private static final ThreadLocal<IoLimit> MINE = ThreadLocal.withInitial(IoLimit::new);

    private long atNanos = System.nanoTime();
    private long nanos;
    private long connectNanos;

    private IoLimit() {}

    /**
     * Begins an operation of the calling thread.
     *
     * @param nanos how long it may take
     * @param connectNanos how long it may take to make a connection before, if there is none; 0 if it must not make one
     */
    static void begin(long nanos, long connectNanos) {
        IoLimit mine = MINE.get();
        mine.atNanos = System.nanoTime() + nanos;
        mine.nanos = nanos;
        mine.connectNanos = connectNanos;
    }

    /** A connection has to be made now. */
    static void connecting() throws SocketTimeoutException {
        IoLimit mine = MINE.get();
        if (mine.connectNanos == 0) {
            throw new SocketTimeoutException();
        }
        mine.atNanos = System.nanoTime() + mine.connectNanos;
    }

    /** The connection stands, login included. */
    static void connected() {
        IoLimit mine = MINE.get();
        mine.atNanos = System.nanoTime() + mine.nanos;
    }

    /** Whether the calling thread may make a connection and has time left. */
    static boolean mayTryAgain() {
        IoLimit mine = MINE.get();
        return mine.connectNanos > 0 && mine.atNanos - System.nanoTime() > 0;
    }

    /** The time left in milliseconds, rounded up, at least 1. */
    static int remainingMs() throws SocketTimeoutException {
        long left = MINE.get().atNanos - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) TimeUnit.NANOSECONDS.toMillis(left + 999_999);
    }
}
