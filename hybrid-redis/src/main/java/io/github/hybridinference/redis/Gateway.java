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
 * The way to Redis: whatever is asked is answered within the time limit, by Redis or by what the asker does without it.
 *
 * <p>Redis answers in less time than a hand-over to another thread and back takes. So as long as it has been quick lately,
 * the asking thread speaks to it itself, over a connection that stands, for {@link #HERE} at most; failing that, or when
 * Redis is not that quick, the question goes to a worker, and the asking thread is never held up.
 */
final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /** How long making a connection may take a thread of ours; who asked is answered without it by then. */
    static final Duration CONNECT = Duration.ofSeconds(1);

    /** How long a thread that asks may be held up. */
    private static final Duration HERE = Duration.ofMillis(2);

    /** How many threads that ask may speak to Redis themselves at a time. */
    private static final int SPEAKING_HERE = 8;

    /** How many of their questions in a row the workers have to see answered quickly. */
    private static final int QUICK_ONES = 3;

    /** One connection for each thread that may use one: those that ask, the workers, the writer. */
    static final int CONNECTIONS = SPEAKING_HERE + GatewayThreads.SPEAKERS + 1;

    private final RedisPort port;
    private final InstantSource clock;
    private final RedisHealth health;
    private final Reconnecting reconnecting;
    private final GatewayThreads threads = new GatewayThreads();
    private final Semaphore speakingHere;
    private final long timeoutNanos;
    private final AtomicInteger overdue = new AtomicInteger();
    private volatile int quickOnes;

    /**
     * Makes a gateway, and waits for the first contact for no longer than a connection may take.
     *
     * @param askersMaySpeak whether the port keeps to {@link IoLimit} at every step
     */
    Gateway(RedisPort port, Duration timeout, boolean askersMaySpeak, InstantSource clock, byte[] probeKey) {
        this.port = port;
        this.timeoutNanos = timeout.toNanos();
        this.clock = clock;
        this.health = new RedisHealth(clock);
        this.speakingHere = new Semaphore(askersMaySpeak ? SPEAKING_HERE : 0);
        this.reconnecting = new Reconnecting(port, health, threads, timeoutNanos, probeKey);
        reconnecting.first();
    }

    /** Whether the last that was heard of Redis was good. */
    boolean isWell() {
        return health.isWell();
    }

    boolean isAway() {
        return health.isOpen();
    }

    /** Whether it reads, and has lately refused to write. */
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

    /** How many threads that ask speak to Redis themselves at the moment. */
    int speakingHere() {
        return SPEAKING_HERE - speakingHere.availablePermits();
    }

    /** Runs something each time Redis is back. */
    void whenBack(Runnable task) {
        reconnecting.whenBack(task);
    }

    /**
     * Asks.
     *
     * @param question put to Redis on this thread or on a worker, perhaps after the asker was answered otherwise
     * @param otherwise the answer if Redis gives none before the time limit and the deadline
     * @return completes with either, never exceptionally
     */
    <T> CompletableFuture<T> ask(Deadline deadline, Function<RedisPort, T> question, T otherwise) {
        return ask(deadline, question, otherwise, threads::run);
    }

    /**
     * Asks, if need be on a worker kept for this: a look-up that is late costs a call, a reservation that is late costs
     * the answer, and a crowd of the former is no reason for the latter.
     */
    <T> CompletableFuture<T> askAhead(Deadline deadline, Function<RedisPort, T> question, T otherwise) {
        return ask(deadline, question, otherwise, threads::runAhead);
    }

    private <T> CompletableFuture<T> ask(
            Deadline deadline, Function<RedisPort, T> question, T otherwise, Handover handover) {
        long left = Math.min(timeoutNanos, deadline.remainingNanos());
        boolean hasAllTheTime = left == timeoutNanos;
        if (health.isOpen() || left <= 0) {
            return CompletableFuture.completedFuture(otherwise);
        }
        if (quickOnes >= QUICK_ONES && speakingHere.tryAcquire()) {
            long start = System.nanoTime();
            try {
                T answer = askHere(question, otherwise, left);
                if (answer != null) {
                    return CompletableFuture.completedFuture(answer);
                }
            } finally {
                speakingHere.release();
            }
            left -= System.nanoTime() - start;
        }
        Errand<T> errand = new Errand<>(question, otherwise, hasAllTheTime);
        handover.run(errand, left);
        return errand;
    }

    private interface Handover {
        void run(GatewayThreads.Bounded errand, long nanos);
    }

    private <T> @Nullable T askHere(Function<RedisPort, T> question, T otherwise, long left) {
        try {
            IoLimit.begin(Math.min(left, HERE.toNanos()), 0);
            T answer = question.apply(port);
            health.succeeded();
            return answer;
        } catch (RedisFailure failure) {
            if (!failure.kind().isAway()) {
                failed(failure.kind());
                return otherwise;
            }
            // a worker asks again, with more time
            quickOnes = 0;
            return null;
        }
    }

    /**
     * Does something on the calling thread, which is one of ours.
     *
     * @throws RedisFailure if that failed; it is counted already
     */
    void doNow(Consumer<RedisPort> deed) {
        IoLimit.begin(timeoutNanos, CONNECT.toNanos());
        try {
            deed.accept(port);
            health.succeeded();
        } catch (RedisFailure failure) {
            failed(failure.kind());
            throw failure;
        }
    }

    /** Does something on the worker kept for what must not wait, or here if it is not to be had. */
    void doAhead(Runnable task) {
        if (!threads.runAhead(task)) {
            task.run();
        }
    }

    /** Redis wrote something, which it may have refused to do before. */
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

    /** A question on its way with a worker. */
    private final class Errand<T> extends CompletableFuture<T> implements GatewayThreads.Bounded {
        private final Function<RedisPort, T> question;
        private final T otherwise;
        private final boolean hadAllTheTime;
        private Progress progress = Progress.WAITING;

        Errand(Function<RedisPort, T> question, T otherwise, boolean hadAllTheTime) {
            this.question = question;
            this.otherwise = otherwise;
            this.hadAllTheTime = hadAllTheTime;
        }

        @Override
        public void run() {
            if (health.isOpen() || !begin()) {
                complete(otherwise);
                return;
            }
            long start = System.nanoTime();
            IoLimit.begin(timeoutNanos, CONNECT.toNanos());
            try {
                T answer = question.apply(port);
                boolean quick = System.nanoTime() - start < HERE.toNanos() / 4;
                quickOnes = quick ? Math.min(QUICK_ONES, quickOnes + 1) : 0;
                if (end()) {
                    health.succeeded();
                }
                complete(answer);
            } catch (RedisFailure failure) {
                quickOnes = 0;
                if (end()) {
                    failed(failure.kind());
                }
                complete(otherwise);
            }
        }

        private synchronized boolean begin() {
            boolean inTime = progress == Progress.WAITING;
            progress = inTime ? Progress.ASKING : progress;
            return inTime;
        }

        /** True if it is for the worker to say how it went, and not said already. */
        private synchronized boolean end() {
            if (progress == Progress.OVERDUE) {
                overdue.decrementAndGet();
            }
            boolean inTime = progress == Progress.ASKING;
            progress = Progress.OVER;
            return inTime;
        }

        @Override
        public void expired() {
            if (isRedisToBlame() && hadAllTheTime) {
                failed(Kind.NO_ANSWER);
            }
            complete(otherwise);
        }

        /** Not if no worker came to it, unless that is because all of them wait for Redis. */
        private synchronized boolean isRedisToBlame() {
            if (progress == Progress.ASKING) {
                progress = Progress.OVERDUE;
                overdue.incrementAndGet();
                return true;
            }
            boolean waited = progress == Progress.WAITING;
            progress = waited ? Progress.OVER : progress;
            return waited && overdue.get() >= GatewayThreads.WORKERS;
        }
    }

    /** How far a question has come. */
    private enum Progress {
        WAITING,
        ASKING,
        OVERDUE,
        OVER
    }
}
