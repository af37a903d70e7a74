package io.github.hybridinference.examples.service;

import io.github.hybridinference.model.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long the callers of the last minutes waited, in four buckets an octave from a microsecond on. Not thread-safe. */
final class Latencies {
    private static final int PER_OCTAVE = 4;
    private static final int BUCKETS = 28 * PER_OCTAVE; // up to 268 seconds
    private static final int SOURCES = Source.values().length;
    private static final int STEPS = 10;
    private static final double NANOS_PER_US = 1e3;
    private static final double US_PER_MS = 1e3;
    private static final double QUANTILE = 0.99;

    private final long stepMs;
    private final long[] beginnings = new long[STEPS + 1];
    private final int[][][] counts = new int[STEPS + 1][SOURCES][BUCKETS];

    /**
     * A bar of the distribution: one octave.
     *
     * @param toMs its upper end in milliseconds
     * @param requests the answers in it, by source in the order of {@link Source}
     */
    record Bar(double toMs, List<Long> requests) {}

    Latencies(Duration length) {
        this.stepMs = length.toMillis() / STEPS;
        Arrays.fill(beginnings, Long.MIN_VALUE);
    }

    void add(long now, Source source, long nanos) {
        long beginning = now - Math.floorMod(now, stepMs);
        int slot = (int) Math.floorMod(beginning / stepMs, STEPS + 1L);
        if (beginnings[slot] < beginning) {
            beginnings[slot] = beginning;
            for (int[] ofSource : counts[slot]) {
                Arrays.fill(ofSource, 0);
            }
        }
        counts[slot][source.ordinal()][bucket(nanos)]++;
    }

    private static int bucket(long nanos) {
        double octaves = Math.log(Math.max(1, nanos / NANOS_PER_US)) / Math.log(2);
        return Math.min(BUCKETS - 1, (int) (octaves * PER_OCTAVE));
    }

    private static double upperMs(int bucket) {
        return Math.pow(2, (bucket + 1) / (double) PER_OCTAVE) / US_PER_MS;
    }

    /** Null without an answer; at most a fifth too high. */
    @Nullable Double p99Ms(long now) {
        long[][] sums = sums(now);
        long all = Arrays.stream(sums).flatMapToLong(Arrays::stream).sum();
        long above = (long) (all * (1 - QUANTILE));
        for (int bucket = BUCKETS - 1; bucket >= 0; bucket--) {
            for (long[] ofSource : sums) {
                above -= ofSource[bucket];
            }
            if (above < 0) {
                return upperMs(bucket);
            }
        }
        return null;
    }

    /** The octaves from the first to the last that has answers. */
    List<Bar> bars(long now) {
        long[][] sums = sums(now);
        List<Bar> bars = new ArrayList<>();
        int filled = 0;
        for (int octave = 0; octave < BUCKETS / PER_OCTAVE; octave++) {
            long[] requests = new long[SOURCES];
            for (int bucket = octave * PER_OCTAVE; bucket < (octave + 1) * PER_OCTAVE; bucket++) {
                for (int source = 0; source < SOURCES; source++) {
                    requests[source] += sums[source][bucket];
                }
            }
            boolean isEmpty = Arrays.stream(requests).sum() == 0;
            if (!isEmpty || !bars.isEmpty()) {
                bars.add(new Bar(
                        upperMs((octave + 1) * PER_OCTAVE - 1),
                        Arrays.stream(requests).boxed().toList()));
            }
            if (!isEmpty) {
                filled = bars.size();
            }
        }
        return List.copyOf(bars.subList(0, filled));
    }

    private long[][] sums(long now) {
        long[][] sums = new long[SOURCES][BUCKETS];
        for (int slot = 0; slot <= STEPS; slot++) {
            if (beginnings[slot] > now - (STEPS + 1) * stepMs && beginnings[slot] <= now) {
                for (int source = 0; source < SOURCES; source++) {
                    for (int bucket = 0; bucket < BUCKETS; bucket++) {
                        sums[source][bucket] += counts[slot][source][bucket];
                    }
                }
            }
        }
        return sums;
    }
}
