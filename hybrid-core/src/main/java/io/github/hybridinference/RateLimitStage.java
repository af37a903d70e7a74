package io.github.hybridinference;

import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.remote.RemoteException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps attempts away from a model for as long as its service asked for with Retry-After, up to a limit of the owner's.
 * When the time is over, one attempt goes through as a probe, and the others wait for what comes of it. A refused attempt
 * fails at once as RATE_LIMITED, and the breaker does not hear of it.
 */
final class RateLimitStage extends CallStage {
    /** One request of the service's to wait. */
    private record Limit(long sinceNanos, long pauseNanos, Instant until, AtomicBoolean probed) {
        boolean letsThroughAt(long nowNanos) {
            return nowNanos - sinceNanos >= pauseNanos && probed.compareAndSet(false, true);
        }

        Limit orLater(@Nullable Limit other) {
            return other == null || until.isAfter(other.until) ? this : other;
        }
    }

    private final String model;
    private final Duration longestPause;
    private final Clock clock;
    private final LongSupplier nanoClock;
    private final EngineLog log;
    private final AtomicReference<@Nullable Limit> current = new AtomicReference<>();

    RateLimitStage(String model, EngineConfig config, EngineLog log) {
        this.model = model;
        this.longestPause = config.maxRateLimitPause();
        this.clock = config.clock();
        this.nanoClock = config.nanoClock();
        this.log = log;
    }

    /** Until when the service asked to wait, as far as it is heeded; empty if it did not. */
    Optional<Instant> pausedUntil() {
        return Optional.ofNullable(current.get()).map(Limit::until);
    }

    @Override
    CompletionStage<Result> proceed(InFlightCall call) {
        Limit limit = current.get();
        if (limit != null && !limit.letsThroughAt(nanoClock.getAsLong())) {
            return CompletableFuture.completedFuture(Failed.of(Degradation.RATE_LIMITED));
        }
        return next(call).whenComplete((result, thrown) -> attempted(limit, askedPause(result)));
    }

    private static Optional<Duration> askedPause(@Nullable Result result) {
        return result instanceof Failed failed
                        && failed.failure() != null
                        && failed.failure().reason() == Reason.RATE_LIMITED
                ? failed.failure().retryAfter().filter(pause -> !pause.isZero() && !pause.isNegative())
                : Optional.empty();
    }

    private void attempted(@Nullable Limit probedLimit, Optional<Duration> askedPause) {
        if (askedPause.isEmpty()) {
            if (probedLimit != null) {
                current.compareAndSet(probedLimit, null);
            }
            return;
        }
        Duration pause = askedPause.get().compareTo(longestPause) < 0 ? askedPause.get() : longestPause;
        Limit limit = new Limit(
                nanoClock.getAsLong(), pause.toNanos(), clock.instant().plus(pause), new AtomicBoolean());
        Limit before = current.getAndAccumulate(
                limit, (known, asked) -> Objects.equals(known, probedLimit) ? asked : asked.orLater(known));
        if (before == null) {
            log.event(model + " limits our rate and is left alone for " + pause.toMillis() + " ms");
        }
    }
}
