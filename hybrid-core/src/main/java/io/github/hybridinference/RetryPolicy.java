package io.github.hybridinference;

import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.internal.EngineThreads;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Repeats the stages after it, one attempt after another, by resilience4j's retry.
 *
 * <p>Exponential back-off with jitter, from 200 ms; a longer Retry-After takes its place; a stale connection is tried again
 * at once; a reply that did not arrive whole is asked for once more, with the complaint; a refused key that may have been
 * replaced meanwhile is tried once more, at once. An attempt that would begin after
 * the last waiting caller's deadline is not made. The first attempt runs on the calling thread, later ones on a worker.
 */
final class RetryPolicy extends CallStage {
    private static final long FIRST_PAUSE_MS = 200;
    private static final long AT_ONCE = 0;
    private static final long GIVE_UP = -1;
    private static final Duration LONGEST = Duration.ofDays(1); // longer than any caller waits

    private final Retry retry;
    private final EngineThreads threads;
    private final LongSupplier nanoClock;
    private final RandomGenerator random;
    private final Listeners listeners;
    private final EngineLog log;

    RetryPolicy(
            String model,
            int maxAttempts,
            EngineThreads threads,
            LongSupplier nanoClock,
            RandomGenerator random,
            Listeners listeners,
            EngineLog log) {
        this.threads = threads;
        this.nanoClock = nanoClock;
        this.random = random;
        this.listeners = listeners;
        this.log = log;
        this.retry = Retry.of(
                model,
                RetryConfig.<Attempt>custom()
                        .maxAttempts(maxAttempts)
                        .retryOnException(fault -> false)
                        .retryOnResult(attempt -> attempt.mayBeRepeated())
                        .intervalBiFunction((number, attempt) -> pauseMs(number, attempt.get()))
                        .build());
    }

    /** What came of one attempt. */
    private record Attempt(InFlightCall call, Result result) {
        @Nullable RemoteException failure() {
            return result instanceof Failed failed && failed.attempted() != null ? failed.failure() : null;
        }

        boolean mayBeRepeated() {
            RemoteException failure = failure();
            boolean secondComplaint = failure != null
                    && failure.problem().isPresent()
                    && call.remoteCall().complaint().isPresent();
            boolean secondRefusal = failure != null
                    && isRefusedKey(failure)
                    && call.remoteCall().hadRefusedKey();
            return failure != null && failure.isRetryable() && !secondComplaint && !secondRefusal;
        }
    }

    @Override
    CompletionStage<Result> proceed(InFlightCall call) {
        RemoteCall remote = call.remoteCall();
        return retry.executeCompletionStage(threads.timer(), () -> attempt(call))
                .handle((last, thrown) ->
                        over(remote, last == null ? Failed.withoutAttempt(log.internal(thrown)) : last.result(), last));
    }

    private CompletionStage<Attempt> attempt(InFlightCall call) {
        return call.remoteCall().attempts() == 0
                ? attemptHere(call)
                : CompletableFuture.supplyAsync(() -> attemptHere(call), threads)
                        .thenCompose(stage -> stage); // it was the timer that called
    }

    private CompletionStage<Attempt> attemptHere(InFlightCall call) {
        return call.isOver()
                ? CompletableFuture.completedFuture(new Attempt(call, Failed.withoutAttempt(Reason.CANCELLED)))
                : next(call).thenApply(result -> new Attempt(call, result));
    }

    /** How long to wait before the next attempt in milliseconds, or {@link #GIVE_UP} if it would come too late. */
    private long pauseMs(int attempts, Attempt failed) {
        RemoteException failure = failed.failure();
        RemoteCall remote = failed.call.remoteCall();
        if (failure == null || failed.call.isOver()) {
            return GIVE_UP;
        }
        boolean firstStale = failure.reason() == Reason.STALE_CONNECTION && !remote.hadStaleConnection();
        boolean atOnce = firstStale || failure.problem().isPresent() || isRefusedKey(failure);
        long pauseMs = atOnce ? AT_ONCE : backOffMs(attempts, failure);
        if (TimeUnit.MILLISECONDS.toNanos(pauseMs) >= failed.call.patienceNanos()) {
            return GIVE_UP;
        }
        remote.willRetryAfter(failure);
        failed(remote, failure, true);
        return pauseMs;
    }

    private static boolean isRefusedKey(RemoteException failure) {
        return failure.reason() == Reason.UNAUTHORIZED;
    }

    private long backOffMs(int attempts, RemoteException failure) {
        long backOff = (long) ((FIRST_PAUSE_MS << Math.min(attempts - 1, 10)) * (0.5 + random.nextDouble() / 2));
        Optional<Duration> asked = failure.retryAfter();
        return Math.max(
                backOff,
                asked.map(wait -> (wait.compareTo(LONGEST) < 0 ? wait : LONGEST).toMillis())
                        .orElse(0L));
    }

    private Result over(RemoteCall remote, Result result, @Nullable Attempt last) {
        RemoteException failure = result instanceof Failed failed ? failed.failure() : null;
        if (failure != null) {
            logIfItNeedsTheOwner(failure);
        }
        if (last != null && last.failure() != null) {
            failed(remote, last.failure(), false);
        }
        if (remote.attempts() > 0 && !listeners.isEmpty()) {
            InferenceListener.RemoteCall over = new InferenceListener.RemoteCall(
                    remote.model().model(),
                    remote.attempts(),
                    remote.usage(),
                    remote.unseenNanoUsd(),
                    nanoClock.getAsLong() - remote.startNanos(),
                    Optional.ofNullable(failure).map(known -> known.reason().degradation()));
            listeners.notify(listener -> listener.onRemoteCall(over));
        }
        return result;
    }

    private void failed(RemoteCall remote, RemoteException failure, boolean retried) {
        listeners.notify(listener -> listener.onAttemptFailed(remote.model().model(), failure, retried));
    }

    private void logIfItNeedsTheOwner(RemoteException failure) {
        if (failure.failureCause().isPresent()) {
            return; // the attempt has logged it
        }
        String detail = failure.getMessage()
                + failure.requestId().map(id -> ", request " + id).orElse("");
        switch (failure.reason()) {
            case REJECTED -> log.failure(EngineLog.Kind.REQUEST_REJECTED, detail);
            case UNAUTHORIZED, UNPAID -> log.failure(EngineLog.Kind.BAD_KEY_OR_BALANCE, detail);
            case PRIVACY -> log.failure(EngineLog.Kind.EGRESS_STOPPED, detail);
            default -> {}
        }
    }

    /**
     * Keeps attempts away from a model for as long as its service asked for with Retry-After, up to a limit of the owner's.
     * When the time is over, one attempt goes through as a probe, and the others wait for what comes of it. A refused attempt
     * fails at once as RATE_LIMITED, and the breaker does not hear of it.
     */
    static final class RateLimitStage extends CallStage {
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

        RateLimitStage(String model, Duration longestPause, Clock clock, LongSupplier nanoClock, EngineLog log) {
            this.model = model;
            this.longestPause = longestPause;
            this.clock = clock;
            this.nanoClock = nanoClock;
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
}
