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
 * Looks in the background whether Redis is there again, so that nobody's request has to find out: soon after a failure, and
 * while the breaker is open ever more seldom, down to once a second.
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

    /** Since when Redis is away as far as the log says. */
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

    /** Makes the first contact and waits for it, for no longer than a connection may take. */
    void connectFirst() {
        CompletableFuture<@Nullable Void> probed = new CompletableFuture<>();
        boolean started = threads.run(() -> {
            probe();
            probed.complete(null);
        });
        if (!started) {
            scheduleProbe();
        }
        try {
            probed.get(Gateway.CONNECT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException goOnWithout) {
            // the background goes on looking
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

    /** Not before it has stayed for a while: the log of one that comes and goes has a line, not a flood. */
    private synchronized void logBack() {
        if (loggedSince != null && !closed) {
            loggingBack = threads.after(STEADY_NANOS, () -> {
                synchronized (this) {
                    if (!health.isOpen()) { // gone again while this was about to run
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
                // not as soon for one that comes and goes, nor by the look that an earlier failure asked for
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
            if (!threads.run(this::probe)) {
                scheduleProbe();
            }
        });
    }

    private void probe() {
        boolean open = health.isOpen();
        try {
            if (open) {
                synchronized (this) {
                    waitNanos = Math.min(2 * waitNanos, LONGEST_WAIT_NANOS);
                }
                port.reset();
                answers(Gateway.CONNECT.toNanos());
            }
            answers(timeoutNanos); // the connection stands by now
        } catch (RedisFailure stillAway) {
            failed(stillAway.kind());
            return;
        } catch (RuntimeException | Error unforeseen) {
            // whatever it is: if nobody looks again, Redis is away for good
            LOG.warn("Looking for Redis failed with {}", unforeseen.getClass().getName());
            failed(Kind.LOST);
            return;
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
