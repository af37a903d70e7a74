package io.github.hybridinference.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Maps the stated confidence of a source to its observed hit rate by isotonic regression, which preserves the order of
 * confidences and assumes nothing else. Immutable and thread-safe.
 *
 * <p>Fitted by the pool-adjacent-violators algorithm (Ayer, Brunk, Ewing, Reid and Silverman, 1955). It is implemented
 * here because the maintained Java libraries that offer it have licences that this library cannot impose on its users.
 *
 * @since 0.1.0
 */
public final class ConfidenceCalibration {
    private final double[] from;
    private final double[] shares;

    private ConfidenceCalibration(double[] from, double[] shares) {
        this.from = from;
        this.shares = shares;
    }

    /**
     * The Brier score before and after calibration.
     *
     * @param signals number of signals it was measured on, all later than those it was fitted on
     * @param before with the stated confidences
     * @param after with the calibrated ones
     */
    public record Effect(int signals, double before, double after) {}

    /**
     * Fits a calibration.
     *
     * @param confidences as stated, in [0, 1]
     * @param hits whether each was right; of the same length
     * @return the calibration
     * @throws IllegalArgumentException if there are none, or the lengths differ
     */
    public static ConfidenceCalibration isotonic(double[] confidences, boolean[] hits) {
        int size = confidences.length;
        if (size == 0 || hits.length != size) {
            throw new IllegalArgumentException("confidences and hits must have the same length, at least one");
        }
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> confidences[i]));
        double[] from = new double[size];
        double[] sums = new double[size];
        double[] weights = new double[size];
        int pools = 0;
        for (int i : order) {
            boolean tie = pools > 0 && confidences[i] == from[pools - 1] && weights[pools - 1] > 0;
            from[pools] = confidences[i];
            sums[pools] = hits[i] ? 1 : 0;
            weights[pools] = 1;
            pools++;
            while (pools > 1 && (tie || sums[pools - 2] / weights[pools - 2] >= sums[pools - 1] / weights[pools - 1])) {
                sums[pools - 2] += sums[pools - 1];
                weights[pools - 2] += weights[pools - 1];
                pools--;
                tie = false;
            }
        }
        double[] shares = new double[pools];
        for (int i = 0; i < pools; i++) {
            shares[i] = sums[i] / weights[i];
        }
        return new ConfidenceCalibration(Arrays.copyOf(from, pools), shares);
    }

    /**
     * Calibrates a confidence.
     *
     * @param confidence as stated
     * @return the hit rate of signals with this confidence, in [0, 1]
     */
    public double calibrated(double confidence) {
        int at = Arrays.binarySearch(from, confidence);
        return shares[Math.max(0, at >= 0 ? at : -at - 2)];
    }

    /**
     * Fits on the first half of a source's signals and measures on the second.
     *
     * @param signals those of one source that can be judged, HOLD left out, in the order of time
     * @return the Brier score on the second half, before and after; NaN if there are fewer than four signals
     */
    static Effect effect(List<Decided> signals) {
        int half = signals.size() / 2;
        if (half < 2) {
            return new Effect(0, Double.NaN, Double.NaN);
        }
        double[] confidences = new double[half];
        boolean[] hits = new boolean[half];
        for (int i = 0; i < half; i++) {
            confidences[i] = signals.get(i).answer().signal().confidence();
            hits[i] = SourceEvaluator.isHit(signals.get(i));
        }
        ConfidenceCalibration fitted = isotonic(confidences, hits);
        double before = 0;
        double after = 0;
        List<Decided> rest = signals.subList(half, signals.size());
        for (Decided decided : rest) {
            double stated = decided.answer().signal().confidence();
            before += SourceEvaluator.squaredError(stated, SourceEvaluator.isHit(decided));
            after += SourceEvaluator.squaredError(fitted.calibrated(stated), SourceEvaluator.isHit(decided));
        }
        return new Effect(rest.size(), before / rest.size(), after / rest.size());
    }
}
