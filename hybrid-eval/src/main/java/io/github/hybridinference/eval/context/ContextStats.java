package io.github.hybridinference.eval.context;

import java.util.Map;

/**
 * Statistics of one source.
 *
 * @param source its name
 * @param fetches number of fetches
 * @param hits number of snapshots that got cached figures
 * @param waits number of snapshots that waited for a fetch
 * @param absent why figures were absent, and how often
 * @param sparing whether its circuit breaker is open after too many failures
 * @since 0.1.0
 */
public record ContextStats(
        String source, long fetches, long hits, long waits, Map<Absence, Long> absent, boolean sparing) {
    /**
     * Returns how often figures were absent for one cause.
     *
     * @param cause the cause
     * @return not negative
     */
    public long absent(Absence cause) {
        return absent.getOrDefault(cause, 0L);
    }
}
