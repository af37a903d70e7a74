package io.github.hybridinference.examples.bars;

import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.examples.bars.BarFile.Order;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Brings the bars of a file into the order of time. A row whose time lies far from all others, although the rows around it are
 * in order, has a wrong time and is rejected; without that, one row dated 2087 would be the newest bar.
 */
final class RowOrder {
    /** A bar and where it stands. */
    record Numbered(Bar bar, long line) {}

    /** How far a wrong time must be from all others, in usual distances between rows. */
    private static final int FAR = 1_000;

    /** So many rows in a row may have a wrong time, between others and at an end of the file; more are a part of it. */
    private static final int MOST_INSIDE = 10;

    private static final int MOST_AT_AN_END = 2;

    private final RowLog rejected;
    private final List<Bar> bars = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
    private final Order order;
    private long repeated;
    private long contradicted;

    RowOrder(List<Numbered> rows, RowLog rejected) {
        this.rejected = rejected;
        List<Numbered> kept = withoutStrays(rows);
        order = orderOf(kept);
        if (order != Order.OLDEST_FIRST) {
            kept.sort(Comparator.comparing(row -> row.bar().start()));
        }
        kept.forEach(this::add);
    }

    private void add(Numbered row) {
        Bar last = bars.isEmpty() ? null : bars.get(bars.size() - 1);
        if (last == null || row.bar().start().isAfter(last.start())) {
            bars.add(row.bar());
            lines.add(row.line());
        } else if (row.bar().equals(last)) {
            repeated++;
        } else {
            contradicted++;
            rejected.add(row.line(), "another bar has the same timestamp");
        }
    }

    List<Bar> bars() {
        return bars;
    }

    long[] lines() {
        return lines.stream().mapToLong(Long::longValue).toArray();
    }

    Order order() {
        return order;
    }

    long repeated() {
        return repeated;
    }

    /** How many rows have the time of another row and other figures. */
    long contradicted() {
        return contradicted;
    }

    private static Order orderOf(List<Numbered> rows) {
        boolean rises = true;
        boolean falls = true;
        for (int i = 1; i < rows.size(); i++) {
            int step = rows.get(i).bar().start().compareTo(rows.get(i - 1).bar().start());
            rises &= step >= 0;
            falls &= step <= 0;
        }
        return rises ? Order.OLDEST_FIRST : falls ? Order.NEWEST_FIRST : Order.MIXED;
    }

    private List<Numbered> withoutStrays(List<Numbered> rows) {
        long[] seconds = rows.stream()
                .mapToLong(row -> row.bar().start().getEpochSecond())
                .toArray();
        long[] main = largestGroup(seconds, FAR * usualDistance(seconds));
        List<Numbered> kept = new ArrayList<>(rows.size());
        for (int i = 0; i < seconds.length; i++) {
            int end = i;
            while (end < seconds.length && (seconds[end] < main[0] || seconds[end] > main[1])) {
                end++;
            }
            boolean isInside = i > 0 && end < seconds.length;
            if (end > i && end - i <= (isInside ? MOST_INSIDE : MOST_AT_AN_END)) {
                for (int stray = i; stray < end; stray++) {
                    rejected.add(rows.get(stray).line(), "the timestamp is far from those of all other rows");
                }
                i = end;
            } else {
                for (; i < end; i++) {
                    kept.add(rows.get(i));
                }
            }
            if (i < seconds.length) {
                kept.add(rows.get(i));
            }
        }
        return kept;
    }

    /** The first and the last time of the most rows between which no two neighbours are far apart. */
    private static long[] largestGroup(long[] seconds, long far) {
        long[] sorted = seconds.clone();
        Arrays.sort(sorted);
        int best = 0;
        int bestEnd = 0;
        for (int start = 0; start < sorted.length; ) {
            int end = start + 1;
            while (end < sorted.length && sorted[end] - sorted[end - 1] <= far) {
                end++;
            }
            if (end - start > bestEnd - best) {
                best = start;
                bestEnd = end;
            }
            start = end;
        }
        return sorted.length == 0 ? new long[] {0, 0} : new long[] {sorted[best], sorted[bestEnd - 1]};
    }

    private static long usualDistance(long[] seconds) {
        long[] distances = new long[Math.max(0, seconds.length - 1)];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = Math.abs(seconds[i + 1] - seconds[i]);
        }
        Arrays.sort(distances);
        return distances.length == 0 ? 0 : Math.max(distances[distances.length / 2], 1);
    }
}
