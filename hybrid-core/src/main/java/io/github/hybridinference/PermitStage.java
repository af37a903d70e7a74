package io.github.hybridinference;

import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.internal.EngineThreads;
import io.github.hybridinference.internal.RankedQueue;
import io.github.hybridinference.model.Degradation;
import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many calls are with the models at once. A call beyond that waits for a permit, the one with the earliest deadline
 * in front, unless the queue is full or its deadline would pass before its turn even at twice the current rate. Calls whose
 * deadlines lie within the same {@link #SAME_DEADLINE_NANOS} are served by the value that the classifier gives their scenario,
 * the highest first, and those of equal value by their exact deadline.
 *
 * <p>The lock guards the permits and the queue; it is held for O(log n) steps, and no foreign code runs under it. A call that
 * has waited goes on in a task on the executor.
 */
final class PermitStage extends CallStage {
    /** The weight of the latest call in the moving average of durations, which roughly covers the last 16 calls. */
    private static final double WEIGHT = 1.0 / 16;

    /** A call is refused only if it would be too late even at so many times the recent rate, which rises after a cold start. */
    private static final int FASTER = 2;

    /**
     * The width of the slots within which deadlines count as the same: 50 ms. One thread that submits the 5,000 scenarios of a
     * burst one by one gives them deadlines that are some 40 microseconds apart, so that 1,000 of them share a slot. Whatever
     * the order in a slot, no call is passed over by one whose deadline is more than 50 ms later, which is a quarter of the
     * 200 ms of a quick model.
     */
    static final long SAME_DEADLINE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final int permits;
    private final int maxWaiting;
    private final LongSupplier nanoClock;
    private final EngineThreads threads;
    private final ToDoubleFunction<InFlightCall> value;

    // guarded by this
    private final RankedQueue<Waiter> queue =
            new RankedQueue<>(Comparator.comparing(waiter -> waiter.place, Place.ORDER));
    private int free;
    private long arrivals;
    private double meanNanos;
    private boolean closed;

    /** Waiters who have a permit, on their way to the executor; one thread hands them over at a time. */
    private final Queue<Waiter> granted = new ConcurrentLinkedQueue<>();

    private final AtomicInteger toHandOver = new AtomicInteger();
    private final long startNanos;

    /**
     * Makes the stage.
     *
     * @param value tells what it is worth to make a call; not called under the lock, and only for calls that must wait
     */
    PermitStage(EngineConfig config, EngineThreads threads, ToDoubleFunction<InFlightCall> value) {
        this.value = value;
        this.permits = config.maxCallsInFlight();
        this.maxWaiting = config.maxWaiting();
        this.nanoClock = config.nanoClock();
        this.threads = threads;
        this.free = permits;
        this.startNanos = nanoClock.getAsLong();
    }

    /**
     * A place in the queue. No two compare as equal.
     *
     * @param deadlineNanos since the stage was made, as nano times can only be compared by their difference
     * @param value what the classifier says that the scenario is worth
     * @param number in the order of arrival
     */
    record Place(long deadlineNanos, double value, long number) {
        static final Comparator<Place> ORDER = Comparator.comparingLong(Place::slot)
                .thenComparing(Comparator.comparingDouble(Place::value).reversed())
                .thenComparingLong(Place::deadlineNanos)
                .thenComparingLong(Place::number);

        private long slot() {
            return Math.floorDiv(deadlineNanos, SAME_DEADLINE_NANOS);
        }
    }

    /** A call in the queue. */
    private static final class Waiter {
        private final InFlightCall call;
        private final Place place;
        private final CompletableFuture<Result> result = new CompletableFuture<>();
        private boolean queued;

        Waiter(InFlightCall call, Place place) {
            this.call = call;
            this.place = place;
        }
    }

    @Override
    CompletionStage<Result> proceed(InFlightCall call) {
        long patience = Math.min(call.patienceNanos(), call.limit().remainingNanos());
        if (patience <= 0) { // cache and lease took all the time there was
            return CompletableFuture.completedFuture(Failed.of(Degradation.TIMEOUT));
        }
        if (takesFree()) {
            return goOn(call);
        }
        double worth = value.applyAsDouble(call);
        Waiter waiter;
        synchronized (this) {
            if (free > 0) { // since a moment ago
                free--;
                waiter = null;
            } else if (queue.size() >= maxWaiting) {
                return CompletableFuture.completedFuture(Failed.of(Degradation.SATURATED));
            } else {
                long deadlineNanos = nanoClock.getAsLong() - startNanos + patience;
                waiter = new Waiter(call, new Place(deadlineNanos, worth, arrivals++));
                if (turnNanos(waiter) > patience) {
                    return CompletableFuture.completedFuture(Failed.of(Degradation.TIMEOUT));
                }
                queue.add(waiter);
                waiter.queued = true;
            }
        }
        if (waiter == null) {
            return goOn(call);
        }
        call.whenOver(() -> leave(waiter));
        return waiter.result;
    }

    private synchronized boolean takesFree() {
        if (free > 0) {
            free--;
            return true;
        }
        return false;
    }

    /** The shortest time in which the turn of a call can be expected; 0 as long as no call has ended. */
    private double turnNanos(Waiter waiter) {
        return meanNanos == 0 ? 0 : (queue.countBefore(waiter) + 1) * meanNanos / permits / FASTER;
    }

    private CompletionStage<Result> goOn(InFlightCall call) {
        long start = nanoClock.getAsLong();
        call.whenOver(() -> release(nanoClock.getAsLong() - start));
        return next(call);
    }

    /** A call that gave up, or came to its turn; the latter is no longer in the queue. */
    private synchronized void leave(Waiter waiter) {
        if (waiter.queued) {
            waiter.queued = false;
            queue.remove(waiter);
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
        Waiter next = closed ? null : queue.poll();
        if (next == null) {
            free++;
        } else {
            next.queued = false;
        }
        return next;
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
