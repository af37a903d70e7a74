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

    private final RowLog rejected;
    private final List<Bar> bars = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
    private final Order order;
    private long repeated;

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
        long[] sorted = seconds.clone();
        Arrays.sort(sorted);
        long far = FAR * usualDistance(seconds);
        List<Numbered> kept = new ArrayList<>(rows.size());
        for (int i = 0; i < seconds.length; i++) {
            if (isOut(seconds, i) && isAlone(sorted, seconds[i], far)) {
                rejected.add(rows.get(i).line(), "the timestamp is far from those of all other rows");
            } else {
                kept.add(rows.get(i));
            }
        }
        return kept;
    }

    private static long usualDistance(long[] seconds) {
        long[] distances = new long[Math.max(0, seconds.length - 1)];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = Math.abs(seconds[i + 1] - seconds[i]);
        }
        Arrays.sort(distances);
        return distances.length == 0 ? 0 : Math.max(distances[distances.length / 2], 1);
    }

    /** Whether a row is not between its neighbours, while those are near each other. */
    private static boolean isOut(long[] seconds, int at) {
        if (seconds.length < 4) {
            return false;
        }
        long before = at == 0 ? seconds[2] : seconds[at - 1];
        long after = at == seconds.length - 1 ? seconds[seconds.length - 3] : seconds[at + 1];
        return seconds[at] < Math.min(before, after) || seconds[at] > Math.max(before, after);
    }

    private static boolean isAlone(long[] sorted, long second, long far) {
        int at = Arrays.binarySearch(sorted, second);
        boolean farBelow = at == 0 || second - sorted[at - 1] > far;
        boolean farAbove = at == sorted.length - 1 || sorted[at + 1] - second > far;
        return farBelow && farAbove;
    }
}
