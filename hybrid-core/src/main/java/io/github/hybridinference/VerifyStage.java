package io.github.hybridinference;

import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.internal.ServedVersions;
import io.github.hybridinference.model.FatalErrors;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.reply.ReplyVerifier;
import io.github.hybridinference.reply.ReplyVerifier.Accepted;
import io.github.hybridinference.reply.ReplyVerifier.Rejected;
import io.github.hybridinference.reply.ReplyVerifier.Verification;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Accepts or rejects a reply. An accepted one becomes a signal, valid for a while and no longer than its callers' bars. */
final class VerifyStage extends CallStage {
    private final ReplyVerifier verifier;
    private final ServedVersions versions;
    private final Clock clock;
    private final long ttlMs;
    private final EngineMetrics metrics;
    private final EngineLog log;

    VerifyStage(
            ReplyVerifier verifier,
            ServedVersions versions,
            Clock clock,
            Duration ttl,
            EngineMetrics metrics,
            EngineLog log) {
        this.verifier = verifier;
        this.versions = versions;
        this.clock = clock;
        this.ttlMs = ttl.toMillis();
        this.metrics = metrics;
        this.log = log;
    }

    @Override
    CompletionStage<Result> proceed(InFlightCall call) {
        RemoteCall remote = call.remoteCall();
        RemoteReply reply = remote.reply();
        Verification verification;
        try {
            verification = Objects.requireNonNull(verifier.verify(reply, call.snapshot()), "verification");
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            return failed(remote, log.internal(thrown));
        }
        if (verification instanceof Accepted accepted) {
            long nowMs = clock.millis();
            ServedVersions.Version version = versions.replied(
                    remote.model().model(), reply.model(), reply.fingerprint(), remote.askedNanos(), nowMs);
            remote.accepted(new CachedSignal(
                    accepted.signal(),
                    version.model(),
                    version.fingerprint(),
                    remote.model().model(),
                    remote.model().promptVersion(),
                    nowMs,
                    Math.min(nowMs + ttlMs, call.latestBarEndMs())));
            return next(call);
        }
        Rejected rejected = (Rejected) verification;
        metrics.problem(rejected.problem());
        return failed(remote, RemoteException.badReply(rejected.problem(), Usage.NONE));
    }

    private static CompletionStage<Result> failed(RemoteCall remote, RemoteException failure) {
        return CompletableFuture.completedFuture(new Failed(failure.reason().degradation(), failure, remote));
    }
}
