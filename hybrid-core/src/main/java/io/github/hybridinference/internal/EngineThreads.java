package io.github.hybridinference.internal;

import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's threads: workers, and a timer that only hands tasks to them. All are daemons, start when they are needed
 * and end after {@link #close()}, as soon as no caller's code holds them up; an executor or scheduler that the owner gave
 * is used in their place and left alone. They end too if the engine was lost: not closed, and no longer reachable.
 *
 * @since 0.1.0
 */
public final class EngineThreads implements Executor, AutoCloseable {
    private static final AtomicInteger ENGINES = new AtomicInteger();
    private static final long LAST_TASKS_MS = 1_000;

    private final String workerName;
    private final Workers own;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final boolean ownsTimer;
    private final Runnable onRejection;
    private final AtomicBoolean guarded = new AtomicBoolean();
    private volatile WeakReference<Object> engine = new WeakReference<>(null);
    private volatile Cleaner.@Nullable Cleanable guard;

    /**
     * Starts nothing yet.
     *
     * @param givenExecutor what runs the tasks in place of the engine's own workers, or null
     * @param givenTimer what delays them in place of the engine's own timer, or null
     * @param onRejection told each time the given executor refuses a task although the engine is open
     */
    public EngineThreads(
            @Nullable Executor givenExecutor, @Nullable ScheduledExecutorService givenTimer, Runnable onRejection) {
        String prefix = "hybrid-inference-" + ENGINES.incrementAndGet();
        workerName = prefix + "-worker-";
        ownsTimer = givenTimer == null;
        timer = givenTimer == null ? timer(prefix) : givenTimer;
        own = new Workers(daemons(workerName), timer);
        executor = givenExecutor == null ? own : givenExecutor;
        this.onRejection = onRejection;
    }

    /**
     * Says whose threads these are.
     *
     * @param owner the engine
     */
    public void belongTo(Object owner) {
        engine = new WeakReference<>(owner);
    }

    /**
     * The engine, for a call in flight to hold on to, so that it is not lost while a caller waits. From the first call on
     * there are threads to end.
     *
     * @return the engine, or null if it was lost
     */
    public @Nullable Object engineInUse() {
        Object owner = engine.get();
        if (owner != null && !guarded.get() && guarded.compareAndSet(false, true)) {
            guard = LostEngine.CLEANER.register(owner, new LostEngine(own, ownsTimer ? timer : null));
        }
        return owner;
    }

    /**
     * Runs a task on the executor. One that refuses it, being full, is helped out by a worker of the engine's own; after
     * close the task runs on the calling thread, so that nothing pending is lost.
     */
    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RuntimeException refused) { // of an executor of the owner's it may be any
            if (executor == own || own.isShutdown()) {
                task.run();
            } else {
                onRejection.run();
                executeOnOwn(task);
            }
        }
    }

    private void executeOnOwn(Runnable task) {
        try {
            own.execute(task);
        } catch (RejectedExecutionException closed) {
            task.run();
        }
    }

    /**
     * Runs a task on the executor after a delay.
     *
     * @param nanos the delay in nanoseconds; none if it is negative
     * @param task what to run
     * @return null if the timer takes no more, as after close
     */
    public @Nullable ScheduledFuture<?> after(long nanos, Runnable task) {
        try {
            return timer.schedule(() -> execute(task), Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (RuntimeException refused) {
            return null;
        }
    }

    /**
     * The timer, for what only hands tasks on.
     *
     * @return the owner's, or the engine's own
     */
    public ScheduledExecutorService timer() {
        return timer;
    }

    /** Lets the tasks at hand finish, for a second at most; a worker that calls this does not wait for itself. */
    @Override
    public void close() {
        own.finish();
        if (ownsTimer) {
            timer.shutdownNow();
        }
        Cleaner.Cleanable registered = guard;
        if (registered != null) {
            registered.clean();
        }
        if (!Thread.currentThread().getName().startsWith(workerName)) {
            try {
                boolean unused = own.awaitTermination(LAST_TASKS_MS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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

    /** Ends the threads of an engine that was lost. It must not know the engine, nor any part of its owner's that may. */
    private static final class LostEngine implements Runnable {
        /** One thread for all engines, started with the first that has threads; it pins no class loader. */
        private static final Cleaner CLEANER = Cleaner.create();

        private static final Logger LOG = LoggerFactory.getLogger("io.github.hybridinference.InferenceEngine");

        private final Workers workers;
        private final @Nullable ScheduledExecutorService timer;

        LostEngine(Workers workers, @Nullable ScheduledExecutorService timer) {
            this.workers = workers;
            this.timer = timer;
        }

        @Override
        public void run() {
            if (workers.isShutdown()) {
                return; // it was closed
            }
            LOG.warn("an engine was not closed and is no longer reachable: its threads end now. Close it with"
                    + " try-with-resources, or when the application stops");
            workers.finish();
            if (timer != null) {
                timer.shutdownNow();
            }
        }
    }

    /**
     * As many threads as processors, and up to twice as many at each look while those are held up: if tasks wait and hardly
     * any is finished, they run code of callers that blocks, and the tasks of other callers must not wait for it.
     */
    private static final class Workers extends ThreadPoolExecutor {
        private static final int USUAL = Math.max(2, Runtime.getRuntime().availableProcessors());
        private static final int MOST = Math.max(256, USUAL);
        private static final long LOOK_MS = 20;
        private static final long IDLE_SECONDS = 10;

        /** Of the tasks that wait, the share that must be finished between two looks. */
        private static final int EXPECTED_SHARE = 16;

        private final ScheduledExecutorService timer;
        private final AtomicBoolean watched = new AtomicBoolean();
        private volatile long finishedBefore;
        private volatile int waitingBefore;

        Workers(ThreadFactory threads, ScheduledExecutorService timer) {
            super(USUAL, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
            allowCoreThreadTimeOut(true);
            this.timer = timer;
        }

        @Override
        public void execute(Runnable task) {
            try {
                super.execute(task);
            } catch (OutOfMemoryError noMoreThreads) { // the machine refuses one more
                setCorePoolSize(Math.max(1, getPoolSize()));
                if (getPoolSize() == 0) {
                    task.run();
                    return;
                }
                super.execute(task);
            }
            if (!getQueue().isEmpty() && watched.compareAndSet(false, true)) {
                finishedBefore = getCompletedTaskCount();
                waitingBefore = getQueue().size();
                watch();
            }
        }

        private void watch() {
            try {
                Object unused = timer.schedule(this::look, LOOK_MS, TimeUnit.MILLISECONDS);
            } catch (RuntimeException closed) {
                watched.set(false);
            }
        }

        /** On the timer; never twice at the same time. */
        private void look() {
            int waiting = getQueue().size();
            if (waiting == 0) {
                if (getCorePoolSize() != USUAL) {
                    setCorePoolSize(USUAL);
                }
                watched.set(false);
                if (getQueue().isEmpty() || !watched.compareAndSet(false, true)) { // a task may have come meanwhile
                    return;
                }
            }
            long finished = getCompletedTaskCount();
            if ((finished - finishedBefore) * EXPECTED_SHARE < waitingBefore) {
                grow(Math.min(waiting, Math.max(USUAL, getPoolSize())));
            }
            finishedBefore = finished;
            waitingBefore = waiting;
            watch();
        }

        /** Starts so many threads for tasks that wait, or as many as the machine allows. */
        private void grow(int more) {
            try {
                setCorePoolSize(Math.min(MOST, getPoolSize() + more));
            } catch (OutOfMemoryError noMoreThreads) {
                setCorePoolSize(Math.max(1, getPoolSize()));
            }
        }

        /** Lets the tasks that wait start at once, and takes no more. */
        void finish() {
            grow(getQueue().size());
            shutdown();
        }
    }
}
