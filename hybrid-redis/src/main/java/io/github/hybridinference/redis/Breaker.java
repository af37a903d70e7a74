package io.github.hybridinference.redis;

import io.github.hybridinference.redis.RedisFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether Redis is worth asking.
 *
 * <p>It opens once failures outweigh successes: a failure counts two, a success takes one back. It stays open until told
 * otherwise, since nobody's request is to pay for finding out whether Redis is back. It begins open: nothing is known yet.
 */
final class Breaker {
    private static final int FAILURE = 2;
    private static final int OPENS_AT = 10;
    private static final Duration BETWEEN_NEWS = Duration.ofMinutes(1);
    private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(1);

    private final InstantSource clock;
    private volatile int score;
    private Kind why = Kind.LOST;
    private Instant since;
    private @Nullable Kind refusal;
    private @Nullable Instant refusingSince;
    private Instant refusedAt = Instant.EPOCH;
    private Instant nextNews = Instant.EPOCH;
    private volatile boolean open = true;
    private volatile boolean well;
    private volatile boolean refusing;

    Breaker(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    boolean isOpen() {
        return open;
    }

    /** Whether the last that was heard of Redis was good. What can do without Redis does so if it is not. */
    boolean isWell() {
        return well;
    }

    void succeeded() {
        if (score == 0) {
            return;
        }
        synchronized (this) {
            score = Math.max(0, score - 1);
            well = !open;
        }
    }

    /**
     * Counts a failure.
     *
     * @return true if that opened it
     */
    synchronized boolean failed(Kind kind) {
        well = false;
        why = kind;
        score += FAILURE;
        if (open || score < OPENS_AT) {
            return false;
        }
        open = true;
        since = clock.instant();
        return true;
    }

    /** Redis answers again. */
    synchronized void close() {
        score = 0;
        open = false;
        well = true;
    }

    /**
     * Redis answers, and refuses to do what it was asked to.
     *
     * @return true if that is news
     */
    synchronized boolean refused(Kind kind) {
        Instant now = clock.instant();
        boolean news = refusal != kind && !now.isBefore(nextNews);
        if (news) {
            nextNews = now.plus(BETWEEN_NEWS);
        }
        if (refusingSince == null) {
            refusingSince = now;
        }
        refusal = kind;
        refusedAt = now;
        refusing = true;
        return news;
    }

    /** Whether it has lately refused to write, and would most likely refuse again. */
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

    /** Redis did what it had refused to do. */
    void accepted() {
        if (refusing) {
            synchronized (this) {
                refusal = null;
                refusingSince = null;
                refusing = false;
            }
        }
    }

    /** When it last opened. */
    synchronized Instant since() {
        return since;
    }

    /** Why the last failure was one. */
    synchronized Kind why() {
        return why;
    }

    /** What is wrong, since when and why. */
    synchronized Optional<String> trouble() {
        if (open) {
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
