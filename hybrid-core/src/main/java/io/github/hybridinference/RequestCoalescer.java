package io.github.hybridinference;

import io.github.hybridinference.InferenceFactory.ComplexInference;
import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.internal.EngineThreads;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import java.lang.ref.Reference;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Joins identical requests: at most one call for a key is in flight, and callers with the same request wait for it.
 *
 * <p>An answer is put into the cache before its call is taken from the map. A caller who misses the call therefore finds
 * the entry, and a thousand identical requests make one call.
 */
final class RequestCoalescer {
    private final NearCacheStage nearCache;
    private final InferenceFactory factory;
    private final EngineMetrics metrics;
    private final EngineThreads threads;
    private final Clock clock;
    private final LongSupplier nanoClock;
    private final long timeoutNanos;
    private final long remoteTimeoutNanos;
    private final LongPredicate anyModelMayBeAskedAt;
    private final Consumer<InFlightCall> stages;
    private final Consumer<InFlightCall> goOn = this::go;
    private final ConcurrentHashMap<CacheKey, InFlightCall> inFlight = new ConcurrentHashMap<>();
    private volatile boolean closed;

    RequestCoalescer(
            EngineConfig config,
            NearCacheStage nearCache,
            InferenceFactory factory,
            EngineMetrics metrics,
            EngineThreads threads,
            LongPredicate anyModelMayBeAskedAt,
            Consumer<InFlightCall> stages) {
        this.nearCache = nearCache;
        this.factory = factory;
        this.metrics = metrics;
        this.threads = threads;
        this.clock = config.clock();
        this.nanoClock = config.nanoClock();
        this.timeoutNanos = config.timeout().toNanos();
        this.remoteTimeoutNanos = config.remoteTimeout().toNanos();
        this.anyModelMayBeAskedAt = anyModelMayBeAskedAt;
        this.stages = stages;
    }

    /** Joins the call for the key, or starts one. */
    <T> T join(
            ComplexInference inference,
            CacheKey key,
            AnonymizedSnapshot anonymized,
            @Nullable Deadline deadline,
            PendingInference.Mode<T> mode) {
        PendingInference pending = null;
        while (true) {
            InFlightCall call = inFlight.get(key);
            if (call != null && call.isAskingModel() && !anyModelMayBeAskedAt.test(inference.startNanos())) {
                return mode.now(factory.fallback(inference, Degradation.BREAKER_OPEN)); // the call may hang like others
            }
            if (pending == null) {
                pending = new PendingInference(
                        inference,
                        deadline == null ? in(timeoutNanos) : deadline,
                        factory,
                        threads,
                        mode == PendingInference.Mode.BLOCKING ? Thread.currentThread() : null);
            }
            if (call == null) {
                InFlightCall mine = newCall(
                        key,
                        anonymized,
                        pending.decisionId(),
                        inference.snapshot().nextBarEndMs(),
                        null);
                mine.join(pending);
                call = inFlight.putIfAbsent(key, mine);
                if (call == null) {
                    pending.joined(mine);
                    arm(mine);
                    mode.begin(mine, goOn);
                    return mode.later(pending);
                }
            }
            if (call.join(pending)) {
                metrics.coalesced();
                pending.joined(call);
                return mode.later(pending);
            }
            // it ended since it was found; its answer, if there is one, is in the cache by now
            inFlight.remove(key, call);
            CachedSignal found = nearCache.find(key, clock.millis());
            if (found != null) {
                return mode.now(factory.cached(inference, found));
            }
        }
    }

    /** Refreshes an entry in the background, unless a call for it is in flight. */
    void refresh(CacheKey key, AnonymizedSnapshot anonymized, long nextBarEndMs) {
        if (inFlight.containsKey(key) || !anyModelMayBeAskedAt.test(nanoClock.getAsLong())) {
            return;
        }
        InFlightCall call = newCall(key, anonymized, factory.ids().get(), nextBarEndMs, in(timeoutNanos));
        if (inFlight.putIfAbsent(key, call) == null) {
            arm(call);
            threads.execute(() -> go(call));
        }
    }

    /** Ends all calls, and returns the callers who waited: those who block go on by themselves, the others have tasks. */
    List<PendingInference> close() {
        closed = true;
        List<PendingInference> pending = new ArrayList<>();
        for (InFlightCall call : List.copyOf(inFlight.values())) {
            pending.addAll(call.end(Failed.of(Degradation.CLOSED)));
        }
        return pending;
    }

    private InFlightCall newCall(
            CacheKey key,
            AnonymizedSnapshot anonymized,
            String decisionId,
            long nextBarEndMs,
            @Nullable Deadline refreshPatience) {
        return new InFlightCall(
                key, anonymized, decisionId, in(remoteTimeoutNanos), nextBarEndMs, refreshPatience, threads);
    }

    /** From now on the call leaves the map when it ends, which it does at its limit at the latest. */
    private void arm(InFlightCall call) {
        Object engine = threads.engineInUse();
        call.whenOver(() -> {
            try {
                inFlight.remove(call.key(), call);
            } finally {
                Reference.reachabilityFence(engine); // until here the call keeps it from being lost
            }
        });
        ScheduledFuture<?> limit = threads.after(call.limit().remainingNanos(), call::endAtLimit);
        if (limit != null) {
            call.whenOver(() -> limit.cancel(false));
        }
    }

    private void go(InFlightCall call) {
        if (closed) { // it may have come too late to be seen by close
            call.endHere(Failed.of(Degradation.CLOSED));
        } else {
            stages.accept(call);
        }
    }

    private Deadline in(long nanos) {
        return Deadline.afterNanos(nanos, nanoClock);
    }
}
