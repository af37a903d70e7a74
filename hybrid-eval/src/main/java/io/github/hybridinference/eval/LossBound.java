package io.github.hybridinference.eval;

import java.util.Arrays;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * A bound on the share of changes that a router loses, by learn then test (Angelopoulos, Bates, Candès, Jordan, Lei 2021).
 *
 * <p>Thresholds are tested from the lowest on, each at the same level, until one fails: "this threshold loses more than the
 * allowed share of all changes" is to be refuted by the exact binomial test on changes that were held back from fitting. Since
 * the order is fixed, the last one that passed holds at the level of one test. It assumes that the changes held back and those to
 * come are drawn from the same distribution, independently; neighbouring bars are not independent, and markets change.
 *
 * @param threshold the probability of a change from which on to ask; near 0 if no threshold passed
 * @param allowed the largest share of changes that may be lost
 * @param level with which probability it holds
 * @param changes how many changes were held back
 * @param lost which share of them the threshold loses
 */
record LossBound(double threshold, double allowed, double level, int changes, double lost) {
    private static final int THRESHOLDS = 200;

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
        double total = Arrays.stream(weights).sum();
        double squares = Arrays.stream(weights).map(weight -> weight * weight).sum();
        int effective = probabilities.length == 0 ? 0 : (int) (total * total / squares);
        double best = NONE;
        double bestLost = 0;
        BinomialTest test = BinomialTest.withDefaults().with(AlternativeHypothesis.LESS_THAN);
        for (int step = 1; step < THRESHOLDS && effective > 0; step++) {
            double threshold = (double) step / THRESHOLDS;
            double lost = 0;
            for (int i = 0; i < probabilities.length; i++) {
                lost += probabilities[i] < threshold ? weights[i] : 0;
            }
            int lostOfEffective = (int) Math.ceil(lost / total * effective - 1e-9);
            if (test.test(effective, Math.min(effective, lostOfEffective), allowed).getPValue() > 1 - level) {
                break;
            }
            best = threshold;
            bestLost = lost / total;
        }
        return new LossBound(best, allowed, level, probabilities.length, bestLost);
    }
}
