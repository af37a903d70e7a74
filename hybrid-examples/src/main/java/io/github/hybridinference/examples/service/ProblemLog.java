package io.github.hybridinference.examples.service;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Logs each kind of problem once a minute at most, with the number of those in between: what clients can bring about must not
 * fill the log. A kind is a text of this program, never one of a request.
 */
final class ProblemLog {
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private record Kind(long loggedAt, long since) {}

    private final Logger log;
    private final LongSupplier nanoClock;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    ProblemLog(Logger log, LongSupplier nanoClock) {
        this.log = log;
        this.nanoClock = nanoClock;
    }

    void report(Level level, String kind) {
        long now = nanoClock.getAsLong();
        long[] silent = {-1};
        kinds.compute(kind, (same, before) -> {
            if (before != null && now - before.loggedAt() < PAUSE_NANOS) {
                return new Kind(before.loggedAt(), before.since() + 1);
            }
            silent[0] = before == null ? 0 : before.since();
            return new Kind(now, 0);
        });
        if (silent[0] >= 0) {
            log.atLevel(level).addKeyValue("not_logged_before", silent[0]).log(kind);
        }
    }
}
