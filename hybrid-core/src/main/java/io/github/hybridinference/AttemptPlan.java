package io.github.hybridinference;

import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.ReplyProblem;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when one question is asked again.
 *
 * <p>Exponential back-off with jitter, from 200 ms; a Retry-After goes before it; a stale connection is tried again at
 * once; a reply that did not come through whole is asked for once more, with the complaint. Nothing is retried that would
 * begin after the last waiter's deadline. Used by one attempt after another, never by two threads at once.
 */
final class AttemptPlan {
    private static final long FIRST_PAUSE_MS = 200;
    private static final long AT_ONCE_MS = 1; // resilience4j takes no less for a pause
    private static final Duration LONGEST = Duration.ofDays(1); // longer than anybody waits

    private final int maxAttempts;
    private final LongSupplier patienceNanos;
    private final RandomGenerator random;
    private int failures;
    private boolean staleBefore;
    private long pauseMs;
    private volatile @Nullable ReplyProblem complaint;
    private volatile @Nullable RemoteException toRetry;

    AttemptPlan(int maxAttempts, LongSupplier patienceNanos, RandomGenerator random) {
        this.maxAttempts = maxAttempts;
        this.patienceNanos = patienceNanos;
        this.random = random;
    }

    RetryConfig config() {
        return RetryConfig.custom()
                .maxAttempts(maxAttempts)
                .retryOnException(thrown -> RemoteException.of(thrown) == toRetry)
                .intervalBiFunction((attempt, result) -> pauseMs)
                .build();
    }

    Optional<ReplyProblem> complaint() {
        return Optional.ofNullable(complaint);
    }

    /** Decides what follows a failed attempt; the retry does what was decided. */
    boolean decide(RemoteException failure) {
        toRetry = null;
        boolean secondComplaint = failure.problem().isPresent() && complaint != null;
        if (failures + 1 == maxAttempts || !failure.isRetryable() || secondComplaint) {
            return false;
        }
        long pause = pauseMsAfter(failure);
        if (TimeUnit.MILLISECONDS.toNanos(pause) >= patienceNanos.getAsLong()) {
            return false;
        }
        failures++;
        staleBefore |= failure.reason() == Reason.STALE_CONNECTION;
        failure.problem().ifPresent(problem -> complaint = problem);
        pauseMs = pause;
        toRetry = failure;
        return true;
    }

    private long pauseMsAfter(RemoteException failure) {
        boolean firstStale = failure.reason() == Reason.STALE_CONNECTION && !staleBefore;
        if (firstStale || failure.problem().isPresent()) {
            return AT_ONCE_MS;
        }
        long backOff = (long) ((FIRST_PAUSE_MS << Math.min(failures, 10)) * (0.5 + random.nextDouble() / 2));
        return Math.max(backOff, failure.retryAfter().map(AttemptPlan::millisOf).orElse(0L));
    }

    private static long millisOf(Duration asked) {
        return asked.compareTo(LONGEST) < 0 ? asked.toMillis() : LONGEST.toMillis();
    }
}
