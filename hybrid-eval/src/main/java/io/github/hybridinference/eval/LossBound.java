package io.github.hybridinference.eval;

import java.util.Arrays;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * A bound on the share of changes that a router loses, by learn then test (Angelopoulos, Bates, Candès, Jordan, Lei 2021).
 *
 * <p>Thresholds are tested from the lowest on, each at the same level, until one fails: "this threshold loses more than the
 * allowed share of all changes" is to be refuted by the exact binomial test on changes that were held back from fitting, in each
 * quarter of them by itself. Since the order is fixed, the last one that passed holds at the level of one test. It assumes that
 * the changes to come are drawn from the same distribution as those of one of the quarters, or a mixture, independently.
 * Neighbouring bars are not independent, and markets change: the quarters soften that, and do not mend it.
 *
 * @param threshold the probability of a change from which on to ask; near 0 if no threshold passed
 * @param allowed the largest share of changes that may be lost
 * @param level with which probability it holds
 * @param changes how many changes were held back
 * @param lost which share of them the threshold loses
 */
record LossBound(double threshold, double allowed, double level, int changes, double lost) {
    private static final int THRESHOLDS = 200;
    private static final int PARTS = 4;

    /** Asks about everything. */
    private static final double NONE = 1e-9;

    /**
     * Finds the threshold.
     *
     * @param probabilities of the changes that were held back
     * @param weights what each of them stands for; with weights that differ, the test counts as many as have the same variance
     *     (Kish)
     */
    static LossBound of(double[] probabilities, double[] weights, double allowed, double level) {
        double best = NONE;
        for (int step = 1; step < THRESHOLDS; step++) {
            double threshold = (double) step / THRESHOLDS;
            for (int part = 0; part < PARTS; part++) {
                int from = probabilities.length * part / PARTS;
                int to = probabilities.length * (part + 1) / PARTS;
                if (!isRefuted(threshold, probabilities, weights, from, to, allowed, level)) {
                    return new LossBound(
                            best, allowed, level, probabilities.length, lost(best, probabilities, weights));
                }
            }
            best = threshold;
        }
        return new LossBound(best, allowed, level, probabilities.length, lost(best, probabilities, weights));
    }

    private static boolean isRefuted(
            double threshold,
            double[] probabilities,
            double[] weights,
            int from,
            int to,
            double allowed,
            double level) {
        double[] own = Arrays.copyOfRange(weights, from, to);
        double total = Arrays.stream(own).sum();
        double squares = Arrays.stream(own).map(weight -> weight * weight).sum();
        int effective = own.length == 0 ? 0 : (int) (total * total / squares);
        if (effective == 0) {
            return false;
        }
        double lost = lost(threshold, Arrays.copyOfRange(probabilities, from, to), own);
        int lostOfEffective = Math.min(effective, (int) Math.ceil(lost * effective - 1e-9));
        return BinomialTest.withDefaults()
                        .with(AlternativeHypothesis.LESS_THAN)
                        .test(effective, lostOfEffective, allowed)
                        .getPValue()
                <= 1 - level;
    }

    private static double lost(double threshold, double[] probabilities, double[] weights) {
        double lost = 0;
        double total = 0;
        for (int i = 0; i < probabilities.length; i++) {
            lost += probabilities[i] < threshold ? weights[i] : 0;
            total += weights[i];
        }
        return total > 0 ? lost / total : 0;
    }
}
