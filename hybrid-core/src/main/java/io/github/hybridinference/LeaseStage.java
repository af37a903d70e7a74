package io.github.hybridinference;

import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.cache.CallLease;
import io.github.hybridinference.cache.CallLease.Lease;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.FatalErrors;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Lets one process of a fleet ask, while the others wait for its answer in the shared cache. It fails open: a lease that
 * throws is no reason not to ask.
 */
final class LeaseStage extends CallStage {
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

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
        return lease == CallLease.alone() ? next(call) : acquire(call);
    }

    private CompletionStage<Result> acquire(InFlightCall call) {
        if (call.isOver()) {
            return CompletableFuture.completedFuture(Failed.of(Degradation.CLOSED));
        }
        if (call.patienceNanos()
                <= 0) { // too late for a call of our own; the answer of another process is still of use
            return lookAgainLater(call);
        }
        CompletableFuture<Optional<Lease>> asked = tryAcquire(call);
        return asked.isDone()
                ? acquired(call, asked.join())
                : asked.thenComposeAsync(granted -> acquired(call, granted), threads);
    }

    private CompletionStage<Result> acquired(InFlightCall call, Optional<Lease> granted) {
        if (granted.isEmpty()) {
            return lookAgainLater(call);
        }
        Lease held = granted.get();
        call.whenOver(() -> log.guard(held::release));
        // the holder before us may have cached the answer since we looked; a lease that is not held had no holder
        return held.isHeld() ? farCache.find(call, () -> next(call)) : next(call);
    }

    private CompletionStage<Result> lookAgainLater(InFlightCall call) {
        if (call.isRefresh() && call.endIfDeserted()) { // another process is refreshing the entry
            return CompletableFuture.completedFuture(Failed.of(Degradation.CLOSED));
        }
        CompletableFuture<Result> later = new CompletableFuture<>();
        Object unused = threads.after(
                LOOK_AGAIN_NANOS,
                () -> guarded(() -> farCache.find(call, () -> acquire(call))).whenComplete((result, thrown) -> {
                    if (thrown == null) {
                        later.complete(result);
                    } else {
                        later.completeExceptionally(thrown);
                    }
                }));
        return later;
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
