package io.github.hybridinference;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.CallLease;
import io.github.hybridinference.cache.CallLease.Lease;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The questions under way: at most one flight for a key, and at most so many that ask a model at once.
 *
 * <p>A flight looks into the shared cache, gets the fleet's leave to ask, a permit, and then a model.
 */
final class Flights {
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private final Parts parts;
    private final Remotes remotes;
    private final CallLease lease;
    private final Semaphore permits;
    private final ConcurrentHashMap<CacheKey, Flight> underWay = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Flights(Parts parts, Remotes remotes) {
        this.parts = parts;
        this.remotes = remotes;
        this.lease = parts.settings().lease();
        this.permits = new Semaphore(parts.settings().maxCallsInFlight());
    }

    /** Joins the flight for the key, or starts one. */
    <T> T join(CacheKey key, AnonymizedSnapshot told, Request request, @Nullable Deadline deadline, Caller<T> caller) {
        Waiter waiter = null;
        while (true) {
            // when it came in is as good as now, and is known
            if (!remotes.mayPassAt(
                    request.startNanos())) { // nor is a call under way worth waiting for: it may be one of those that
                // hang
                return caller.gets(parts.answers().fallback(request, Degradation.BREAKER_OPEN));
            }
            Flight flight = underWay.get(key);
            if (waiter == null) {
                waiter = new Waiter(parts, request, deadline == null ? usual() : deadline);
            }
            if (flight == null) {
                Started started = new Started();
                Flight mine = Flight.of(parts, key, told, waiter, started);
                started.flight = mine;
                flight = underWay.putIfAbsent(key, mine);
                if (flight == null) {
                    waiter.boarded(mine);
                    depart(mine, started);
                    return caller.waits(waiter);
                }
            }
            if (flight.board(waiter)) {
                parts.meter().coalesced();
                waiter.boarded(flight);
                return caller.waits(waiter);
            }
            // it landed between the look and the boarding; its answer, if any, is in the cache by now
            underWay.remove(key, flight);
            CachedSignal found =
                    parts.memory().peek(key, parts.settings().clock().millis());
            if (found != null) {
                return caller.gets(parts.answers().remembered(request, found));
            }
        }
    }

    private Deadline usual() {
        return Deadline.afterNanos(
                parts.settings().timeout().toNanos(), parts.settings().nanoClock());
    }

    /** Renews an entry that is past its soft age, unless somebody is at it. */
    void renew(CacheKey key, AnonymizedSnapshot told, long nextBarEndMs) {
        if (underWay.containsKey(key)
                || !remotes.mayPassAt(parts.settings().nanoClock().getAsLong())) {
            return;
        }
        Started started = new Started();
        Flight flight = Flight.renewal(parts, key, told, nextBarEndMs, started);
        started.flight = flight;
        if (underWay.putIfAbsent(key, flight) == null && starts(flight)) {
            takeLease(flight, started);
        }
    }

    void close() {
        closed = true;
        for (Flight flight : List.copyOf(underWay.values())) {
            flight.abort(Degradation.CLOSED);
        }
    }

    private void depart(Flight flight, Started started) {
        if (starts(flight)) {
            lookUp(flight, () -> takeLease(flight, started));
        }
    }

    /** Close may have looked for flights just before this one was there to be seen. */
    private boolean starts(Flight flight) {
        flight.start();
        if (closed) {
            flight.abort(Degradation.CLOSED);
        }
        return !closed;
    }

    private void lookUp(Flight flight, Runnable otherwise) {
        whenDone(parts.memory().get(flight.key(), flight.limit()), found -> {
            if (found.isPresent() && !(flight.isRenewal() && isDueForRefresh(found.get()))) {
                flight.land(new Outcome.Answered(found.get(), Source.CACHE, Usage.NONE));
            } else {
                otherwise.run();
            }
        });
    }

    private boolean isDueForRefresh(CachedSignal found) {
        return parts.memory().isDueForRefresh(found, parts.settings().clock().millis());
    }

    private void takeLease(Flight flight, Started started) {
        if (flight.isOver()) {
            return;
        }
        if (lease == CallLease.alone()) {
            admit(flight, started);
            return;
        }
        if (flight.patienceNanos() <= 0) { // only the answer of the process that asks is of use any longer
            lookAgainLater(flight, started);
            return;
        }
        whenDone(tryAcquire(flight), granted -> {
            if (granted.isPresent()) {
                Lease held = granted.get();
                flight.holds(held);
                if (held.isHeld()) { // the holder before us may have remembered the answer since we looked
                    lookUp(flight, () -> admit(flight, started));
                } else { // a cache out of order with the lease would be waited for twice
                    admit(flight, started);
                }
            } else {
                lookAgainLater(flight, started);
            }
        });
    }

    private void lookAgainLater(Flight flight, Started started) {
        if (!flight.givesWay()) {
            Object unused =
                    parts.threads().after(LOOK_AGAIN_NANOS, () -> lookUp(flight, () -> takeLease(flight, started)));
        }
    }

    /** Fails open: a lease that throws is no reason not to ask. */
    private CompletionStage<Optional<Lease>> tryAcquire(Flight flight) {
        try {
            return lease.tryAcquire(flight.key(), flight.limit())
                    .handle((granted, thrown) -> granted == null ? broken(thrown) : granted);
        } catch (Exception | StackOverflowError | AssertionError | LinkageError thrown) {
            return CompletableFuture.completedStage(broken(thrown));
        }
    }

    private Optional<Lease> broken(@Nullable Throwable thrown) {
        Throwable fault = thrown == null ? new NullPointerException("the lease gave null for no") : thrown;
        parts.fault(RateLimitedLog.Kind.PART_FAILED, fault);
        return Optional.of(Lease.notHeld());
    }

    private void admit(Flight flight, Started started) {
        if (flight.patienceNanos() <= 0) { // cache and lease took all the time there was: nobody waits for the call
            flight.land(new Outcome.Failed(Degradation.TIMEOUT));
            return;
        }
        if (!permits.tryAcquire()) {
            flight.land(new Outcome.Failed(Degradation.SATURATED));
            return;
        }
        if (!started.holdPermit()) {
            permits.release(); // the flight ended in the meantime
            return;
        }
        remotes.ask(flight, flight::land);
    }

    /** Goes on at once if there is nothing to wait for, else on a worker. */
    private <T> void whenDone(CompletionStage<Optional<T>> stage, Consumer<Optional<T>> next) {
        CompletableFuture<Optional<T>> future = stage.toCompletableFuture();
        if (future.isDone() && !future.isCompletedExceptionally()) {
            next.accept(future.join());
        } else {
            Object unused = future.exceptionally(thrown -> Optional.empty()).thenAcceptAsync(next, parts.threads());
        }
    }

    /** What a flight gives back when it lands. */
    private final class Started implements Runnable {
        private @Nullable Flight flight;
        private boolean holdsPermit;
        private boolean landed;

        synchronized boolean holdPermit() {
            holdsPermit = !landed;
            return holdsPermit;
        }

        @Override
        public void run() {
            boolean release;
            synchronized (this) {
                landed = true;
                release = holdsPermit;
            }
            if (release) {
                permits.release();
            }
            Flight mine = flight;
            if (mine != null) {
                underWay.remove(mine.key(), mine);
            }
        }
    }
}
