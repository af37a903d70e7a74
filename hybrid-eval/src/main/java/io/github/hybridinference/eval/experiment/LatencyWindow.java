package io.github.hybridinference.eval.experiment;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Quantile;

/** The last latencies, a few thousand at most. Not thread-safe. */
final class LatencyWindow {
    private static final int KEPT = 4_096;

    private double[] nanos = new double[64];
    private long count;

    void add(long latencyNanos) {
        if (count == nanos.length && nanos.length < KEPT) {
            nanos = Arrays.copyOf(nanos, 2 * nanos.length);
        }
        nanos[(int) (count++ % nanos.length)] = latencyNanos;
    }

    /** The latency that the given share of them does not exceed; NaN without any. */
    double quantile(double share) {
        double[] kept = Arrays.copyOf(nanos, (int) Math.min(count, nanos.length));
        return Quantile.withDefaults().evaluate(kept, share);
    }
}
