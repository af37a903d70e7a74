package io.github.hybridinference.redis;

import io.github.hybridinference.redis.RedisFailure.Kind;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is known of Redis: a circuit breaker, since when and why it is open, and whether writes are refused.
 *
 * <p>The breaker opens when half of the last ten outcomes are failures, so after five in a row. It begins open, as nothing is
 * known yet, and is closed by {@link #isBack()} only: no request is used to find out whether Redis is back, so permissions
 * are never asked for and the breaker never becomes half-open.
 *
 * <p>A success is passed to the breaker only while it remembers a failure. Any other would replace a success by a success, and
 * costs a look-up a lock and an allocation.
 */
final class RedisHealth {
    private static final int WINDOW = 10;
    private static final float HALF = 50;
    private static final Duration BETWEEN_LOG_LINES = Duration.ofMinutes(1);
    private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final CircuitBreaker breaker;

    /** Successes in a row until the breaker remembers no failure. */
    private volatile int successesToRecord;

    private Kind why = Kind.LOST;
    private Instant since;
    private @Nullable Kind refusal;
    private @Nullable Instant refusingSince;
    private Instant refusedAt = Instant.EPOCH;
    private Instant nextLogLine = Instant.EPOCH;
    private volatile boolean healthy;
    private volatile boolean refusing;

    RedisHealth(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
        this.breaker = CircuitBreaker.of(
                "redis",
                CircuitBreakerConfig.custom()
                        .slidingWindow(WINDOW, WINDOW, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(HALF)
                        .initialState(State.OPEN)
                        .clock(clock.withZone(ZoneOffset.UTC))
                        .build());
    }

    /** Whether Redis is to be left alone. */
    boolean isOpen() {
        return breaker.getState() == State.OPEN;
    }

    /** Whether the last outcome was a success. What can do without Redis does so if it was not. */
    boolean isHealthy() {
        return healthy;
    }

    void succeeded() {
        if (successesToRecord == 0) {
            return;
        }
        synchronized (this) {
            if (successesToRecord > 0 && !isOpen()) {
                successesToRecord--;
                breaker.onSuccess(0, TimeUnit.NANOSECONDS);
                healthy = true;
            }
        }
    }

    /**
     * Counts a failure.
     *
     * @return true if that opened the breaker
     */
    synchronized boolean failed(Kind kind) {
        healthy = false;
        why = kind;
        if (isOpen()) {
            return false;
        }
        successesToRecord = WINDOW;
        breaker.onError(0, TimeUnit.NANOSECONDS, new RedisFailure(kind));
        if (isOpen()) {
            since = clock.instant();
            return true;
        }
        return false;
    }

    /** Redis answers again: closes the breaker, which remembers ten successes. */
    synchronized void isBack() {
        breaker.reset();
        for (int i = 0; i < WINDOW; i++) {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
        successesToRecord = 0;
        healthy = true;
    }

    /**
     * Redis answers, and refuses a command.
     *
     * @return true if that is to be logged
     */
    synchronized boolean refused(Kind kind) {
        Instant now = clock.instant();
        boolean logged = refusal != kind && !now.isBefore(nextLogLine);
        if (logged) {
            nextLogLine = now.plus(BETWEEN_LOG_LINES);
        }
        if (refusingSince == null) {
            refusingSince = now;
        }
        refusal = kind;
        refusedAt = now;
        refusing = true;
        return logged;
    }

    /** Whether it refused to write within the last second, and would most likely refuse again. */
    boolean refusesToWrite() {
        if (!refusing) {
            return false;
        }
        synchronized (this) {
            Duration ago = Duration.between(refusedAt, clock.instant());
            boolean lately = !ago.isNegative() && ago.compareTo(BETWEEN_TRIALS) < 0;
            return lately && (refusal == Kind.OUT_OF_MEMORY || refusal == Kind.READ_ONLY);
        }
    }

    /** Redis executed a command of the kind that it had refused. */
    void accepted() {
        if (refusing) {
            synchronized (this) {
                refusal = null;
                refusingSince = null;
                refusing = false;
            }
        }
    }

    /** When the breaker last opened. */
    synchronized Instant since() {
        return since;
    }

    /** The cause of the last failure. */
    synchronized Kind why() {
        return why;
    }

    /** What is wrong, since when and why. */
    synchronized Optional<String> trouble() {
        if (isOpen()) {
            return Optional.of("Redis is away since " + seconds(since) + ": " + why.words());
        }
        if (refusal != null && refusingSince != null) {
            return Optional.of("Redis refuses to write since " + seconds(refusingSince) + ": " + refusal.words());
        }
        return Optional.empty();
    }

    private static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
