package io.github.hybridinference;

import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.internal.EngineThreads;
import io.github.hybridinference.model.Degradation;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many calls are with the models at once. A call beyond that waits for a permit, the one with the earliest deadline
 * in front, unless the queue is full or its deadline would pass before its turn even at twice the current rate.
 *
 * <p>The lock guards the permits and the queue; it is held for a look at the queue, and no foreign code runs under it. A call
 * that has waited goes on in a task on the executor.
 */
final class PermitStage extends CallStage {
    /** The weight of the latest call in the moving average of durations, which roughly covers the last 16 calls. */
    private static final double WEIGHT = 1.0 / 16;

    /** A call is refused only if it would be too late even at so many times the recent rate, which rises after a cold start. */
    private static final int FASTER = 2;

    /** How many calls that gave up may stay in the queue before they are removed together. */
    private static final int MOST_LEFT_BEHIND = 64;

    private final int permits;
    private final int maxWaiting;
    private final LongSupplier nanoClock;
    private final EngineThreads threads;

    // guarded by this
    private final PriorityQueue<Waiter> queue =
            new PriorityQueue<>(Comparator.comparingLong(Waiter::order).thenComparingLong(waiter -> waiter.number));
    private int free;
    private int waiting;
    private long arrivals;
    private double meanNanos;
    private boolean closed;

    /** Waiters who have a permit, on their way to the executor; one thread hands them over at a time. */
    private final Queue<Waiter> granted = new ConcurrentLinkedQueue<>();

    private final AtomicInteger toHandOver = new AtomicInteger();
    private final long startNanos;

    PermitStage(EngineConfig config, EngineThreads threads) {
        this.permits = config.maxCallsInFlight();
        this.maxWaiting = config.maxWaiting();
        this.nanoClock = config.nanoClock();
        this.threads = threads;
        this.free = permits;
        this.startNanos = nanoClock.getAsLong();
    }

    /** A call in the queue. */
    private final class Waiter {
        private final InFlightCall call;
        private final long deadlineNanos;
        private final long number;
        private final CompletableFuture<Result> result = new CompletableFuture<>();
        private boolean left;

        Waiter(InFlightCall call, long deadlineNanos, long number) {
            this.call = call;
            this.deadlineNanos = deadlineNanos;
            this.number = number;
        }

        /** Since the stage was made, as nano times can only be compared by their difference. */
        long order() {
            return deadlineNanos - startNanos;
        }
    }

    @Override
    CompletionStage<Result> proceed(InFlightCall call) {
        long patience = Math.min(call.patienceNanos(), call.limit().remainingNanos());
        if (patience <= 0) { // cache and lease took all the time there was
            return CompletableFuture.completedFuture(Failed.of(Degradation.TIMEOUT));
        }
        Waiter waiter;
        synchronized (this) {
            if (free > 0) {
                free--;
                waiter = null;
            } else if (waiting >= maxWaiting) {
                return CompletableFuture.completedFuture(Failed.of(Degradation.SATURATED));
            } else {
                waiter = new Waiter(call, nanoClock.getAsLong() + patience, arrivals++);
                if (turnNanos(waiter) > patience) {
                    return CompletableFuture.completedFuture(Failed.of(Degradation.TIMEOUT));
                }
                queue.add(waiter);
                waiting++;
            }
        }
        if (waiter == null) {
            return goOn(call);
        }
        call.whenOver(() -> leave(waiter));
        return waiter.result;
    }

    /** The shortest time in which the turn of a call can be expected; 0 as long as no call has ended. */
    private double turnNanos(Waiter waiter) {
        if (meanNanos == 0) {
            return 0;
        }
        long before = queue.stream()
                .filter(other -> !other.left && other.order() <= waiter.order())
                .count();
        return (before + 1) * meanNanos / permits / FASTER;
    }

    private CompletionStage<Result> goOn(InFlightCall call) {
        long start = nanoClock.getAsLong();
        call.whenOver(() -> release(nanoClock.getAsLong() - start));
        return next(call);
    }

    /** A call that gave up, or came to its turn; the latter is no longer in the queue. */
    private synchronized void leave(Waiter waiter) {
        if (waiter.left) {
            return;
        }
        waiter.left = true;
        waiting--;
        if (queue.size() - waiting > MOST_LEFT_BEHIND) {
            queue.removeIf(other -> other.left);
        }
    }

    private void release(long tookNanos) {
        Waiter next;
        synchronized (this) {
            meanNanos = meanNanos == 0 ? tookNanos : meanNanos + WEIGHT * (tookNanos - meanNanos);
            next = nextOrFree();
        }
        handOver(next);
    }

    /** Gives the permit to the next in the queue, which is returned; null if none waits, and the permit is free. */
    private @Nullable Waiter nextOrFree() {
        for (Waiter next = closed ? null : queue.poll(); next != null; next = queue.poll()) {
            if (!next.left) {
                next.left = true;
                waiting--;
                return next;
            }
        }
        free++;
        return null;
    }

    /** In a loop, since an executor may run a task at once, whose call may end at once and release the next waiter. */
    private void handOver(@Nullable Waiter waiter) {
        if (waiter == null) {
            return;
        }
        granted.add(waiter);
        if (toHandOver.getAndIncrement() == 0) {
            do {
                Waiter next = granted.remove();
                threads.execute(() -> turn(next));
            } while (toHandOver.decrementAndGet() != 0);
        }
    }

    private void turn(Waiter waiter) {
        boolean tooLate = waiter.call.patienceNanos() <= 0;
        if (tooLate || waiter.call.isOver()) {
            waiter.result.complete(Failed.of(Degradation.TIMEOUT));
            Waiter next;
            synchronized (this) {
                next = nextOrFree();
            }
            handOver(next);
            return;
        }
        Object unused = goOn(waiter.call).whenComplete((result, thrown) -> {
            if (thrown == null) {
                waiter.result.complete(result);
            } else {
                waiter.result.completeExceptionally(thrown);
            }
        });
    }

    /** From now on no waiting call gets a permit; the coalescer ends those that wait. */
    synchronized void close() {
        closed = true;
    }
}
