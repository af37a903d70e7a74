package io.github.hybridinference.examples.bars;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a file says about it.
 *
 * @param symbol which instrument to take from a file of several, null for the only one
 * @param dateFormat how its times are written, as {@link java.time.format.DateTimeFormatter} spells it, null to find out
 * @param decimal the decimal mark, a point or a comma, null to find out
 * @param zone the zone of times that do not say it
 * @param format the order of the columns of a file without a header line, null to find out
 */
public record BarFileOptions(
        @Nullable String symbol,
        @Nullable String dateFormat,
        @Nullable Character decimal,
        ZoneId zone,
        @Nullable BarFormat format) {
    /** Nothing: all is found from the file, and a time without a zone is UTC. */
    public static final BarFileOptions NONE = new BarFileOptions(null, null, null, ZoneOffset.UTC, null);
}
