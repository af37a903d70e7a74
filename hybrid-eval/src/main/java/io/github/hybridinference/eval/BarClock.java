package io.github.hybridinference.eval;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * The time of the bars being gone through, for {@code InferenceEngine.builder().clock(..)}: answers then expire as they would
 * have at that time. Never goes back. Read by any thread, moved by one.
 */
public final class BarClock extends Clock {
    private volatile Instant now;

    /**
     * Makes a clock that stands still until it is moved.
     *
     * @param start what it shows at first
     */
    public BarClock(Instant start) {
        now = Objects.requireNonNull(start, "start");
    }

    /**
     * Moves it on; a time before the one it shows leaves it as it is. To be called by one thread at a time.
     *
     * @param time the end of a bar
     */
    public void advanceTo(Instant time) {
        if (time.isAfter(now)) {
            now = time;
        }
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the time of bars is UTC");
    }
}
