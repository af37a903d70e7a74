package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.Interval;

/**
 * A confidence interval for the mean of bounded observations that is valid after every one of them: the probability
 * that it
 * <em>ever</em> misses the mean is at most 1 − level. An ordinary confidence interval has its coverage only at one
 * look, fixed in advance; looking daily and stopping at a significant result inflates the rate of false positives.
 *
 * <p>It is the predictable plug-in empirical Bernstein sequence of I. Waudby-Smith and A. Ramdas (Estimating Means of
 * Bounded Random Variables by Betting, Journal of the Royal Statistical Society B 86, 2024, theorem 2), a
 * supermartingale argument following S. R. Howard, A. Ramdas, J. McAuliffe and J. Sekhon (Time-uniform, Nonparametric,
 * Nonasymptotic Confidence Sequences, Annals of Statistics 49, 2021). With observations x scaled to [0, 1], running
 * mean μ̂ and variance σ̂² of those before, and α = 1 − level:
 *
 * <pre>
 * λᵢ       = min(½, √(2·ln(2/α) / (σ̂²·i·ln(1 + i))))
 * centre   = Σ λᵢ·xᵢ / Σ λᵢ
 * radius   = (ln(2/α) + Σ (xᵢ − μ̂)²·(−ln(1 − λᵢ) − λᵢ)) / Σ λᵢ
 * </pre>
 *
 * <p><b>Assumptions.</b> The observations lie within the bounds, and each has the same mean given those before it;
 * nothing else is assumed of their distribution. Where that mean drifts, the interval is one for its average weighted
 * by λ. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class ConfidenceSequence {
    private static final double LARGEST_BET = 0.5;

    private final double low;
    private final double high;
    private final double range;
    private final double logTerm;
    private long count;
    private double sum;
    private double squares;
    private double bets;
    private double weighted;
    private double variation;

    private ConfidenceSequence(double low, double high, double level) {
        this.low = low;
        this.high = high;
        this.range = high - low;
        this.logTerm = Math.log(2 / (1 - level));
    }

    /**
     * Starts a sequence.
     *
     * @param low the lower bound of an observation
     * @param high the upper bound of an observation, above {@code low}
     * @param level the confidence level in (0, 1), such as 0.95
     * @return a new sequence without observations
     * @throws IllegalArgumentException if the bounds or the level are out of range
     */
    public static ConfidenceSequence of(double low, double high, double level) {
        if (!(low < high) || Double.isInfinite(high - low)) {
            throw new IllegalArgumentException("the bounds are finite, the lower one below the upper one");
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a level of confidence lies in (0, 1)");
        }
        return new ConfidenceSequence(low, high, level);
    }

    /**
     * Adds an observation.
     *
     * @param observation within the bounds
     * @throws IllegalArgumentException if it is not
     */
    public void add(double observation) {
        double x = (observation - low) / range;
        if (!(x >= 0 && x <= 1)) {
            throw new IllegalArgumentException("an observation lies within the bounds");
        }
        // mean and variance of those before only: that makes the bet predictable, and the promise hold
        double mean = (0.5 + sum) / (count + 1);
        double variance = (0.25 + squares) / (count + 1);
        double i = count + 1;
        double bet = Math.min(LARGEST_BET, Math.sqrt(2 * logTerm / (variance * i * Math.log(1 + i))));
        bets += bet;
        weighted += bet * x;
        variation += (x - mean) * (x - mean) * (-Math.log1p(-bet) - bet);
        count++;
        sum += x;
        double meanNow = (0.5 + sum) / (count + 1);
        squares += (x - meanNow) * (x - meanNow);
    }

    /**
     * Returns the interval so far.
     *
     * @return the centre and the ends, within the bounds; before the first observation no centre and the whole range
     */
    public Interval interval() {
        if (count == 0) {
            return new Interval(Double.NaN, low, high);
        }
        double centre = weighted / bets;
        double radius = (logTerm + variation) / bets;
        return new Interval(scaled(centre), scaled(centre - radius), scaled(centre + radius));
    }

    /** From [0, 1] to the bounds, which rounding would leave by a hair. */
    private double scaled(double unit) {
        return Math.max(low, Math.min(high, low + range * Math.max(0, Math.min(1, unit))));
    }

    /**
     * Returns how many observations there are.
     *
     * @return not negative
     */
    public long count() {
        return count;
    }

    /** The interval and the count. */
    @Override
    public String toString() {
        return "ConfidenceSequence[" + interval() + ", " + count + " observations]";
    }
}
