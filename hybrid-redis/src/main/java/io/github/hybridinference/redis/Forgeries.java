package io.github.hybridinference.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts values that should have a valid signature and have none, and reports them: in health until none was found for ten
 * minutes, and in the log once for that time, however many there are.
 */
final class Forgeries {
    private static final Logger LOG = LoggerFactory.getLogger(Forgeries.class);
    private static final Duration REPORTED = Duration.ofMinutes(10);

    private static final String WHAT = "values without a valid signature are in Redis";
    private static final String CURE =
            "they are not used; another program writes under this prefix, or an engine has another"
                    + " integrity secret; to cure it, give all engines the same secret, and check who may write to this Redis";

    private final InstantSource clock;
    private long found;
    private Instant since = Instant.MIN;
    private @Nullable Instant last;

    Forgeries(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns whether it was logged. */
    boolean found() {
        boolean isNews;
        synchronized (this) {
            found++;
            Instant now = clock.instant();
            isNews = !isCurrent(now);
            since = isNews ? now : since;
            last = now;
        }
        if (isNews) {
            LOG.warn("{}: {}", WHAT, CURE);
        }
        return isNews;
    }

    private boolean isCurrent(Instant now) {
        return last != null && Duration.between(last, now).compareTo(REPORTED) < 0;
    }

    synchronized long count() {
        return found;
    }

    /** What is wrong, since when, and the cure. */
    synchronized Optional<String> trouble() {
        return isCurrent(clock.instant())
                ? Optional.of(WHAT + " since " + since.truncatedTo(ChronoUnit.SECONDS) + ": " + CURE)
                : Optional.empty();
    }
}
