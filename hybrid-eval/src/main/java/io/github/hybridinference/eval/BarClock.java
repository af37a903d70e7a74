package io.github.hybridinference.eval;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * The time of the current bar in a replay, for {@code InferenceEngine.builder().clock(..)}: cached answers then expire
 * as they would have at that time. Never goes backwards. Any thread may read it, one thread may advance it.
 *
 * @since 0.1.0
 */
public final class BarClock extends Clock {
    private volatile Instant now;

    /**
     * Creates a clock that stands still until it is advanced.
     *
     * @param start the initial time
     */
    public BarClock(Instant start) {
        now = Objects.requireNonNull(start, "start");
    }

    /**
     * Advances the clock; an earlier time leaves it unchanged. Must be called by one thread at a time.
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
        throw new UnsupportedOperationException("a bar clock is always in UTC");
    }
}
