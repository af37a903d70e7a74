package io.github.hybridinference.examples.bars;

import io.github.hybridinference.eval.Bar;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far apart the bars of a series are.
 *
 * @param length the length of the bars as their distance tells, or null if it tells none
 * @param gaps how many distances are longer, those left out that are usual in the series, such as nights and weekends
 * @param longestGap the longest of them, zero if there is none
 * @param longestAfter the start of the bar before the longest, or null
 * @param closer how many distances are shorter than the length, so that bars overlap
 */
public record Spacing(
        @Nullable Duration length,
        int gaps,
        Duration longestGap,
        @Nullable Instant longestAfter,
        int closer) {
    private static final double MOST = 0.5;
    private static final double NEARLY_ALL = 0.98;

    /** A distance that makes up this share of all, or stands this often, is usual. */
    private static final double USUAL_SHARE = 0.01;

    private static final int USUAL_COUNT = 3;

    /** In a series with missing minutes two distances of a few bars may follow each other. */
    private static final int SOME = 10;

    private static final List<Duration> SIMPLE = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofDays(1));

    /**
     * Measures.
     *
     * <p>The length is the most common distance, if it is that of most bars or nearly all other distances are multiples of it.
     * Otherwise minutes without a trade are missing, and it is the longest simple unit that nearly all distances are multiples
     * of. A day may have 23 or 25 hours.
     *
     * @param bars in the order of time
     * @return how far apart they are
     */
    public static Spacing of(List<Bar> bars) {
        Map<Duration, Integer> counts = new HashMap<>();
        for (int i = 1; i < bars.size(); i++) {
            counts.merge(distance(bars, i), 1, Integer::sum);
        }
        if (counts.isEmpty()) {
            return new Spacing(null, 0, Duration.ZERO, null, 0);
        }
        Duration length = length(counts, bars.size() - 1);
        int gaps = 0;
        int closer = 0;
        Duration longest = Duration.ZERO;
        Instant after = null;
        for (int i = 1; i < bars.size(); i++) {
            Duration distance = distance(bars, i);
            closer += length != null && distance.compareTo(length) < 0 ? 1 : 0;
            // a night is followed by a bar, not by another night
            boolean isNight =
                    isUsual(counts, distance, bars.size()) && !distance.equals(i > 1 ? distance(bars, i - 1) : null);
            boolean isShort = length != null && distance.compareTo(length.multipliedBy(SOME)) < 0;
            if (length != null
                    && distance.compareTo(length) > 0
                    && !(isNight || (isShort && isUsual(counts, distance, bars.size())))
                    && !isWeekend(bars.get(i - 1).start(), distance)) {
                gaps++;
                if (distance.compareTo(longest) > 0) {
                    longest = distance;
                    after = bars.get(i - 1).start();
                }
            }
        }
        return new Spacing(length, gaps, longest, after, closer);
    }

    private static Duration distance(List<Bar> bars, int at) {
        Duration distance =
                Duration.between(bars.get(at - 1).start(), bars.get(at).start());
        long hours = distance.toHours();
        long days = Math.round(hours / 24.0);
        boolean clockChanged = days > 0 && Math.abs(hours - 24 * days) == 1 && distance.toSeconds() % 3_600 == 0;
        return clockChanged ? Duration.ofDays(days) : distance;
    }

    /** Whether nothing but a Saturday and a Sunday lies between. */
    private static boolean isWeekend(Instant before, Duration distance) {
        DayOfWeek day = before.atOffset(ZoneOffset.UTC).getDayOfWeek();
        return day == DayOfWeek.FRIDAY && distance.compareTo(Duration.ofDays(3)) <= 0 && distance.toDays() >= 2;
    }

    private static boolean isUsual(Map<Duration, Integer> counts, Duration distance, int bars) {
        int count = counts.getOrDefault(distance, 0);
        return count >= USUAL_COUNT && count >= USUAL_SHARE * bars;
    }

    private static @Nullable Duration length(Map<Duration, Integer> counts, int total) {
        // Of two that are equally common the shorter is the bar and the longer the gap.
        Duration common = counts.entrySet().stream()
                .max(Map.Entry.<Duration, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse(Duration.ZERO);
        if (counts.getOrDefault(common, 0) > MOST * total || multiples(counts, common) >= NEARLY_ALL * total) {
            return common;
        }
        return SIMPLE.stream()
                .filter(unit -> multiples(counts, unit) >= NEARLY_ALL * total)
                .max(Comparator.naturalOrder())
                .orElse(counts.size() < total ? common : null);
    }

    private static long multiples(Map<Duration, Integer> counts, Duration unit) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().toMillis() % Math.max(1, unit.toMillis()) == 0)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * Spells a length as a person would.
     *
     * @param length the length
     * @return such as "3 min", "1 h" or "7 d"
     */
    public static String words(Duration length) {
        long seconds = length.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + " d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
