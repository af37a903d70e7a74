package io.github.hybridinference.redis;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks in the background whether Redis is there again: after a tenth of a second, then ever longer up to one second. */
final class Reconnecting implements AutoCloseable {
    private static final long FIRST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final RedisPort port;
    private final Breaker breaker;
    private final GatewayThreads threads;
    private final long timeoutNanos;
    private final byte[] probeKey;
    private final Consumer<Instant> back;
    private long waitNanos = FIRST_WAIT_NANOS;
    private long backAtNanos = System.nanoTime() - STEADY_NANOS;
    private boolean closed;
    private @Nullable ScheduledFuture<?> next;

    Reconnecting(
            RedisPort port,
            Breaker breaker,
            GatewayThreads threads,
            long timeoutNanos,
            byte[] probeKey,
            Consumer<Instant> back) {
        this.port = port;
        this.breaker = breaker;
        this.threads = threads;
        this.timeoutNanos = timeoutNanos;
        this.probeKey = probeKey;
        this.back = back;
    }

    /**
     * Makes the first contact and waits for it, for no longer than a connection may take.
     *
     * @return true if Redis is there
     */
    boolean first() {
        CompletableFuture<@Nullable Void> tried = new CompletableFuture<>();
        threads.run(() -> {
            look();
            tried.complete(null);
        });
        try {
            tried.get(Gateway.CONNECT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException goOnWithout) {
            // the background goes on looking
        }
        return !breaker.isOpen();
    }

    /** Redis has just gone away: look soon, but not as soon for one that comes and goes. */
    synchronized void begin() {
        if (System.nanoTime() - backAtNanos > STEADY_NANOS) {
            waitNanos = FIRST_WAIT_NANOS;
        }
        later();
    }

    private synchronized void later() {
        if (!closed) {
            next = threads.after(waitNanos, () -> {
                if (!threads.run(this::look)) {
                    later();
                }
            });
            waitNanos = Math.min(2 * waitNanos, LONGEST_WAIT_NANOS);
        }
    }

    private void look() {
        try {
            port.reset();
            answers(Gateway.CONNECT.toNanos(), Gateway.CONNECT.toNanos());
            answers(timeoutNanos, 0); // now that the connection stands
            synchronized (this) {
                backAtNanos = System.nanoTime();
            }
            back.accept(breaker.close());
        } catch (RedisFailure stillAway) {
            breaker.failed(stillAway.kind());
            later();
        }
    }

    private void answers(long nanos, long connectNanos) {
        IoLimit.begin(nanos, connectNanos);
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
        if (next != null) {
            next.cancel(false);
        }
    }
}
