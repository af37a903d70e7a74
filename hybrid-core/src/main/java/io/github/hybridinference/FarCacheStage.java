package io.github.hybridinference;

import io.github.hybridinference.RemoteCall.Answered;
import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.internal.EngineThreads;
import io.github.hybridinference.internal.ServedVersions;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.FatalErrors;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

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

    private CompletableFuture<Optional<CachedSignal>> look(InFlightCall call) {
        try {
            return cache.get(call.key(), clock.millis(), call.limit())
                    .handle((found, thrown) -> {
                        if (thrown != null || found == null) {
                            return missed(thrown == null ? new NullPointerException("the cache gave null") : thrown);
                        }
                        // it may have taken a while
                        return found.filter(entry -> entry.isValidAt(clock.millis()) && versions.accepts(entry));
                    })
                    .toCompletableFuture();
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            return CompletableFuture.completedFuture(missed(thrown));
        }
    }

    private Optional<CachedSignal> missed(Throwable thrown) {
        log.fault(EngineLog.Kind.CACHE_FAILED, thrown);
        return Optional.empty();
    }
}
