package io.github.hybridinference.examples.bars;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times of one file. How the file writes them is found from all of them beforehand, by {@link Evidence}: a date such
 * as 03/04/2024 is not guessed. Without a zone in the text or given by its owner a time is UTC.
 */
final class Times {
    /** The order of the numbers in a date that does not begin with the year. */
    enum DayOrder {
        DAY_FIRST,
        MONTH_FIRST
    }

    private static final int OLDEST_OF_EPOCH = 1980;
    private static final int NEWEST = 2100;
    private static final String UNREADABLE = "the timestamp is not readable";

    private static final String MONTH = "([A-Za-z]{3})[a-z]{0,6}\\.?";
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})(?!\\d)");
    private static final Pattern CHINESE = Pattern.compile("(\\d{4})\\s*年\\s*(\\d{1,2})\\s*月\\s*(\\d{1,2})\\s*日");
    private static final Pattern YEAR_LAST = Pattern.compile("(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})(?!\\d)");
    private static final Pattern DAY_AND_NAME =
            Pattern.compile("(\\d{1,2})[- /.]?" + MONTH + "[- ,/.]{1,2}(\\d{4}|\\d{2})(?!\\d)");
    private static final Pattern NAME_AND_DAY = Pattern.compile(MONTH + "[- ](\\d{1,2}),?[- ](\\d{4})(?!\\d)");
    private static final Pattern BASIC = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?=[T _,]|$)");
    private static final List<Pattern> DATES =
            List.of(YEAR_FIRST, CHINESE, YEAR_LAST, DAY_AND_NAME, NAME_AND_DAY, BASIC);
    private static final Pattern WEEKDAY = Pattern.compile("(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? +");
    /** As some Chinese programs write the day of the week behind a date. */
    private static final Pattern WEEKDAY_BEHIND = Pattern.compile("(?:[,，\\s]+(?:星期|周)?|星期|周)[一二三四五六日天]$");

    private static final Pattern MIDNIGHT = Pattern.compile("[T ]0?0:00(?::00(?:\\.0+)?)?$");
    private static final Pattern TIME_OF_DAY = Pattern.compile(
            "(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,:](\\d{1,9}))?)?(?:\\s*([AaPp])\\.?[Mm]\\b\\.?)?|(\\d{1,2})-([AaPp])[Mm]|(\\d{2})(\\d{2})(\\d{2})?(?!\\d)");
    private static final Pattern OFFSET =
            Pattern.compile("(?:GMT|UTC)?([+-])(\\d{1,2}):?(\\d{2})?(?:\\s*\\(.*\\))?", Pattern.CASE_INSENSITIVE);

    private static final Pattern DIGITS = Pattern.compile("(\\d+)(?:\\.(\\d+))?");
    private static final Pattern SCIENTIFIC = Pattern.compile("\\d\\.\\d+[eE]\\+?\\d+");

    private static final Pattern DAY_NUMBER = Pattern.compile("[1-6]\\d{4}(?:[.,]\\d+)?");

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /** The abbreviations that mean one offset only; CST and IST, among others, mean several. */
    private static final Map<String, Integer> ABBREVIATIONS = Map.ofEntries(
            Map.entry("Z", 0),
            Map.entry("UTC", 0),
            Map.entry("GMT", 0),
            Map.entry("EST", -5),
            Map.entry("EDT", -4),
            Map.entry("CDT", -5),
            Map.entry("MST", -7),
            Map.entry("MDT", -6),
            Map.entry("PST", -8),
            Map.entry("PDT", -7),
            Map.entry("CET", 1),
            Map.entry("CEST", 2),
            Map.entry("EET", 2),
            Map.entry("EEST", 3),
            Map.entry("MSK", 3),
            Map.entry("HKT", 8),
            Map.entry("SGT", 8),
            Map.entry("JST", 9),
            Map.entry("KST", 9));

    private final ZoneId zone;
    private final @Nullable DayOrder dayOrder;
    private final @Nullable DateTimeFormatter given;
    private final boolean givenHasTime;
    private final boolean compact;

    private Times(
            ZoneId zone,
            @Nullable DayOrder dayOrder,
            @Nullable DateTimeFormatter given,
            boolean givenHasTime,
            boolean compact) {
        this.zone = zone;
        this.dayOrder = dayOrder;
        this.given = given;
        this.givenHasTime = givenHasTime;
        this.compact = compact;
    }

    /** Times in a format that the owner of the file names, as {@link DateTimeFormatter} spells it. */
    static Times inFormat(String pattern, ZoneId zone) {
        // 'y' counts from the year 1 before which there are others, and then needs an era to be strict
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern.replace('y', 'u'))
                .parseDefaulting(ChronoField.NANO_OF_SECOND, 0);
        for (ChronoField field :
                List.of(ChronoField.SECOND_OF_MINUTE, ChronoField.MINUTE_OF_HOUR, ChronoField.HOUR_OF_DAY)) {
            String letter = Map.of(
                            ChronoField.SECOND_OF_MINUTE, "s",
                            ChronoField.MINUTE_OF_HOUR, "m",
                            ChronoField.HOUR_OF_DAY, "[HhKkn]")
                    .getOrDefault(field, "");
            if (!pattern.matches(".*" + letter + ".*")) {
                builder.parseDefaulting(field, 0);
            }
        }
        return new Times(
                zone,
                null,
                builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT),
                pattern.matches(".*[HhKknA].*"),
                false);
    }

    static boolean isDate(String text) {
        String plain = WEEKDAY.matcher(text).replaceFirst("");
        return DATES.stream().anyMatch(date -> date.matcher(plain).lookingAt());
    }

    /** Whether it holds a date and a time of day. */
    static boolean isWhole(String text) {
        return text.matches("\\d{12,19}") || (isDate(text) && text.indexOf(':') > 0 && !isAtMidnight(text));
    }

    static boolean isAtMidnight(String text) {
        return MIDNIGHT.matcher(text).find();
    }

    static boolean isTimeOfDay(String text) {
        return text.indexOf(':') > 0 && TIME_OF_DAY.matcher(text).lookingAt();
    }

    /**
     * Reads a time.
     *
     * @param date the cell of the date, or of date and time together
     * @param time the cell of the time of day, or empty
     * @throws RowFault if it is none
     */
    Instant read(String date, String time) throws RowFault {
        if (date.isEmpty()) {
            throw new RowFault("the timestamp is missing");
        }
        String day = time.isEmpty() ? date : MIDNIGHT.matcher(date).replaceFirst("");
        String text =
                WEEKDAY_BEHIND.matcher(time.isEmpty() ? day : day + " " + time).replaceFirst("");
        try {
            if (given != null) {
                return givenHasTime || time.isEmpty()
                        ? byFormat(given, text)
                        : withTime(LocalDate.from(given.parse(day)), time);
            }
            Matcher digits = DIGITS.matcher(text);
            return digits.matches() ? ofDigits(digits) : ofText(text);
        } catch (DateTimeException | NumberFormatException e) { // its message repeats the text
            throw new RowFault(reasonFor(text));
        }
    }

    private static String reasonFor(String text) {
        return SCIENTIFIC.matcher(text).matches()
                ? "the timestamp has lost digits, as a spreadsheet writes large numbers: export it again with that column "
                        + "formatted as a whole number"
                : DAY_NUMBER.matcher(text).matches()
                        ? "the timestamp is the number of a day, as a spreadsheet keeps it: export it again with that column "
                                + "formatted as a date"
                        : UNREADABLE;
    }

    private Instant byFormat(DateTimeFormatter format, String text) {
        TemporalAccessor parsed = format.parse(text);
        LocalDate date = LocalDate.from(parsed);
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneId written = parsed.query(TemporalQueries.zone());
        return date.atTime(time == null ? LocalTime.MIDNIGHT : time)
                .atZone(written == null ? zone : written)
                .toInstant();
    }

    /** Digits alone: a date, if all of the file may be dates, or the time since the epoch in a unit told by the length. */
    private Instant ofDigits(Matcher text) throws RowFault {
        String digits = text.group(1);
        LocalDateTime asDate = compactDate(digits);
        if (asDate != null && text.group(2) == null && (compact || digits.length() == 8 || digits.length() == 17)) {
            return asDate.atZone(zone).toInstant();
        }
        if (compact) {
            throw new RowFault(UNREADABLE); // no second since 1970 among dates
        }
        long number = Long.parseLong(digits);
        Instant instant = switch (digits.length()) {
            case 9, 10 -> Instant.ofEpochSecond(number).plusNanos(nanos(text.group(2)));
            case 12, 13 -> Instant.ofEpochMilli(number);
            case 15, 16 ->
                Instant.ofEpochSecond(Math.floorDiv(number, 1_000_000L), Math.floorMod(number, 1_000_000L) * 1_000);
            case 18, 19 ->
                Instant.ofEpochSecond(Math.floorDiv(number, 1_000_000_000L), Math.floorMod(number, 1_000_000_000L));
            default -> throw new RowFault(reasonFor(text.group()));
        };
        int year = instant.atOffset(ZoneOffset.UTC).getYear();
        if (year < OLDEST_OF_EPOCH || year > NEWEST) {
            throw new RowFault("the timestamp, taken for one since the epoch, is not between 1980 and 2100");
        }
        return instant;
    }

    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
    }

    /** Digits as yyyyMMdd, yyyyMMddHH, yyyyMMddHHmm, yyyyMMddHHmmss or yyyyMMddHHmmssSSS between 1980 and 2100, or null. */
    private static @Nullable LocalDateTime compactDate(String digits) {
        int length = digits.length();
        if (length != 8 && length != 10 && length != 12 && length != 14 && length != 17) {
            return null;
        }
        try {
            LocalDateTime date = LocalDateTime.of(
                    number(digits, 0, 4),
                    number(digits, 4, 6),
                    number(digits, 6, 8),
                    length > 8 ? number(digits, 8, 10) : 0,
                    length > 10 ? number(digits, 10, 12) : 0,
                    length > 12 ? number(digits, 12, 14) : 0,
                    length > 14 ? number(digits, 14, 17) * 1_000_000 : 0);
            return length > 8 && (date.getYear() < OLDEST_OF_EPOCH || date.getYear() > NEWEST) ? null : date;
        } catch (DateTimeException none) {
            return null;
        }
    }

    private static int number(String digits, int from, int to) {
        return Integer.parseInt(digits.substring(from, to));
    }

    private Instant ofText(String text) throws RowFault {
        String plain = WEEKDAY.matcher(text).replaceFirst("");
        for (Pattern pattern : DATES) {
            Matcher date = pattern.matcher(plain);
            if (date.lookingAt()) {
                return withTime(date(pattern, date), plain.substring(date.end()).strip());
            }
        }
        throw new RowFault(reasonFor(text));
    }

    private LocalDate date(Pattern pattern, Matcher date) throws RowFault {
        if (pattern == YEAR_FIRST) {
            return LocalDate.of(group(date, 1), group(date, 3), group(date, 4));
        }
        if (pattern == CHINESE || pattern == BASIC) {
            return LocalDate.of(group(date, 1), group(date, 2), group(date, 3));
        }
        if (pattern == DAY_AND_NAME) {
            return LocalDate.of(year(date.group(3)), month(date.group(2)), group(date, 1));
        }
        if (pattern == NAME_AND_DAY) {
            return LocalDate.of(group(date, 3), month(date.group(1)), group(date, 2));
        }
        if (dayOrder == null) {
            throw new RowFault("the day and the month of the timestamp cannot be told apart");
        }
        boolean dayFirst = dayOrder == DayOrder.DAY_FIRST;
        return LocalDate.of(year(date.group(4)), group(date, dayFirst ? 3 : 1), group(date, dayFirst ? 1 : 3));
    }

    private static int group(Matcher date, int group) {
        return Integer.parseInt(date.group(group));
    }

    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        return digits.length() == 4 ? year : year < 80 ? 2000 + year : 1900 + year;
    }

    private static int month(String name) throws RowFault {
        int month = MONTHS.indexOf(name.toLowerCase(Locale.ROOT));
        if (month < 0) {
            throw new RowFault(UNREADABLE);
        }
        return month + 1;
    }

    private Instant withTime(LocalDate date, String text) throws RowFault {
        if (date.getYear() > NEWEST || date.getYear() < 1700) {
            throw new RowFault("the year of the timestamp is not between 1700 and 2100");
        }
        String rest = text.startsWith("T") || text.startsWith("t") || text.startsWith("_") || text.startsWith(",")
                ? text.substring(1).strip()
                : text;
        LocalTime time = LocalTime.MIDNIGHT;
        Matcher clock = TIME_OF_DAY.matcher(rest);
        if (clock.lookingAt()) {
            time = time(clock);
            rest = rest.substring(clock.end()).strip();
        } else if (text.length() != rest.length()) {
            throw new RowFault(UNREADABLE); // a T without a time
        } else if (!rest.isEmpty() && !rest.matches("[A-Za-z].*")) {
            throw new RowFault(UNREADABLE);
        }
        return date.atTime(time).atZone(rest.isEmpty() ? zone : zone(rest)).toInstant();
    }

    private static LocalTime time(Matcher clock) {
        if (clock.group(8) != null) {
            int second = clock.group(10) == null ? 0 : group(clock, 10);
            return LocalTime.of(group(clock, 8), group(clock, 9), second);
        }
        boolean isWholeHour = clock.group(6) != null; // 05-PM
        int hour = group(clock, isWholeHour ? 6 : 1);
        String half = clock.group(isWholeHour ? 7 : 5);
        if (half != null) {
            if (hour < 1 || hour > 12) {
                throw new DateTimeException("no hour of a half day");
            }
            hour = hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
        }
        if (isWholeHour) {
            return LocalTime.of(hour, 0);
        }
        return LocalTime.of(hour, group(clock, 2), clock.group(3) == null ? 0 : group(clock, 3), nanos(clock.group(4)));
    }

    private static ZoneId zone(String text) throws RowFault {
        Integer hours = ABBREVIATIONS.get(text.toUpperCase(Locale.ROOT));
        if (hours != null) {
            return ZoneOffset.ofHours(hours);
        }
        Matcher offset = OFFSET.matcher(text);
        if (offset.matches()) {
            int minutes = offset.group(3) == null ? 0 : group(offset, 3);
            int sign = offset.group(1).equals("-") ? -1 : 1;
            return ZoneOffset.ofHoursMinutes(sign * group(offset, 2), sign * minutes);
        }
        if (text.indexOf('/') > 0) {
            return ZoneId.of(text);
        }
        throw new RowFault("the zone of the timestamp is not known, or means several");
    }

    /** Collects, over all rows of a file, what tells how it writes times. */
    static final class Evidence {
        private final ZoneId zone;
        private long rows;
        private long compactDates;
        private long digits;
        private long yearLast;
        private long dotted;
        private long firstAbove12;
        private long secondAbove12;
        private long shortYears;
        private @Nullable String offset;
        private boolean severalOffsets;

        Evidence(ZoneId zone) {
            this.zone = zone;
        }

        void add(String date, String time) {
            if (date.isEmpty()) {
                return;
            }
            rows++;
            Matcher number = DIGITS.matcher(date);
            if (number.matches()) {
                digits++;
                compactDates += number.group(2) == null && compactDate(number.group(1)) != null ? 1 : 0;
                return;
            }
            String plain = WEEKDAY.matcher(date).replaceFirst("");
            Matcher pair = YEAR_LAST.matcher(plain);
            if (!YEAR_FIRST.matcher(plain).lookingAt() && pair.lookingAt()) {
                yearLast++;
                dotted += pair.group(2).equals(".") ? 1 : 0;
                shortYears += pair.group(4).length() == 2 ? 1 : 0;
                firstAbove12 += group(pair, 1) > 12 ? 1 : 0;
                secondAbove12 += group(pair, 3) > 12 ? 1 : 0;
            }
            noteOffset(time.isEmpty() ? plain : time);
        }

        /** Looks behind the time of day only, since a day of the month looks like an offset. */
        private void noteOffset(String text) {
            Matcher found = OFFSET_AT_END.matcher(text);
            if (text.indexOf(':') >= 0 && found.find(text.indexOf(':'))) {
                String written = found.group(1).toUpperCase(Locale.ROOT);
                severalOffsets |= offset != null && !offset.equals(written);
                offset = written;
            }
        }

        /**
         * Decides.
         *
         * @throws RowFault if the file leaves open which number of a date is the day
         */
        Times decide() throws RowFault {
            DayOrder order = null;
            if (shortYears > 0) {
                throw new RowFault(
                        "its years have two digits, which may stand first or last: say it with --date-format, such as "
                                + "dd/MM/yy or yy-MM-dd");
            }
            if (yearLast > 0) {
                if (firstAbove12 > secondAbove12) {
                    order = DayOrder.DAY_FIRST;
                } else if (secondAbove12 > 0) {
                    order = DayOrder.MONTH_FIRST;
                } else if (dotted == yearLast) {
                    order = DayOrder.DAY_FIRST; // who writes dots writes the day first
                } else {
                    throw new RowFault("its dates leave open which number is the day and which the month: say it with "
                            + "--date-format, such as dd/MM/yyyy or \"MM/dd/yyyy HH:mm\"");
                }
            }
            return new Times(zone, order, null, false, isCompact());
        }

        /** More than half of the digits, so that a bad row decides nothing. */
        private boolean isCompact() {
            return digits > 0 && 2 * compactDates > digits;
        }

        /** What is worth telling, in the words of a person. */
        String words() {
            String written = offset == null ? "" : severalOffsets ? "several offsets" : utc(offset);
            if (written.isEmpty() && (digits < rows || isCompact())) {
                written = zone.equals(ZoneOffset.UTC) ? "UTC assumed" : zone.getId();
            }
            return written;
        }

        private static String utc(String offset) {
            String plain = offset.replaceFirst("^(GMT|UTC)(?=[+-])", "");
            if (plain.equals("Z") || plain.matches("[+-]0{1,2}:?(00)?") || plain.equals("GMT")) {
                return "UTC";
            }
            return plain.matches("[+-].*") ? "UTC" + plain.replaceFirst("^([+-])0?(\\d+?):?(?:00)?$", "$1$2") : plain;
        }
    }

    private static final Pattern OFFSET_AT_END = Pattern.compile(
            "(?<=\\d|\\s)(Z|UTC|GMT|(?:GMT|UTC)?[+-]\\d{1,2}(?::?\\d{2})?|[A-Z]{3,4}|[A-Z][A-Za-z]+/[A-Za-z_/]+)(?:\\s*\\(.*\\))?$",
            Pattern.CASE_INSENSITIVE);
}
