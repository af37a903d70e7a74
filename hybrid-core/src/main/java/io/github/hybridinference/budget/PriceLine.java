package io.github.hybridinference.budget;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a {@link PriceTable}. */
record PriceLine(
        String model,
        LocalDate from,
        LocalDate to,
        @Nullable Hours hours,
        Rate rate) {
    static final String ANY_MODEL = "*";

    private static final String HEADER = "model,from,to,hours,cache_hit,cache_miss,output";
    private static final int COLUMNS = 7;

    static PriceLine always(Rate rate) {
        return new PriceLine(ANY_MODEL, LocalDate.MIN, LocalDate.MAX, null, rate);
    }

    static List<PriceLine> parseAll(String text) {
        List<PriceLine> lines = new ArrayList<>();
        boolean headerSeen = false;
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (headerSeen) {
                lines.add(parse(line, number));
            } else if (line.equals(HEADER)) {
                headerSeen = true;
            } else {
                throw new IllegalArgumentException("line " + number + ": expected the columns " + HEADER);
            }
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("there is no price in this table");
        }
        return List.copyOf(lines);
    }

    /** The rate of a model at a time, or null if it has none. */
    static @Nullable Rate inForce(List<PriceLine> lines, String model, Instant at) {
        LocalDateTime time = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        LocalDate begun = LocalDate.MIN;
        for (PriceLine line : lines) {
            if (line.model.equals(model) && line.hasBegunBy(time) && line.from.isAfter(begun)) {
                begun = line.from;
            }
        }
        Rate rate = null;
        for (PriceLine line : lines) {
            if (line.model.equals(model) && line.from.equals(begun) && line.isOpenAt(time)) {
                if (line.hours != null) {
                    return line.rate;
                }
                rate = line.rate;
            }
        }
        return rate;
    }

    private boolean hasBegunBy(LocalDateTime time) {
        return !time.toLocalDate().isBefore(from);
    }

    private boolean isOpenAt(LocalDateTime time) {
        return hasBegunBy(time) && time.toLocalDate().isBefore(to) && (hours == null || hours.contains(time));
    }

    private static PriceLine parse(String line, int number) {
        String[] cells = line.split(",", -1);
        if (cells.length != COLUMNS || cells[0].isBlank()) {
            throw new IllegalArgumentException("line " + number + ": expected the columns " + HEADER);
        }
        try {
            return new PriceLine(
                    cells[0].strip(),
                    LocalDate.parse(cells[1].strip()),
                    cells[2].isBlank() ? LocalDate.MAX : LocalDate.parse(cells[2].strip()),
                    cells[3].isBlank() ? null : Hours.parse(cells[3].strip()),
                    Rate.parse(cells[4], cells[5], cells[6]));
        } catch (DateTimeException wrongDate) {
            throw new IllegalArgumentException("line " + number + ": a date is written like 2026-09-10", wrongDate);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("line " + number + ": " + wrong.getMessage(), wrong);
        }
    }
}
