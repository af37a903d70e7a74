package io.github.hybridinference;

import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.ReplyProblem;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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

    private final int maxAttempts;
    private final LongSupplier patienceNanos;
    private final RandomGenerator random;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile long pauseMs;
    private volatile @Nullable ReplyProblem complaint;
    private boolean staleBefore;

    AttemptPlan(int maxAttempts, LongSupplier patienceNanos, RandomGenerator random) {
        this.maxAttempts = maxAttempts;
        this.patienceNanos = patienceNanos;
        this.random = random;
    }

    RetryConfig config() {
        return RetryConfig.custom()
                .maxAttempts(maxAttempts)
                .retryOnException(this::isWorthRetrying)
                .intervalBiFunction((attempt, result) -> pauseMs)
                .build();
    }

    Optional<ReplyProblem> complaint() {
        return Optional.ofNullable(complaint);
    }

    /** Whether {@link #isWorthRetrying} would let the failure through; has no effect. */
    boolean willRetry(RemoteException failure) {
        return failures.get() + 1 < maxAttempts
                && failure.isRetryable()
                && !(failure.problem().isPresent() && complaint != null)
                && fits(pauseMsAfter(failure, 0));
    }

    private boolean isWorthRetrying(Throwable thrown) {
        RemoteException failure = RemoteFailures.of(thrown);
        if (!willRetry(failure)) {
            return false;
        }
        pauseMs = pauseMsAfter(failure, random.nextDouble());
        if (!fits(pauseMs)) {
            return false;
        }
        failures.incrementAndGet();
        staleBefore |= failure.reason() == Reason.STALE_CONNECTION;
        failure.problem().ifPresent(problem -> complaint = problem);
        return true;
    }

    private boolean fits(long pause) {
        return Duration.ofMillis(pause).toNanos() < patienceNanos.getAsLong();
    }

    private long pauseMsAfter(RemoteException failure, double jitter) {
        boolean firstStale = failure.reason() == Reason.STALE_CONNECTION && !staleBefore;
        if (firstStale || failure.problem().isPresent()) {
            return AT_ONCE_MS;
        }
        long backOff = (long) ((FIRST_PAUSE_MS << Math.min(failures.get(), 10)) * (0.5 + jitter / 2));
        return Math.max(backOff, failure.retryAfter().map(Duration::toMillis).orElse(0L));
    }
}
