package io.github.hybridinference.eval;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean of a figure over all scenarios, from those that chance made known: each counts for one over its probability, and the
 * sum is divided by the sum of these weights (Hájek 1971).
 *
 * <p>The interval is that of a ratio, linearised (Taylor), with neighbouring bars taken together in blocks, since they share their
 * outcome. A few explored scenarios with weights of 50 can carry most of the variance; so the quantile is Student's, with as many
 * degrees of freedom as the blocks have by the fourth moment of their shares (Satterthwaite 1946).
 */
final class InversePropensity {
    private static final double UPPER = 0.975;

    private final int block;

    /** With blocks of so many bars. */
    InversePropensity(int block) {
        this.block = block;
    }

    /**
     * Estimates.
     *
     * @param bars where each figure stands, ascending
     * @param figures the figures
     * @param weights one over the probability that each is known
     * @return NONE without figures; without an interval if one block holds them all
     */
    Interval mean(int[] bars, double[] figures, double[] weights) {
        double total = 0;
        double sum = 0;
        for (int i = 0; i < figures.length; i++) {
            total += weights[i];
            sum += weights[i] * figures[i];
        }
        if (!(total > 0)) {
            return Interval.NONE;
        }
        double mean = sum / total;
        double squares = 0;
        double fourths = 0;
        double inBlock = 0;
        int blocks = 0;
        for (int i = 0; i < figures.length; i++) {
            inBlock += weights[i] * (figures[i] - mean);
            if (i + 1 == figures.length || bars[i + 1] / block != bars[i] / block) {
                squares += inBlock * inBlock;
                fourths += Math.pow(inBlock, 4);
                inBlock = 0;
                blocks++;
            }
        }
        if (blocks < 2 || !(fourths > 0)) {
            return new Interval(mean, Double.NaN, Double.NaN);
        }
        double freedom = Math.max(1, Math.min(blocks - 1, 3 * squares * squares / fourths - 1));
        double error = Math.sqrt(squares * blocks / (blocks - 1)) / total;
        double reach = TDistribution.of(freedom).inverseCumulativeProbability(UPPER) * error;
        return new Interval(mean, mean - reach, mean + reach);
    }
}
