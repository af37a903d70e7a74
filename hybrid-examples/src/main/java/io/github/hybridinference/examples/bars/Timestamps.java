package io.github.hybridinference.examples.bars;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Reads the ways in which files of bars write a time; without an offset it is UTC. */
final class Timestamps {

    private static final DateTimeFormatter DATE_AND_TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][X]") // +02:00, or +0200 and +02
            .optionalEnd()
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT); // no 30 February

    private Timestamps() {}

    static Instant parse(String text) throws RowFault {
        try {
            return isDigits(text) ? parseDigits(text) : DATE_AND_TIME.parse(text.replace(' ', 'T'), Instant::from);
        } catch (DateTimeException e) { // its message repeats the text
            throw unreadable();
        }
    }

    /** The number of digits tells the unit: no bar is older than 1973 in milliseconds or 2001 in seconds. */
    private static Instant parseDigits(String text) throws RowFault {
        return switch (text.length()) {
            case 8 ->
                LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC);
            case 9, 10 -> Instant.ofEpochSecond(Long.parseLong(text));
            case 12, 13 -> Instant.ofEpochMilli(Long.parseLong(text));
            default -> throw unreadable();
        };
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static RowFault unreadable() {
        return new RowFault("the timestamp is neither ISO-8601 nor seconds or milliseconds of the epoch");
    }
}
