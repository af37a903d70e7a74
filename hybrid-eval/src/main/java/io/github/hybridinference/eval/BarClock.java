package io.github.hybridinference.eval;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time of the bars being gone through. Never goes back. Thread-safe. */
final class BarClock extends Clock {
    private volatile Instant now;

    BarClock(Instant start) {
        now = start;
    }

    /** Called by one thread only. */
    void advanceTo(Instant time) {
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
