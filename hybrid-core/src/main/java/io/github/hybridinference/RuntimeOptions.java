package io.github.hybridinference;

import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The builder's options for threads, clocks and randomness. */
abstract sealed class RuntimeOptions permits LimitOptions {
    @Nullable Executor executor;

    @Nullable ScheduledExecutorService scheduler;

    @Nullable Clock clock;

    @Nullable LongSupplier nanoClock;

    @Nullable RandomGenerator random;

    abstract InferenceEngineBuilder self();

    /**
     * Sets the executor that completes answers; the default is as many daemon threads as there are processors, at least
     * two.
     *
     * @param workers the executor; not closed with the engine
     * @return this builder
     */
    public InferenceEngineBuilder executor(Executor workers) {
        executor = once(executor, workers, "executor");
        return self();
    }

    /**
     * Sets what keeps time for deadlines and pauses; the default is one daemon thread.
     *
     * @param timer the scheduler; not closed with the engine
     * @return this builder
     */
    public InferenceEngineBuilder scheduler(ScheduledExecutorService timer) {
        scheduler = once(scheduler, timer, "scheduler");
        return self();
    }

    /**
     * Sets the wall clock, for validity of answers and days of the budget; the default is the system's. It may be that
     * of replayed bars.
     *
     * @param wall the clock
     * @return this builder
     */
    public InferenceEngineBuilder clock(Clock wall) {
        clock = once(clock, wall, "clock");
        return self();
    }

    /**
     * Sets the monotonic clock, for deadlines, pauses and the breaker; the default is {@link System#nanoTime()}.
     *
     * @param monotonic nanoseconds, thread-safe
     * @return this builder
     */
    public InferenceEngineBuilder nanoClock(LongSupplier monotonic) {
        nanoClock = once(nanoClock, monotonic, "nanoClock");
        return self();
    }

    /**
     * Sets the source of jitter and of decision ids.
     *
     * @param generator thread-safe
     * @return this builder
     */
    public InferenceEngineBuilder random(RandomGenerator generator) {
        random = once(random, generator, "random");
        return self();
    }

    static <T> T once(@Nullable T before, T now, String name) {
        if (before != null) {
            throw new IllegalStateException(name + " was already set");
        }
        return Objects.requireNonNull(now, name);
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
