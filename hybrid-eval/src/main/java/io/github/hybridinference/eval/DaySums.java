package io.github.hybridinference.eval;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Sums by calendar day (UTC), in columns. Those of several series are added day by day, and intervals are drawn from blocks of days
 * with all series on them: what falls together counts together. Not thread-safe.
 */
final class DaySums {
    private static final long DAY_MS = 86_400_000;

    private final int columns;
    private final SortedMap<Long, double[]> days = new TreeMap<>();

    /** The row that was added to last, which mostly is the next one too. */
    private long lastDay = Long.MIN_VALUE;

    private double[] last = {};

    DaySums(int columns) {
        this.columns = columns;
    }

    static int daysOf(long durationMs) {
        return Math.max(1, (int) Math.ceil((double) durationMs / DAY_MS));
    }

    static long day(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), DAY_MS);
    }

    void add(Instant time, int column, double value) {
        at(day(time))[column] += value;
    }

    /** Adds those of another series. Sums of doubles depend on the order of the series in their last bits. */
    void add(DaySums other) {
        other.days.forEach((day, values) -> {
            double[] own = at(day);
            for (int column = 0; column < columns; column++) {
                own[column] += values[column];
            }
        });
    }

    private double[] at(long day) {
        if (day != lastDay) {
            last = days.computeIfAbsent(day, unused -> new double[columns]);
            lastDay = day;
        }
        return last;
    }

    double sum(int column) {
        return days.values().stream().mapToDouble(values -> values[column]).sum();
    }

    /** Each day from the first to the last, those without anything included. */
    double[] column(int column) {
        if (days.isEmpty()) {
            return new double[1];
        }
        double[] all = new double[(int) (days.lastKey() - days.firstKey() + 1)];
        days.forEach((day, values) -> all[(int) (day - days.firstKey())] = values[column]);
        return all;
    }

    /** The first day, from 1970 on; 0 without any. */
    long firstDay() {
        return days.isEmpty() ? 0 : days.firstKey();
    }

    /** Mean of a column by another that counts. */
    Interval mean(int valued, int counted, int horizonDays) {
        return interval(
                sums -> sums[1] > 0.5 ? sums[0] / sums[1] : Double.NaN, horizonDays, column(valued), column(counted));
    }

    /** With blocks at least twice as long as the days over which neighbours share their outcome. */
    static Interval interval(ToDoubleFunction<double[]> statistic, int horizonDays, double[]... daily) {
        return new BlockBootstrap(daily[0].length, horizonDays).of(statistic, daily);
    }

    /** All sums, to the last bit. */
    void update(MessageDigest digest) {
        ByteBuffer row = ByteBuffer.allocate(Long.BYTES + columns * Double.BYTES);
        days.forEach((day, values) -> {
            row.clear();
            row.putLong(day);
            for (double value : values) {
                row.putDouble(value);
            }
            digest.update(row.array());
        });
    }
}
