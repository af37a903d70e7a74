package io.github.hybridinference.redis;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A few workers, one more for what must not wait behind them, and a timer, all daemons. */
final class GatewayThreads implements AutoCloseable {
    /** Enough for questions that come while others wait for a slow server. */
    static final int WORKERS = 3;

    /** All threads that may speak to Redis here. */
    static final int SPEAKERS = WORKERS + 1;

    private static final int WAITING = 1_024;

    private static final AtomicInteger GATEWAYS = new AtomicInteger();

    private final ThreadPoolExecutor workers;
    private final ThreadPoolExecutor ahead;
    private final ScheduledThreadPoolExecutor timer;

    GatewayThreads() {
        this(GatewayThreads::daemons);
    }

    GatewayThreads(Function<String, ThreadFactory> threads) {
        String prefix = "hybrid-redis-" + GATEWAYS.incrementAndGet();
        workers = pool(WORKERS, threads.apply(prefix + "-worker-"));
        ahead = pool(1, threads.apply(prefix + "-budget-"));
        timer = new ScheduledThreadPoolExecutor(1, threads.apply(prefix + "-timer-"));
        timer.setRemoveOnCancelPolicy(true);
        // what is to happen later must not depend on there being memory for a thread then
        timer.prestartCoreThread();
    }

    private static ThreadPoolExecutor pool(int size, ThreadFactory threads) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), threads);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Something that has to be over in time. */
    interface Bounded extends Runnable {
        /** Ends it, if it is not over. */
        void expired();
    }

    /** Runs it on a worker, and ends it after {@code nanos}, or at once if too many wait already. */
    void run(Bounded errand, long nanos) {
        run(workers, errand, nanos);
    }

    /** Likewise, and not behind what waits for the workers. */
    void runAhead(Bounded errand, long nanos) {
        run(ahead, errand, nanos);
    }

    private void run(ThreadPoolExecutor pool, Bounded errand, long nanos) {
        ScheduledFuture<?> alarm = after(nanos, errand::expired);
        try {
            if (alarm == null) {
                throw new RejectedExecutionException();
            }
            pool.execute(() -> {
                errand.run();
                alarm.cancel(false);
            });
        } catch (RejectedExecutionException | OutOfMemoryError fullOrClosed) {
            // the error is what a refused thread comes to
            errand.expired();
        }
    }

    /**
     * Runs it on a worker.
     *
     * @return false if too many wait already, or no thread is to be had
     */
    boolean run(Runnable task) {
        return run(workers, task);
    }

    /** Likewise, and not behind what waits for the workers. */
    boolean runAhead(Runnable task) {
        return run(ahead, task);
    }

    private static boolean run(ThreadPoolExecutor pool, Runnable task) {
        try {
            pool.execute(task);
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError fullOrClosed) {
            return false;
        }
    }

    /** Runs it on the timer; null once closed. */
    @Nullable ScheduledFuture<?> after(long nanos, Runnable task) {
        try {
            return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            return null;
        }
    }

    /** Takes nothing new. What is under way ends in its time. */
    @Override
    public void close() {
        timer.shutdown();
        workers.shutdown();
        ahead.shutdown();
    }

    static ThreadFactory daemons(String prefix) {
        ThreadFactory plain = Executors.defaultThreadFactory();
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = plain.newThread(task);
            thread.setDaemon(true);
            thread.setName(prefix + count.incrementAndGet());
            return thread;
        };
    }
}
