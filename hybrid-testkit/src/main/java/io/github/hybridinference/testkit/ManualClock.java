package io.github.hybridinference.testkit;

import io.github.hybridinference.InferenceEngineBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Time that stands still until {@link #advance} is called: a wall clock, a nano clock and a scheduler that agree.
 *
 * <pre>{@code
 * ManualClock clock = new ManualClock();
 * InferenceEngine engine = clock.drive(InferenceEngine.builder()).remote(FakeModel.failing(Fault.HANG)).build();
 * CompletableFuture<Inference> answer = engine.inferAsync(snapshot);
 * clock.advance(Duration.ofSeconds(3)); // completes it with FALLBACK / TIMEOUT
 * }</pre>
 *
 * <p>Scheduled tasks run on the advancing thread, in the order in which they are due, each at the moment it is due. Use
 * {@code inferAsync}: a blocking {@code infer} would hold the thread that has to advance the time. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ManualClock extends Clock {
    /** What it shows at first, unless another time is given. */
    public static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    private final Time time;
    private final ZoneId zone;

    /** Makes a clock that shows {@link #START}, in UTC. */
    public ManualClock() {
        this(START);
    }

    /**
     * Makes a clock in UTC.
     *
     * @param start what it shows at first
     */
    public ManualClock(Instant start) {
        this(new Time(Objects.requireNonNull(start, "start")), ZoneOffset.UTC);
    }

    private ManualClock(Time time, ZoneId zone) {
        this.time = time;
        this.zone = zone;
    }

    /**
     * Lets time pass, and runs what becomes due.
     *
     * @param passing not negative
     * @throws IllegalArgumentException if it is negative
     */
    public void advance(Duration passing) {
        if (passing.isNegative()) {
            throw new IllegalArgumentException("time does not run backwards; set(..) moves the wall clock alone");
        }
        time.advance(passing.toNanos());
    }

    /**
     * Sets the wall clock, forward or back, as a correction of the system's time does: the nano clock and the scheduler do
     * not notice.
     *
     * @param instant what it shows from now on
     */
    public void set(Instant instant) {
        time.set(instant);
    }

    /**
     * Returns the monotonic time.
     *
     * @return nanoseconds since no moment in particular, negative at first
     */
    public long nanos() {
        return time.nanos();
    }

    /**
     * Returns the scheduler.
     *
     * @return a scheduler whose tasks run in {@link #advance}; it takes single tasks only, not periodic ones
     */
    public ScheduledExecutorService scheduler() {
        return time.timer;
    }

    /**
     * Counts the tasks that wait for their time.
     *
     * @return without those that ran or were cancelled
     */
    public int pendingTasks() {
        return time.pending();
    }

    /**
     * Lets an engine live on this clock, without a thread of its own: its clock, nano clock and scheduler are these, and its
     * executor runs each task on the thread that hands it over, so what happens has happened when {@link #advance} or
     * {@code inferAsync} returns.
     *
     * @param builder none of the four is set yet
     * @return the same builder
     * @throws IllegalStateException if one of the four was set
     */
    public InferenceEngineBuilder drive(InferenceEngineBuilder builder) {
        return builder.clock(this).nanoClock(this::nanos).scheduler(scheduler()).executor(Runnable::run);
    }

    @Override
    public Instant instant() {
        return time.instant();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same time in another zone: advancing one of the two advances both. */
    @Override
    public ManualClock withZone(ZoneId newZone) {
        return new ManualClock(time, newZone);
    }

    @Override
    public String toString() {
        return "ManualClock[" + instant() + ", " + zone + "]";
    }

    private static final class Time {
        /** As good as any other, and negative because System.nanoTime() may be. */
        private static final long START_NANOS = -5_000_000_000L;

        private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
        private final Timer timer = new Timer(this);
        private final Instant start;
        private long nowNanos = START_NANOS;
        private Duration wallOffset = Duration.ZERO;
        private long scheduled;

        Time(Instant start) {
            this.start = start;
        }

        synchronized long nanos() {
            return nowNanos;
        }

        synchronized Instant instant() {
            return start.plus(wallOffset).plusNanos(nowNanos - START_NANOS);
        }

        synchronized void set(Instant instant) {
            wallOffset = wallOffset.plus(Duration.between(instant(), instant));
        }

        synchronized int pending() {
            return tasks.size();
        }

        void advance(long passingNanos) {
            long target = nanos() + passingNanos;
            for (Task<?> due = nextUntil(target); due != null; due = nextUntil(target)) {
                due.run();
            }
            synchronized (this) {
                nowNanos = Math.max(nowNanos, target);
            }
        }

        private synchronized @Nullable Task<?> nextUntil(long target) {
            Task<?> first = tasks.peek();
            if (first == null || first.dueNanos > target) {
                return null;
            }
            nowNanos = Math.max(nowNanos, first.dueNanos);
            return tasks.poll();
        }

        synchronized <V> Task<V> schedule(Callable<V> work, long delayNanos) {
            Task<V> task = new Task<>(this, work, nowNanos + Math.max(0, delayNanos), scheduled++);
            tasks.add(task);
            return task;
        }

        synchronized void remove(Task<?> task) {
            tasks.remove(task);
        }

        synchronized List<Runnable> removeAll() {
            List<Runnable> left = List.copyOf(tasks);
            tasks.clear();
            return left;
        }
    }

    private static final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final Time time;
        private final long dueNanos;
        private final long number;

        Task(Time time, Callable<V> work, long dueNanos, long number) {
            super(work);
            this.time = time;
            this.dueNanos = dueNanos;
            this.number = number;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - time.nanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Task<?> task = (Task<?>) other;
            return dueNanos == task.dueNanos
                    ? Long.compare(number, task.number)
                    : Long.compare(dueNanos, task.dueNanos);
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            time.remove(this);
            return super.cancel(mayInterruptIfRunning);
        }
    }

    private static final class Timer extends AbstractExecutorService implements ScheduledExecutorService {
        private final Time time;
        private volatile boolean shutDown;

        Timer(Time time) {
            this.time = time;
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
            if (shutDown) {
                throw new RejectedExecutionException("the scheduler was shut down");
            }
            return time.schedule(work, unit.toNanos(delay));
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
            return schedule(Executors.callable(work), delay, unit);
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long initial, long period, TimeUnit unit) {
            throw new UnsupportedOperationException("single tasks only");
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long initial, long delay, TimeUnit unit) {
            throw new UnsupportedOperationException("single tasks only");
        }

        @Override
        public void execute(Runnable work) {
            ScheduledFuture<?> unused = schedule(work, 0, TimeUnit.NANOSECONDS);
        }

        @Override
        public void shutdown() {
            shutDown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutDown = true;
            return time.removeAll();
        }

        @Override
        public boolean isShutdown() {
            return shutDown;
        }

        @Override
        public boolean isTerminated() {
            return shutDown && time.pending() == 0;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return isTerminated();
        }
    }
}
