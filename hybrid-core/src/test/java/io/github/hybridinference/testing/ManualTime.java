package io.github.hybridinference.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
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
 * Time that stands still until {@link #advance} is called: a nano clock, a wall clock and a scheduler that agree.
 *
 * <p>Tasks run on the advancing thread, in the order in which they are due, each at the moment it is due. Thread-safe.
 */
public final class ManualTime {
    /** What the wall clock shows at first. */
    public static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    // as good as any other, and negative because System.nanoTime() may be
    private static final long START_NANOS = -5_000_000_000L;

    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
    private final Clock wall = new Wall();
    private final Timer timer = new Timer();
    private long nowNanos = START_NANOS;
    private long wallOffsetNanos;
    private long scheduled;

    /**
     * Returns the monotonic time.
     *
     * @return nanoseconds since no moment in particular
     */
    public synchronized long nanos() {
        return nowNanos;
    }

    /**
     * Returns the wall clock.
     *
     * @return a clock that moves with {@link #advance} and {@link #setWall}
     */
    public Clock wall() {
        return wall;
    }

    /**
     * Returns the scheduler; it takes single tasks only.
     *
     * @return a scheduler whose tasks run in {@link #advance}
     */
    public ScheduledExecutorService scheduler() {
        return timer;
    }

    /**
     * Sets the wall clock, forward or back; the monotonic clock and the scheduler do not notice.
     *
     * @param instant what it shows from now on
     */
    public synchronized void setWall(Instant instant) {
        wallOffsetNanos += Duration.between(wall.instant(), instant).toNanos();
    }

    /**
     * Lets time pass, and runs what becomes due.
     *
     * @param passing not negative
     */
    public void advance(Duration passing) {
        long target = nanos() + passing.toNanos();
        for (Task<?> due = nextUntil(target); due != null; due = nextUntil(target)) {
            due.run();
        }
        synchronized (this) {
            nowNanos = Math.max(nowNanos, target);
        }
    }

    /**
     * Lets milliseconds pass, and runs what becomes due.
     *
     * @param millis not negative
     */
    public void advanceMs(long millis) {
        advance(Duration.ofMillis(millis));
    }

    /**
     * Counts the tasks that wait for their time.
     *
     * @return without those that ran or were cancelled
     */
    public synchronized int pending() {
        return tasks.size();
    }

    private synchronized @Nullable Task<?> nextUntil(long target) {
        Task<?> first = tasks.peek();
        if (first == null || first.dueNanos > target) {
            return null;
        }
        nowNanos = Math.max(nowNanos, first.dueNanos);
        return tasks.poll();
    }

    private final class Wall extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(instant(), zone);
        }

        @Override
        public Instant instant() {
            synchronized (ManualTime.this) {
                return START.plusNanos(nowNanos - START_NANOS + wallOffsetNanos);
            }
        }
    }

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long dueNanos;
        private final long number;

        Task(Callable<V> work, long dueNanos, long number) {
            super(work);
            this.dueNanos = dueNanos;
            this.number = number;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - nanos(), TimeUnit.NANOSECONDS);
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
            synchronized (ManualTime.this) {
                tasks.remove(this);
            }
            return super.cancel(mayInterruptIfRunning);
        }
    }

    private final class Timer extends AbstractExecutorService implements ScheduledExecutorService {
        private boolean shutDown;

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
            synchronized (ManualTime.this) {
                if (shutDown) {
                    throw new RejectedExecutionException("shut down");
                }
                Task<V> task = new Task<>(work, nowNanos + unit.toNanos(Math.max(0, delay)), scheduled++);
                tasks.add(task);
                return task;
            }
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
            synchronized (ManualTime.this) {
                shutDown = true;
            }
        }

        @Override
        public List<Runnable> shutdownNow() {
            synchronized (ManualTime.this) {
                shutDown = true;
                List<Runnable> left = List.copyOf(tasks);
                tasks.clear();
                return left;
            }
        }

        @Override
        public boolean isShutdown() {
            synchronized (ManualTime.this) {
                return shutDown;
            }
        }

        @Override
        public boolean isTerminated() {
            return isShutdown() && pending() == 0;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return isTerminated();
        }
    }
}
