package io.github.hybridinference.eval.context;

import java.util.Map;

/**
 * What was counted of one source.
 *
 * @param source its name
 * @param fetches how often it was asked
 * @param hits how many snapshots got figures that had been fetched before
 * @param waits how many snapshots waited for a fetch
 * @param absent why figures were absent, and how often
 * @param sparing whether the source is being spared because it failed too often of late
 */
public record ContextStats(
        String source, long fetches, long hits, long waits, Map<Absence, Long> absent, boolean sparing) {
    /**
     * Returns how often figures were absent for a cause.
     *
     * @param cause the cause
     * @return not negative
     */
    public long absent(Absence cause) {
        return absent.getOrDefault(cause, 0L);
    }
}
