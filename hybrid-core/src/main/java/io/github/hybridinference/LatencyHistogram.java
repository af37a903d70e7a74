package io.github.hybridinference;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts durations in buckets of about 3 % width, from many threads at once.
 *
 * <p>Logarithmic in powers of two with 32 linear steps each, as in HdrHistogram (G. Tene). A thread adds to one of a few
 * stripes by its id, one atomic add and no allocation, so that threads seldom meet.
 */
final class LatencyHistogram {
    private static final int STEPS_LOG2 = 5;
    private static final int STEPS = 1 << STEPS_LOG2;
    private static final int MAX_LOG2 = 40; // about 18 minutes
    private static final int BUCKETS = (MAX_LOG2 - STEPS_LOG2 + 1) * STEPS;

    private final AtomicLongArray[] stripes;

    LatencyHistogram(int stripeCount) {
        if (Integer.bitCount(stripeCount) != 1) {
            throw new IllegalArgumentException("the number of stripes is a power of two");
        }
        stripes = new AtomicLongArray[stripeCount];
        for (int i = 0; i < stripeCount; i++) {
            stripes[i] = new AtomicLongArray(BUCKETS);
        }
    }

    void record(long nanos) {
        int stripe = (int) Thread.currentThread().getId() & (stripes.length - 1);
        stripes[stripe].getAndIncrement(bucketOf(nanos));
    }

    long count() {
        long count = 0;
        for (AtomicLongArray stripe : stripes) {
            for (int i = 0; i < BUCKETS; i++) {
                count += stripe.get(i);
            }
        }
        return count;
    }

    EngineStats.Latency summary() {
        long[] counts = new long[BUCKETS];
        long total = 0;
        int highest = 0;
        for (AtomicLongArray stripe : stripes) {
            for (int i = 0; i < BUCKETS; i++) {
                long here = stripe.get(i);
                counts[i] += here;
                total += here;
                highest = here > 0 ? Math.max(highest, i) : highest;
            }
        }
        return total == 0
                ? new EngineStats.Latency(0, 0, 0, 0)
                : new EngineStats.Latency(
                        total, percentile(counts, total, 0.50), percentile(counts, total, 0.99), middleOf(highest));
    }

    private static long percentile(long[] counts, long total, double share) {
        long wanted = (long) Math.ceil(total * share);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return middleOf(i);
            }
        }
        throw new AssertionError("the counts add up to the total");
    }

    static int bucketOf(long nanos) {
        if (nanos < STEPS) {
            return (int) Math.max(0, nanos);
        }
        int log2 = Math.min(MAX_LOG2 - 1, 63 - Long.numberOfLeadingZeros(nanos));
        long step = Math.min(STEPS - 1L, (nanos >>> (log2 - STEPS_LOG2)) - STEPS);
        return (log2 - STEPS_LOG2 + 1) * STEPS + (int) step;
    }

    static long middleOf(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int shift = bucket / STEPS - 1;
        long low = (long) (STEPS + bucket % STEPS) << shift;
        return low + (1L << shift) / 2;
    }
}
