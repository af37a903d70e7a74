package io.github.hybridinference.redis;

import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * The time limit of the operation that the calling thread runs.
 *
 * <p>A socket's own time-out is per read, and a server that sends one byte at a time never reaches it. So before each read the
 * sockets here set it to the time that is left of the whole operation.
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
     * @param connectNanos how long making a connection may take, if there is none; 0 if none may be made
     */
    static void begin(long nanos, long connectNanos) {
        IoLimit mine = MINE.get();
        mine.atNanos = System.nanoTime() + nanos;
        mine.nanos = nanos;
        mine.connectNanos = connectNanos;
    }

    /** Says that a connection is about to be made, which has a time limit of its own. */
    static void connecting() throws SocketTimeoutException {
        IoLimit mine = MINE.get();
        if (mine.connectNanos == 0) {
            throw new SocketTimeoutException();
        }
        mine.atNanos = System.nanoTime() + mine.connectNanos;
    }

    /** Says that the connection is made, login included; the time of the operation begins now. */
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
