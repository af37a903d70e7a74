package io.github.hybridinference.redis;

import io.github.hybridinference.redis.RedisFailure.Kind;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes Redis in the background, so that no inference has to find out whether it is back: 100 ms after a failure, and while
 * the breaker is open at intervals that double up to one second.
 */
final class Reconnecting implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconnecting.class);

    private static final long FIRST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final RedisPort port;
    private final RedisHealth health;
    private final GatewayThreads threads;
    private final long timeoutNanos;
    private final byte[] probeKey;
    private final List<Runnable> whenBack = new CopyOnWriteArrayList<>();
    private long waitNanos = FIRST_WAIT_NANOS;
    private long backAtNanos = System.nanoTime() - STEADY_NANOS;
    private boolean pending;
    private boolean closed;
    private @Nullable ScheduledFuture<?> next;
    private @Nullable ScheduledFuture<?> loggingBack;

    /** Since when Redis is away according to the log; null if the log says that it is there. */
    private @Nullable Instant loggedSince;

    Reconnecting(RedisPort port, RedisHealth health, GatewayThreads threads, long timeoutNanos, byte[] probeKey) {
        this.port = port;
        this.health = health;
        this.threads = threads;
        this.timeoutNanos = timeoutNanos;
        this.probeKey = probeKey;
    }

    /** Runs something each time Redis is back. */
    void whenBack(Runnable task) {
        whenBack.add(task);
    }

    /**
     * Probes for the first time, and waits for the result for no longer than a connection may take.
     *
     * @throws LinkageError if the port's library lacks something: that is a fault of the set-up, which no further probe mends
     */
    void connectFirst() {
        CompletableFuture<@Nullable LinkageError> probed = new CompletableFuture<>();
        boolean started = threads.run(() -> probed.complete(probe(true)));
        if (!started) {
            scheduleProbe();
        }
        try {
            LinkageError unfit = probed.get(Gateway.CONNECT.toMillis(), TimeUnit.MILLISECONDS);
            if (unfit != null) {
                throw unfit;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException goOnWithout) {
            // the probe goes on in the background
        }
        if (health.isOpen()) {
            logAway();
        }
    }

    private synchronized void logAway() {
        cancel(loggingBack);
        if (loggedSince == null) {
            loggedSince = health.since();
            LOG.warn("Redis is away, going on without it: {}", health.why().words());
        }
    }

    /** Logs after Redis has stayed for a while, so that one that keeps failing and returning does not flood the log. */
    private synchronized void logBack() {
        if (loggedSince != null && !closed) {
            loggingBack = threads.after(STEADY_NANOS, () -> {
                synchronized (this) {
                    if (!health.isOpen()) { // it may have failed again meanwhile
                        LOG.info("Redis is there; it was away since {}", loggedSince);
                        loggedSince = null;
                    }
                }
            });
        }
    }

    /** Counts a failure of Redis as a whole. */
    void failed(Kind kind) {
        if (health.failed(kind)) {
            logAway();
            synchronized (this) {
                // the interval stays long if Redis was back only briefly; a probe scheduled before is replaced
                waitNanos = System.nanoTime() - backAtNanos > STEADY_NANOS ? FIRST_WAIT_NANOS : waitNanos;
                cancel(next);
                pending = false;
            }
        }
        scheduleProbe();
    }

    private synchronized void scheduleProbe() {
        if (closed || pending) {
            return;
        }
        pending = true;
        next = threads.after(health.isOpen() ? waitNanos : FIRST_WAIT_NANOS, () -> {
            synchronized (this) {
                pending = false;
            }
            if (!threads.run(() -> probe(false))) {
                scheduleProbe();
            }
        });
    }

    /** Returns what the port's library lacks, if this is the first probe and shows that it lacks something. */
    private @Nullable LinkageError probe(boolean first) {
        boolean open = health.isOpen();
        try {
            if (open) {
                synchronized (this) {
                    waitNanos = Math.min(2 * waitNanos, LONGEST_WAIT_NANOS);
                }
                port.reset();
                answers(Gateway.CONNECT.toNanos());
            }
            answers(timeoutNanos); // over the connection made just now
        } catch (RedisFailure stillAway) {
            failed(stillAway.kind());
            return null;
        } catch (RuntimeException | Error unforeseen) {
            if (first && unforeseen instanceof LinkageError unfit) {
                return unfit;
            }
            // without another probe Redis would be away for good, whatever this is
            LOG.warn("Probing Redis failed with {}", unforeseen.getClass().getName());
            failed(Kind.LOST);
            return null;
        }
        if (open) {
            synchronized (this) {
                backAtNanos = System.nanoTime();
            }
            health.isBack();
            logBack();
        } else {
            health.succeeded();
        }
        whenBack.forEach(Runnable::run);
        return null;
    }

    private void answers(long nanos) {
        IoLimit.begin(nanos, Gateway.CONNECT.toNanos());
        try {
            port.read(probeKey, 1);
        } catch (RedisFailure failure) {
            if (failure.kind().isAway()) {
                throw failure;
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        cancel(next);
        cancel(loggingBack);
    }

    private static void cancel(@Nullable ScheduledFuture<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
