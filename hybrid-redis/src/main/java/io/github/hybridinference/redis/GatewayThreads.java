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

/** Workers, one more worker for calls with priority, and a timer. All threads of this module are daemons made here. */
final class GatewayThreads implements AutoCloseable {
    /** Enough for calls that arrive while others wait for a slow server. */
    static final int WORKERS = 3;

    /** Including the one for calls with priority. */
    static final int ALL_WORKERS = WORKERS + 1;

    private static final int LONGEST_QUEUE = 1_024;

    private static final AtomicInteger GATEWAYS = new AtomicInteger();

    private final ThreadPoolExecutor workers;
    private final ThreadPoolExecutor priorityWorker;
    private final ScheduledThreadPoolExecutor timer;

    GatewayThreads() {
        this(GatewayThreads::daemons);
    }

    GatewayThreads(Function<String, ThreadFactory> threads) {
        String prefix = "hybrid-redis-" + GATEWAYS.incrementAndGet();
        workers = pool(WORKERS, threads.apply(prefix + "-worker-"));
        priorityWorker = pool(1, threads.apply(prefix + "-budget-"));
        timer = new ScheduledThreadPoolExecutor(1, threads.apply(prefix + "-timer-"));
        timer.setRemoveOnCancelPolicy(true);
        // started now, as there may be no memory for a thread when the first timeout is due
        timer.prestartCoreThread();
    }

    private static ThreadPoolExecutor pool(int size, ThreadFactory threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(LONGEST_QUEUE), threads);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** A task with a time limit. */
    interface Bounded extends Runnable {
        /** Ends the task if it has not ended; called when the time is over. */
        void expired();
    }

    /** Runs a task on a worker, and ends it after {@code nanos}, or at once if the queue is full. */
    void run(Bounded task, long nanos) {
        run(workers, task, nanos);
    }

    /** Likewise, on the worker for calls with priority. */
    void runWithPriority(Bounded task, long nanos) {
        run(priorityWorker, task, nanos);
    }

    private void run(ThreadPoolExecutor pool, Bounded task, long nanos) {
        ScheduledFuture<?> alarm = after(nanos, task::expired);
        try {
            if (alarm == null) {
                throw new RejectedExecutionException();
            }
            pool.execute(() -> {
                task.run();
                alarm.cancel(false);
            });
        } catch (RejectedExecutionException | OutOfMemoryError fullOrClosed) {
            // the JVM throws the error when it cannot start a thread
            task.expired();
        }
    }

    /**
     * Runs a task on a worker.
     *
     * @return false if the queue is full, or no thread can be started
     */
    boolean run(Runnable task) {
        return run(workers, task);
    }

    /** Likewise, on the worker for calls with priority. */
    boolean runWithPriority(Runnable task) {
        return run(priorityWorker, task);
    }

    private static boolean run(ThreadPoolExecutor pool, Runnable task) {
        try {
            pool.execute(task);
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError fullOrClosed) {
            return false;
        }
    }

    /** Runs a task on the timer; returns null once closed. */
    @Nullable ScheduledFuture<?> after(long nanos, Runnable task) {
        try {
            return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            return null;
        }
    }

    /** Accepts no new tasks; those under way end within their time limits. */
    @Override
    public void close() {
        timer.shutdown();
        workers.shutdown();
        priorityWorker.shutdown();
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
