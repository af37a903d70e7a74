package io.github.hybridinference.eval;

import io.github.hybridinference.model.ConfidenceTable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
    /** A pool of fewer signals joins its neighbour: a share of three of three is not a certainty. */
    private static final int SMALLEST_POOL = 30;

    private static final double SHARE_STEPS = 10_000;

    private final double[] from;
    private final double[] shares;

    private ConfidenceCalibration(double[] from, double[] shares) {
        this.from = from;
        this.shares = shares;
    }

    /**
     * What the stated confidence is worth, all of it measured on the same later signals. The calibration and the hit rate were
     * fitted on earlier ones.
     *
     * @param signals number of signals it was measured on
     * @param before the Brier score of the stated confidences; NaN without signals
     * @param after that of the calibrated ones
     * @param baseRate that of always stating the hit rate of the earlier signals
     * @param gain {@code baseRate} less {@code after}, with its interval
     * @param table fitted on all signals, for an engine; empty without signals
     */
    public record Effect(
            int signals, double before, double after, double baseRate, Interval gain, Optional<ConfidenceTable> table) {
        /**
         * Returns by which share the stated confidence has a lower Brier score than the base rate.
         *
         * @return at most 1, negative if it misleads; NaN without signals
         */
        public double skill() {
            return 1 - before / baseRate;
        }

        /**
         * Returns whether the confidence, once calibrated, was shown to say more than the base rate.
         *
         * @return false if the interval of the gain reaches 0: the confidence carries no information that would show
         */
        public boolean carriesInformation() {
            return gain.low() > 0;
        }
    }

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
        return new Pools(from, sums, weights, pools).merged();
    }

    /** The pools that the algorithm left, ascending. */
    private static final class Pools {
        private final double[] from;
        private final double[] sums;
        private final double[] weights;
        private final int count;

        Pools(double[] from, double[] sums, double[] weights, int count) {
            this.from = from;
            this.sums = sums;
            this.weights = weights;
            this.count = count;
        }

        ConfidenceCalibration merged() {
            int left = count;
            for (int smallest = smallest(left); left > 1 && weights[smallest] < SMALLEST_POOL; ) {
                boolean down = smallest == left - 1
                        || (smallest > 0
                                && share(smallest) - share(smallest - 1) < share(smallest + 1) - share(smallest));
                int into = down ? smallest - 1 : smallest;
                sums[into] += sums[into + 1];
                weights[into] += weights[into + 1];
                for (int i = into + 1; i + 1 < left; i++) {
                    from[i] = from[i + 1];
                    sums[i] = sums[i + 1];
                    weights[i] = weights[i + 1];
                }
                left--;
                smallest = smallest(left);
            }
            double[] shares = new double[left];
            for (int i = 0; i < left; i++) {
                // one right and one wrong added, so that none is certain (Laplace)
                shares[i] = Math.max(i == 0 ? 0 : shares[i - 1], (sums[i] + 1) / (weights[i] + 2));
            }
            return new ConfidenceCalibration(Arrays.copyOf(from, left), shares);
        }

        private double share(int pool) {
            return sums[pool] / weights[pool];
        }

        private int smallest(int left) {
            int smallest = 0;
            for (int i = 1; i < left; i++) {
                smallest = weights[i] < weights[smallest] ? i : smallest;
            }
            return smallest;
        }
    }

    /**
     * Calibrates a confidence.
     *
     * @param confidence as stated
     * @return the hit rate of signals with about this confidence, above 0 and below 1
     */
    public double calibrated(double confidence) {
        int at = Arrays.binarySearch(from, confidence);
        return shares[Math.max(0, at >= 0 ? at : -at - 2)];
    }

    /**
     * Returns the calibration as a table for {@code InferenceEngine.builder().confidenceCalibration}.
     *
     * @return its steps, the hit rates to four digits
     */
    public ConfidenceTable table() {
        return ConfidenceTable.of(
                from,
                Arrays.stream(shares)
                        .map(share -> Math.round(share * SHARE_STEPS) / SHARE_STEPS)
                        .map(share -> Math.max(1 / SHARE_STEPS, Math.min(1 - 1 / SHARE_STEPS, share)))
                        .toArray());
    }

    /**
     * Fits on the first half of a source's signals and measures on the second, without those of the second whose outcome
     * overlaps the first.
     *
     * @param signals those of one source that can be judged, HOLD left out, in the order of time
     * @param horizonBars over how many bars each is judged
     * @return all NaN if there are fewer than four signals
     */
    static Effect effect(List<Decided> signals, int horizonBars) {
        int half = signals.size() / 2;
        if (half < 2) {
            return new Effect(0, Double.NaN, Double.NaN, Double.NaN, Interval.NONE, Optional.empty());
        }
        List<Decided> earlier = signals.subList(0, half);
        int free = earlier.get(half - 1).bar() + horizonBars;
        List<Decided> later = signals.subList(half, signals.size()).stream()
                .filter(decided -> decided.bar() >= free)
                .toList();
        Optional<ConfidenceTable> table = Optional.of(fitted(signals).table());
        if (later.isEmpty()) {
            return new Effect(0, Double.NaN, Double.NaN, Double.NaN, Interval.NONE, table);
        }
        ConfidenceCalibration fitted = fitted(earlier);
        double hitRate =
                (double) earlier.stream().filter(SourceEvaluator::isHit).count() / half;
        double[] gains = new double[later.size()];
        double before = 0;
        double after = 0;
        double base = 0;
        for (int i = 0; i < gains.length; i++) {
            double stated = later.get(i).answer().signal().confidence();
            boolean hit = SourceEvaluator.isHit(later.get(i));
            double calibrated = SourceEvaluator.squaredError(fitted.calibrated(stated), hit);
            double guessed = SourceEvaluator.squaredError(hitRate, hit);
            before += SourceEvaluator.squaredError(stated, hit);
            after += calibrated;
            base += guessed;
            gains[i] = guessed - calibrated;
        }
        int size = gains.length;
        Interval gain = new BlockBootstrap(size, horizonBars).of(sums -> sums[0] / sums[1], gains);
        return new Effect(size, before / size, after / size, base / size, gain, table);
    }

    private static ConfidenceCalibration fitted(List<Decided> signals) {
        double[] confidences = signals.stream()
                .mapToDouble(decided -> decided.answer().signal().confidence())
                .toArray();
        boolean[] hits = new boolean[confidences.length];
        for (int i = 0; i < hits.length; i++) {
            hits[i] = SourceEvaluator.isHit(signals.get(i));
        }
        return isotonic(confidences, hits);
    }
}
