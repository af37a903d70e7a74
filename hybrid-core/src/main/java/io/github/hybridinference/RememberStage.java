package io.github.hybridinference;

import io.github.hybridinference.RemoteCall.Answered;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.FatalErrors;
import io.github.hybridinference.model.Source;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Puts a model's answer into the cache: the last stage. Only a model's answers get here, so no fallback is ever cached. */
final class RememberStage extends CallStage {
    private final SignalCache cache;
    private final Clock clock;
    private final EngineLog log;

    RememberStage(SignalCache cache, Clock clock, EngineLog log) {
        this.cache = cache;
        this.clock = clock;
        this.log = log;
    }

    @Override
    CompletionStage<Result> proceed(InFlightCall call) {
        RemoteCall remote = call.remoteCall();
        CachedSignal signal = remote.signal();
        long nowMs = clock.millis();
        if (signal.isValidAt(nowMs)) {
            try {
                cache.put(call.key(), signal, nowMs);
            } catch (Throwable thrown) {
                FatalErrors.rethrowIfFatal(thrown);
                log.fault(EngineLog.Kind.CACHE_FAILED, thrown);
            }
        }
        return CompletableFuture.completedFuture(new Answered(
                signal, Source.REMOTE, call.usage().plus(remote.reply().usage())));
    }
}
