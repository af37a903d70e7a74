package io.github.hybridinference;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The engine's threads: workers that complete answers and a timer that only hands over to them, so that nobody's slow
 * continuation delays anybody's deadline. Daemons, and gone after {@link #close()} unless they were given to us.
 */
final class EngineThreads implements Executor, AutoCloseable {
    private static final AtomicInteger ENGINES = new AtomicInteger();
    private static final long LAST_TASKS_MS = 1_000;

    private final String workerName;
    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final @Nullable ExecutorService ownWorkers;
    private final @Nullable ScheduledExecutorService ownTimer;

    EngineThreads(@Nullable Executor givenWorkers, @Nullable ScheduledExecutorService givenTimer) {
        String prefix = "hybrid-inference-" + ENGINES.incrementAndGet();
        workerName = prefix + "-worker-";
        if (givenWorkers == null) {
            ExecutorService own = workers(workerName);
            ownWorkers = own;
            workers = own;
        } else {
            ownWorkers = null;
            workers = givenWorkers;
        }
        if (givenTimer == null) {
            ScheduledExecutorService own = timer(prefix);
            ownTimer = own;
            timer = own;
        } else {
            ownTimer = null;
            timer = givenTimer;
        }
    }

    /** Runs on a worker; after close, on the calling thread, so that nothing pending is lost. */
    @Override
    public void execute(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException closed) {
            task.run();
        }
    }

    /** Runs on a worker after a delay; null after close. */
    @Nullable ScheduledFuture<?> after(long nanos, Runnable task) {
        try {
            return timer.schedule(() -> execute(task), Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            return null;
        }
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    /** Lets the tasks at hand finish, for a second at most; who calls this on a worker does not wait for himself. */
    @Override
    public void close() {
        if (ownTimer != null) {
            ownTimer.shutdownNow();
        }
        if (ownWorkers != null) {
            ownWorkers.shutdown();
            if (!Thread.currentThread().getName().startsWith(workerName)) {
                awaitLastTasks(ownWorkers);
            }
        }
    }

    private static void awaitLastTasks(ExecutorService workers) {
        try {
            boolean unused = workers.awaitTermination(LAST_TASKS_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ExecutorService workers(String name) {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ScheduledExecutorService timer(String prefix) {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, daemons(prefix + "-timer-"));
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }

    private static ThreadFactory daemons(String prefix) {
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
