package io.github.hybridinference.budget;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hours of some days of the week, such as {@code MON-FRI 01:00-04:00 06:00-10:00}. */
record Hours(Set<DayOfWeek> days, List<Span> spans) {
    private static final Pattern DAYS = Pattern.compile("([A-Z]{3})(?:-([A-Z]{3}))?");
    private static final Pattern SPAN = Pattern.compile("(\\d\\d):(\\d\\d)-(\\d\\d):(\\d\\d)");
    private static final int MINUTES_PER_DAY = 1_440;

    /** Minutes of the day, the end exclusive. */
    record Span(int from, int to) {}

    static Hours parse(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        List<Span> spans = new ArrayList<>();
        for (String word : text.toUpperCase(Locale.ROOT).split("\\s+")) {
            Matcher ofDays = DAYS.matcher(word);
            Matcher ofSpan = SPAN.matcher(word);
            if (ofDays.matches()) {
                addDays(days, day(ofDays.group(1)), day(ofDays.group(2) == null ? ofDays.group(1) : ofDays.group(2)));
            } else if (ofSpan.matches()) {
                spans.add(span(ofSpan));
            } else {
                throw wrong();
            }
        }
        if (days.isEmpty() || spans.isEmpty()) {
            throw wrong();
        }
        return new Hours(days, List.copyOf(spans));
    }

    boolean contains(LocalDateTime time) {
        int minute = time.getHour() * 60 + time.getMinute();
        return days.contains(time.getDayOfWeek())
                && spans.stream().anyMatch(span -> minute >= span.from && minute < span.to);
    }

    private static void addDays(Set<DayOfWeek> days, DayOfWeek first, DayOfWeek last) {
        for (DayOfWeek day = first; ; day = day.plus(1)) {
            days.add(day);
            if (day == last) {
                return;
            }
        }
    }

    private static DayOfWeek day(String shortName) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().startsWith(shortName)) {
                return day;
            }
        }
        throw wrong();
    }

    private static Span span(Matcher match) {
        int from = minute(match.group(1), match.group(2));
        int to = minute(match.group(3), match.group(4));
        if (from >= to || to > MINUTES_PER_DAY) {
            throw wrong();
        }
        return new Span(from, to);
    }

    private static int minute(String hour, String minute) {
        int minutes = Integer.parseInt(minute);
        if (minutes > 59) {
            throw wrong();
        }
        return Integer.parseInt(hour) * 60 + minutes;
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException("hours are written like MON-FRI 01:00-04:00 06:00-10:00");
    }
}
