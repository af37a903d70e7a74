package io.github.hybridinference.eval.context;

import io.github.hybridinference.model.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The clocks, the timer and the workers of an enricher. */
record EnricherRuntime(Clock clock, LongSupplier nanoClock, ScheduledExecutorService timer, Executor workers) {
    /** Stands for no deadline: only the limits of the sources bound the wait. */
    static final Deadline NO_DEADLINE = Deadline.after(Duration.ofDays(36_500));

    /** Runs on a worker after a delay, or at once on this thread if the timer has been shut down. */
    void after(long nanos, Runnable task) {
        try {
            var unused = timer.schedule(() -> onWorker(task), Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ended) {
            task.run();
        }
    }

    /**
     * Runs on a worker, or on this thread if they have been shut down, so that every waiting caller gets its result.
     */
    void onWorker(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException ended) {
            task.run();
        }
    }
}
