package io.github.hybridinference;

import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.cache.CallLease;
import io.github.hybridinference.cache.CallLease.Lease;
import io.github.hybridinference.internal.EngineThreads;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.FatalErrors;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets one process of a fleet ask, while the others wait for its answer in the shared cache. It fails open: a lease that
 * throws is no reason not to ask.
 */
final class LeaseStage extends CallStage {
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    /** Stands for "another process holds the lease"; no result. */
    private static final Result HELD_ELSEWHERE = Failed.of(Degradation.TIMEOUT);

    private final CallLease lease;
    private final FarCacheStage farCache;
    private final EngineThreads threads;
    private final EngineLog log;

    LeaseStage(CallLease lease, FarCacheStage farCache, EngineThreads threads, EngineLog log) {
        this.lease = lease;
        this.farCache = farCache;
        this.threads = threads;
        this.log = log;
    }

    @Override
    CompletionStage<Result> proceed(InFlightCall call) {
        if (lease == CallLease.alone()) {
            return next(call);
        }
        CompletableFuture<Result> result = new CompletableFuture<>();
        take(call, () -> acquire(call), result);
        return result;
    }

    /** Takes what comes of a round, or begins another after a while if another process holds the lease. */
    private void take(InFlightCall call, Supplier<CompletionStage<Result>> round, CompletableFuture<Result> result) {
        Object unused = guarded(round).whenComplete((found, thrown) -> {
            if (thrown != null) {
                result.completeExceptionally(thrown);
            } else if (found != HELD_ELSEWHERE) {
                result.complete(found);
            } else if (threads.after(LOOK_AGAIN_NANOS, () -> take(call, () -> lookAgain(call), result)) == null) {
                result.complete(Failed.of(Degradation.CLOSED));
            }
        });
    }

    private CompletionStage<Result> lookAgain(InFlightCall call) {
        return farCache.find(call, () -> acquire(call));
    }

    private CompletionStage<Result> acquire(InFlightCall call) {
        if (call.isOver()) {
            return CompletableFuture.completedFuture(Failed.of(Degradation.CLOSED));
        }
        if (call.patienceNanos()
                <= 0) { // too late for a call of our own; the answer of another process is still of use
            return heldElsewhere(call);
        }
        CompletableFuture<Optional<Lease>> asked = tryAcquire(call);
        return asked.isDone()
                ? acquired(call, asked.join())
                : asked.thenComposeAsync(granted -> acquired(call, granted), threads);
    }

    private CompletionStage<Result> acquired(InFlightCall call, Optional<Lease> granted) {
        if (granted.isEmpty()) {
            return heldElsewhere(call);
        }
        Lease held = granted.get();
        call.whenOver(() -> log.guard(held::release));
        // the holder before us may have cached the answer since we looked; a lease that is not held had no holder
        return held.isHeld() ? farCache.find(call, () -> next(call)) : next(call);
    }

    private static CompletionStage<Result> heldElsewhere(InFlightCall call) {
        boolean otherRefreshes = call.isRefresh() && call.endIfDeserted();
        return CompletableFuture.completedFuture(otherRefreshes ? Failed.of(Degradation.CLOSED) : HELD_ELSEWHERE);
    }

    private CompletableFuture<Optional<Lease>> tryAcquire(InFlightCall call) {
        try {
            return lease.tryAcquire(call.key(), call.limit())
                    .handle((granted, thrown) -> granted == null
                            ? broken(thrown == null ? new NullPointerException("the lease gave null") : thrown)
                            : granted)
                    .toCompletableFuture();
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            return CompletableFuture.completedFuture(broken(thrown));
        }
    }

    private Optional<Lease> broken(Throwable thrown) {
        log.fault(EngineLog.Kind.PART_FAILED, thrown);
        return Optional.of(Lease.notHeld());
    }
}
