package io.github.hybridinference.eval.context;

import io.github.hybridinference.eval.internal.DaemonThreads;
import io.github.hybridinference.eval.internal.SetOnce;
import io.github.hybridinference.model.Feature;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Configures an enricher. Each mistake is refused at the call that makes it. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class ContextEnricherBuilder {
    private static final int WORKERS = 2;

    private final Map<ContextSource, ContextLimits> sources = new LinkedHashMap<>();
    private final Set<Feature> features = new HashSet<>();
    private final SetOnce set = new SetOnce();
    private Clock clock = Clock.systemUTC();
    private LongSupplier nanoClock = System::nanoTime;
    private @Nullable ScheduledExecutorService timer;
    private @Nullable Executor workers;

    ContextEnricherBuilder() {}

    /**
     * Adds a source, with {@link ContextLimits#STANDARD}.
     *
     * @param source where figures come from
     * @return this builder
     * @throws IllegalArgumentException if another source supplies the same figure, or no journal can record it
     */
    public ContextEnricherBuilder source(ContextSource source) {
        return source(source, ContextLimits.STANDARD);
    }

    /**
     * Adds a source.
     *
     * @param source where figures come from
     * @param limits how long its figures are valid, and how long it may take
     * @return this builder
     * @throws IllegalArgumentException if another source supplies the same figure, or no journal can record it
     */
    public ContextEnricherBuilder source(ContextSource source, ContextLimits limits) {
        for (Feature feature : source.features()) {
            if (feature.isCustom() || !feature.family().mayLeave()) {
                throw new IllegalArgumentException(
                        "a source may supply only features of the catalogue that may leave the process");
            }
            if (!features.add(feature)) {
                throw new IllegalArgumentException("another source already supplies " + feature.name());
            }
        }
        sources.put(source, Objects.requireNonNull(limits, "limits"));
        return this;
    }

    /**
     * Sets the wall clock, which separates past bars from the current one; the default is the system's.
     *
     * @param wall the clock
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public ContextEnricherBuilder clock(Clock wall) {
        Objects.requireNonNull(wall, "clock");
        set.mark("clock");
        clock = wall;
        return this;
    }

    /**
     * Sets the monotonic clock, for time limits and the age of figures; the default is {@link System#nanoTime()}.
     *
     * @param monotonic nanoseconds, thread-safe
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public ContextEnricherBuilder nanoClock(LongSupplier monotonic) {
        Objects.requireNonNull(monotonic, "nanoClock");
        set.mark("nanoClock");
        nanoClock = monotonic;
        return this;
    }

    /**
     * Sets the timer of the limits; the default is one daemon thread.
     *
     * @param scheduler not closed with the enricher
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public ContextEnricherBuilder scheduler(ScheduledExecutorService scheduler) {
        Objects.requireNonNull(scheduler, "scheduler");
        set.mark("scheduler");
        timer = scheduler;
        return this;
    }

    /**
     * Sets the executor that completes snapshots that had to wait; the default is two daemon threads.
     *
     * @param executor not closed with the enricher
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public ContextEnricherBuilder executor(Executor executor) {
        Objects.requireNonNull(executor, "executor");
        set.mark("executor");
        workers = executor;
        return this;
    }

    /**
     * Builds the enricher.
     *
     * @return a new enricher; close it
     */
    public ContextEnricher build() {
        List<ExecutorService> own = new ArrayList<>();
        ScheduledExecutorService scheduler = timer;
        if (scheduler == null) {
            ScheduledThreadPoolExecutor one = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("hybrid-context"));
            one.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            own.add(one);
            scheduler = one;
        }
        Executor executor = workers;
        if (executor == null) {
            ThreadPoolExecutor few = new ThreadPoolExecutor(
                    WORKERS,
                    WORKERS,
                    10,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    DaemonThreads.named("hybrid-context"));
            few.allowCoreThreadTimeOut(true);
            own.add(few);
            executor = few;
        }
        EnricherRuntime runtime = new EnricherRuntime(clock, nanoClock, scheduler, executor);
        List<SourceFetcher> fetchers = sources.entrySet().stream()
                .map(entry -> new SourceFetcher(entry.getKey(), entry.getValue(), runtime))
                .toList();
        return new ContextEnricher(fetchers, own);
    }
}
