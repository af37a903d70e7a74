package io.github.hybridinference;

import io.github.hybridinference.RemoteCall.Answered;
import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.internal.EngineThreads;
import io.github.hybridinference.internal.ServedVersions;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.FatalErrors;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an answer where a fleet shares them: another process may have asked. A cache that throws is a miss, and
 * so is an answer of an older version of its model. While
 * every breaker is open the call ends here.
 */
final class FarCacheStage extends CallStage {
    private final SignalCache cache;
    private final ServedVersions versions;
    private final NearCacheStage near;
    private final Clock clock;
    private final BooleanSupplier anyModelMayBeAsked;
    private final EngineThreads threads;
    private final EngineLog log;

    FarCacheStage(
            SignalCache cache,
            ServedVersions versions,
            NearCacheStage near,
            Clock clock,
            BooleanSupplier anyModelMayBeAsked,
            EngineThreads threads,
            EngineLog log) {
        this.cache = cache;
        this.versions = versions;
        this.near = near;
        this.clock = clock;
        this.anyModelMayBeAsked = anyModelMayBeAsked;
        this.threads = threads;
        this.log = log;
    }

    @Override
    CompletionStage<Result> proceed(InFlightCall call) {
        return find(call, () -> next(call));
    }

    /** Ends with the answer that the cache holds, or goes on without one. */
    CompletionStage<Result> find(InFlightCall call, Supplier<CompletionStage<Result>> otherwise) {
        CompletableFuture<Optional<CachedSignal>> look = look(call);
        return look.isDone()
                ? found(call, look.join(), otherwise)
                : look.thenComposeAsync(found -> found(call, found, otherwise), threads);
    }

    private CompletionStage<Result> found(
            InFlightCall call, Optional<CachedSignal> found, Supplier<CompletionStage<Result>> otherwise) {
        if (found.isPresent() && !(call.isRefresh() && near.isDueForRefresh(found.get(), clock.millis()))) {
            return CompletableFuture.completedFuture(new Answered(found.get(), Source.CACHE, Usage.NONE));
        }
        return anyModelMayBeAsked.getAsBoolean()
                ? otherwise.get()
                : CompletableFuture.completedFuture(Failed.of(Degradation.BREAKER_OPEN));
    }

    /** Begins one look for all these calls, which find its result when they come to this stage. */
    void lookAtOnce(List<InFlightCall> calls) {
        CompletableFuture<Map<CacheKey, CachedSignal>> look = lookFor(calls);
        for (InFlightCall call : calls) {
            CacheKey key = call.key();
            call.isLookedUpBy(look.thenApply(found -> usable(Optional.ofNullable(found.get(key)))));
        }
    }

    private CompletableFuture<Map<CacheKey, CachedSignal>> lookFor(List<InFlightCall> calls) {
        try {
            List<CacheKey> keys = calls.stream().map(InFlightCall::key).toList();
            return cache.getAll(keys, clock.millis(), calls.get(0).limit())
                    .thenApply(Map::copyOf)
                    .exceptionally(this::missedAll)
                    .toCompletableFuture();
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            return CompletableFuture.completedFuture(missedAll(thrown));
        }
    }

    private CompletableFuture<Optional<CachedSignal>> look(InFlightCall call) {
        CompletableFuture<Optional<CachedSignal>> begun = call.takeLookUp();
        if (begun != null) {
            return begun;
        }
        try {
            return cache.get(call.key(), clock.millis(), call.limit())
                    .handle((found, thrown) -> {
                        if (thrown != null || found == null) {
                            return missed(thrown == null ? new NullPointerException("the cache gave null") : thrown);
                        }
                        return usable(found);
                    })
                    .toCompletableFuture();
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            return CompletableFuture.completedFuture(missed(thrown));
        }
    }

    /** The look may have taken a while. */
    private Optional<CachedSignal> usable(Optional<CachedSignal> found) {
        return found.filter(entry -> entry.isValidAt(clock.millis()) && versions.accepts(entry));
    }

    private Optional<CachedSignal> missed(Throwable thrown) {
        log.fault(EngineLog.Kind.CACHE_FAILED, thrown);
        return Optional.empty();
    }

    private Map<CacheKey, CachedSignal> missedAll(Throwable thrown) {
        log.fault(EngineLog.Kind.CACHE_FAILED, thrown);
        return Map.of();
    }

    /**
     * How the callers of a batch take their answers: asynchronously, and their new calls go on together, so that the shared cache
     * is asked once for up to {@link #MOST} of them. Used by one thread.
     */
    static final class OnePass implements PendingInference.Mode<CompletableFuture<Inference>> {
        /** Bounds how long the first call waits for the last, and the size of the shared cache's reply. */
        static final int MOST = 1_000;

        private final FarCacheStage farCache;
        private final List<InFlightCall> calls = new ArrayList<>();
        private @Nullable Consumer<InFlightCall> goOn;

        OnePass(FarCacheStage farCache) {
            this.farCache = farCache;
        }

        @Override
        public CompletableFuture<Inference> now(Inference answer) {
            return CompletableFuture.completedFuture(answer);
        }

        @Override
        public CompletableFuture<Inference> later(PendingInference pending) {
            return pending;
        }

        @Override
        public void begin(InFlightCall call, Consumer<InFlightCall> next) {
            goOn = next;
            calls.add(call);
            if (calls.size() == MOST) {
                goOn();
            }
        }

        /** Lets the calls begun so far go on. */
        void goOn() {
            Consumer<InFlightCall> next = goOn;
            if (next == null || calls.isEmpty()) {
                return;
            }
            List<InFlightCall> together = List.copyOf(calls);
            calls.clear();
            farCache.lookAtOnce(together);
            together.forEach(next);
        }
    }
}
