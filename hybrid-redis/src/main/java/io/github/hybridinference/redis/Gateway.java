package io.github.hybridinference.redis;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.redis.RedisFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls Redis within the time limit: each call ends by then, with the reply of Redis or with the caller's fallback.
 *
 * <p>Redis answers in less time than it takes to hand a call to another thread and back. So as long as Redis has been quick
 * lately, a call runs on the calling thread, over an existing connection, for at most {@link #ON_CALLING_THREAD}. If that does
 * not suffice, or Redis is not that quick, a worker makes the call, and the calling thread does not wait.
 */
final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /** How long making a connection may take; the caller has its fallback long before. */
    static final Duration CONNECT = Duration.ofSeconds(1);

    /** How long a call may take on the calling thread. */
    private static final Duration ON_CALLING_THREAD = Duration.ofMillis(2);

    /** How many calling threads may call Redis at a time. */
    private static final int CALLING_THREADS = 8;

    /** How many quick calls in a row the workers must have seen before calls run on the calling thread. */
    private static final int QUICK_CALLS = 3;

    /** One connection for each thread that may use one: calling threads, workers, the writer. */
    static final int CONNECTIONS = CALLING_THREADS + GatewayThreads.ALL_WORKERS + 1;

    private final RedisPort port;
    private final InstantSource clock;
    private final RedisHealth health;
    private final Reconnecting reconnecting;
    private final GatewayThreads threads = new GatewayThreads();
    private final Semaphore callingThreads;
    private final long timeoutNanos;
    private final AtomicInteger overdue = new AtomicInteger();
    private volatile int quickCalls;

    /**
     * Makes a gateway, and waits for the first contact for no longer than a connection may take.
     *
     * @param mayUseCallingThreads whether the port keeps to {@link IoLimit} at every step
     * @throws LinkageError if the port's library lacks something
     */
    Gateway(RedisPort port, Duration timeout, boolean mayUseCallingThreads, InstantSource clock, byte[] probeKey) {
        this.port = port;
        this.timeoutNanos = timeout.toNanos();
        this.clock = clock;
        this.health = new RedisHealth(clock);
        this.callingThreads = new Semaphore(mayUseCallingThreads ? CALLING_THREADS : 0);
        this.reconnecting = new Reconnecting(port, health, threads, timeoutNanos, probeKey);
        try {
            reconnecting.connectFirst();
        } catch (LinkageError unfit) {
            close();
            throw unfit;
        }
    }

    /** Whether the last call of Redis succeeded. */
    boolean isHealthy() {
        return health.isHealthy();
    }

    boolean isAway() {
        return health.isOpen();
    }

    /** Whether Redis executes reads and has lately refused writes. */
    boolean refusesToWrite() {
        return health.refusesToWrite();
    }

    Optional<String> trouble() {
        return health.trouble();
    }

    /** Why Redis as a whole last failed. */
    Kind why() {
        return health.why();
    }

    /** The time on the clock by which outages are dated. */
    Instant now() {
        return clock.instant();
    }

    /** The clock by which outages are dated. */
    InstantSource clock() {
        return clock;
    }

    /** How many calling threads call Redis at the moment. */
    int callingThreads() {
        return CALLING_THREADS - callingThreads.availablePermits();
    }

    /** Runs something each time Redis is back. */
    void whenBack(Runnable task) {
        reconnecting.whenBack(task);
    }

    /**
     * Calls Redis.
     *
     * @param command run on this thread or on a worker, perhaps after the result was completed with the fallback
     * @param fallback the result if Redis does not answer before the time limit and the deadline
     * @return completes with either, never exceptionally
     */
    <T> CompletableFuture<T> call(Deadline deadline, Function<RedisPort, T> command, T fallback) {
        return call(deadline, command, fallback, threads::run);
    }

    /**
     * Calls Redis for much data at once, always on a worker: such a call is not expected to be quick, and its time says nothing
     * of that of others.
     */
    <T> CompletableFuture<T> callInBulk(Deadline deadline, Function<RedisPort, T> command, T fallback) {
        long left = Math.min(timeoutNanos, deadline.remainingNanos());
        if (health.isOpen() || left <= 0) {
            return CompletableFuture.completedFuture(fallback);
        }
        PendingCall<T> call = new PendingCall<>(command, fallback, left == timeoutNanos, true);
        threads.run(call, left);
        return call;
    }

    /**
     * Calls Redis, if need be on the worker reserved for such calls: a look-up that is late costs a request, a reservation
     * that is late costs the inference its answer, so the latter must not queue behind many of the former.
     */
    <T> CompletableFuture<T> callWithPriority(Deadline deadline, Function<RedisPort, T> command, T fallback) {
        return call(deadline, command, fallback, threads::runWithPriority);
    }

    private <T> CompletableFuture<T> call(
            Deadline deadline, Function<RedisPort, T> command, T fallback, Handover handover) {
        long left = Math.min(timeoutNanos, deadline.remainingNanos());
        boolean hasAllTheTime = left == timeoutNanos;
        if (health.isOpen() || left <= 0) {
            return CompletableFuture.completedFuture(fallback);
        }
        if (quickCalls >= QUICK_CALLS && callingThreads.tryAcquire()) {
            long start = System.nanoTime();
            try {
                T result = callOnThisThread(command, fallback, left);
                if (result != null) {
                    return CompletableFuture.completedFuture(result);
                }
            } finally {
                callingThreads.release();
            }
            left -= System.nanoTime() - start;
        }
        PendingCall<T> call = new PendingCall<>(command, fallback, hasAllTheTime, false);
        handover.run(call, left);
        return call;
    }

    private interface Handover {
        void run(GatewayThreads.Bounded call, long nanos);
    }

    /** Returns null if a worker is to call again, with more time. */
    private <T> @Nullable T callOnThisThread(Function<RedisPort, T> command, T fallback, long left) {
        try {
            IoLimit.begin(Math.min(left, ON_CALLING_THREAD.toNanos()), 0);
            T result = command.apply(port);
            health.succeeded();
            return result;
        } catch (RedisFailure failure) {
            if (!failure.kind().isAway()) {
                failed(failure.kind());
                return fallback;
            }
            quickCalls = 0;
            return null;
        }
    }

    /**
     * Runs a command on the calling thread, which must be one of this package's.
     *
     * @throws RedisFailure if it failed, which is counted already
     */
    void runNow(Consumer<RedisPort> command) {
        IoLimit.begin(timeoutNanos, CONNECT.toNanos());
        try {
            command.accept(port);
            health.succeeded();
        } catch (RedisFailure failure) {
            failed(failure.kind());
            throw failure;
        }
    }

    /** Runs a task on the worker for calls with priority, or on this thread if that worker's queue is full. */
    void runWithPriority(Runnable task) {
        if (!threads.runWithPriority(task)) {
            task.run();
        }
    }

    /** Redis executed a write, which it may have refused before. */
    void accepted() {
        health.accepted();
    }

    private void failed(Kind kind) {
        if (kind.isAway()) {
            reconnecting.failed(kind);
            return;
        }
        health.succeeded();
        if (health.refused(kind)) {
            LOG.warn("Redis refuses to write: {}", kind.words());
        }
    }

    @Override
    public void close() {
        reconnecting.close();
        threads.close();
        port.close();
    }

    /** A call that a worker makes. */
    private final class PendingCall<T> extends CompletableFuture<T> implements GatewayThreads.Bounded {
        private final Function<RedisPort, T> command;
        private final T fallback;
        private final boolean hadAllTheTime;
        private final boolean bulk;
        private Progress progress = Progress.QUEUED;

        PendingCall(Function<RedisPort, T> command, T fallback, boolean hadAllTheTime, boolean bulk) {
            this.command = command;
            this.fallback = fallback;
            this.hadAllTheTime = hadAllTheTime;
            this.bulk = bulk;
        }

        @Override
        public void run() {
            if (health.isOpen() || !begin()) {
                complete(fallback);
                return;
            }
            long start = System.nanoTime();
            IoLimit.begin(timeoutNanos, CONNECT.toNanos());
            try {
                T result = command.apply(port);
                if (!bulk) {
                    boolean quick = System.nanoTime() - start < ON_CALLING_THREAD.toNanos() / 4;
                    quickCalls = quick ? Math.min(QUICK_CALLS, quickCalls + 1) : 0;
                }
                if (end()) {
                    health.succeeded();
                }
                complete(result);
            } catch (RedisFailure failure) {
                quickCalls = 0;
                if (end()) {
                    failed(failure.kind());
                }
                complete(fallback);
            }
        }

        private synchronized boolean begin() {
            boolean inTime = progress == Progress.QUEUED;
            progress = inTime ? Progress.RUNNING : progress;
            return inTime;
        }

        /** Returns true if the worker is to count the outcome, false if the timer has done so. */
        private synchronized boolean end() {
            if (progress == Progress.OVERDUE) {
                overdue.decrementAndGet();
            }
            boolean inTime = progress == Progress.RUNNING;
            progress = Progress.DONE;
            return inTime;
        }

        @Override
        public void expired() {
            if (isRedisTheCause() && hadAllTheTime) {
                failed(Kind.NO_ANSWER);
            }
            complete(fallback);
        }

        /** A call still in the queue is late because of Redis only if all workers wait for Redis. */
        private synchronized boolean isRedisTheCause() {
            if (progress == Progress.RUNNING) {
                progress = Progress.OVERDUE;
                overdue.incrementAndGet();
                return true;
            }
            boolean queued = progress == Progress.QUEUED;
            progress = queued ? Progress.DONE : progress;
            return queued && overdue.get() >= GatewayThreads.WORKERS;
        }
    }

    private enum Progress {
        QUEUED,
        RUNNING,
        OVERDUE,
        DONE
    }
}
