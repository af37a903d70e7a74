package io.github.hybridinference.eval;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How much of the best of several set-ups is the choice of the best. Immutable and thread-safe.
 *
 * <p><b>Deflated Sharpe ratio</b> (Bailey and López de Prado, The Deflated Sharpe Ratio: Correcting for Selection Bias, Backtest
 * Overfitting and Non-Normality, Journal of Portfolio Management 40 (5), 2014): the probability that the true Sharpe ratio of a
 * set-up is above zero although it was chosen among <i>N</i>,
 *
 * <pre>
 * DSR = Φ( (SR − SR₀) √(T − 1) / √(1 − γ₃ SR + (γ₄ − 1)/4 · SR²) )
 * SR₀ = √V · ( (1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e)) )
 * </pre>
 *
 * with SR the Sharpe ratio of <i>T</i> returns, not annualised, γ₃ and γ₄ their skewness and kurtosis, V the variance of the Sharpe
 * ratios of the <i>N</i> set-ups and γ the constant of Euler and Mascheroni. SR₀ is about the highest Sharpe ratio that <i>N</i>
 * set-ups without an edge reach.
 *
 * <p><b>Probability of back-test overfitting</b> (Bailey, Borwein, López de Prado and Zhu, The Probability of Backtest Overfitting,
 * Journal of Computational Finance 20 (4), 2017), by combinatorially symmetric cross-validation: for each way to take half of the
 * {@value Trial#BLOCKS} stretches, the set-up that is best on it is ranked among all on the other half. With its rank <i>r</i> from
 * below (the mean rank among equals), ω = r/(N + 1) and λ = ln(ω/(1 − ω)), it is the share of the ways with λ ≤ 0: those in which
 * the chosen one is not above the median.
 *
 * @param trials the set-ups that were looked at on the same bars
 * @param evaluated the one that this report is about, among them
 * @param elsewhere how many trials of other bars the file holds
 * @since 0.1.0
 */
public record SelectionBias(List<Trial> trials, Trial evaluated, int elsewhere) {
    /** From which deflated Sharpe ratio on a set-up is said to show an edge. */
    public static final double LEVEL = 0.95;

    private static final double EULER_MASCHERONI = 0.577_215_664_901_532_9;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Enough for a Sharpe ratio of each half. */
    private static final int FEWEST_RETURNS = 4 * Trial.BLOCKS;

    /**
     * Copies the list.
     *
     * @param trials on the same bars
     * @param evaluated the one that the report is about
     * @param elsewhere the number of others
     */
    public SelectionBias {
        trials = List.copyOf(trials);
        if (!trials.contains(evaluated)) {
            throw new IllegalArgumentException("the set-up that was evaluated is not among the trials");
        }
    }

    /**
     * Keeps the trials of the same bars.
     *
     * @param all the trials of a file
     * @param evaluated one of them
     * @return the set-ups that compete with it
     */
    public static SelectionBias of(List<Trial> all, Trial evaluated) {
        List<Trial> same = all.stream()
                .filter(trial -> trial.bars().equals(evaluated.bars()))
                .toList();
        return new SelectionBias(same, evaluated, all.size() - same.size());
    }

    /**
     * Returns the set-up with the highest Sharpe ratio.
     *
     * @return the first recorded among equals
     */
    public Trial best() {
        return trials.stream()
                .sorted(Comparator.comparingDouble(Trial::sharpe).reversed())
                .findFirst()
                .orElseThrow();
    }

    /**
     * Returns about the highest Sharpe ratio that as many set-ups reach without an edge.
     *
     * @return SR₀, not annualised; 0 for a single set-up
     */
    public double expectedBestOfNone() {
        int n = trials.size();
        if (n < 2) {
            return 0;
        }
        double mean = trials.stream().mapToDouble(Trial::sharpe).average().orElseThrow();
        double variance = trials.stream()
                        .mapToDouble(trial -> (trial.sharpe() - mean) * (trial.sharpe() - mean))
                        .sum()
                / (n - 1);
        return expectedMaximum(n, variance);
    }

    static double expectedMaximum(int trials, double variance) {
        return Math.sqrt(variance)
                * ((1 - EULER_MASCHERONI) * NORMAL.inverseCumulativeProbability(1 - 1.0 / trials)
                        + EULER_MASCHERONI * NORMAL.inverseCumulativeProbability(1 - 1 / (trials * Math.E)));
    }

    /**
     * Returns the deflated Sharpe ratio of a set-up.
     *
     * @param trial one of these trials
     * @return a probability; NaN if its moments are those of no distribution, as of very few returns
     */
    public double deflatedSharpe(Trial trial) {
        return probabilityAbove(
                expectedBestOfNone(), trial.sharpe(), trial.returns(), trial.skewness(), trial.kurtosis());
    }

    /** The probability that the true Sharpe ratio is above a benchmark: the probabilistic Sharpe ratio. */
    static double probabilityAbove(double benchmark, double sharpe, int returns, double skewness, double kurtosis) {
        double spread = 1 - skewness * sharpe + (kurtosis - 1) / 4 * sharpe * sharpe;
        return spread > 0 && returns > 1
                ? NORMAL.cumulativeProbability((sharpe - benchmark) * Math.sqrt(returns - 1.0) / Math.sqrt(spread))
                : Double.NaN;
    }

    /**
     * Returns whether the best set-up shows an edge although it is the best of several.
     *
     * @return whether its deflated Sharpe ratio is at least {@value #LEVEL}
     */
    public boolean bestShowsAnEdge() {
        return deflatedSharpe(best()) >= LEVEL;
    }

    /**
     * Returns the probability of back-test overfitting.
     *
     * @return in [0, 1]; NaN for a single set-up and for too few returns
     */
    public double overfittingProbability() {
        if (trials.size() < 2 || evaluated.returns() < FEWEST_RETURNS) {
            return Double.NaN;
        }
        int ways = 0;
        int overfitted = 0;
        double[] inside = new double[trials.size()];
        double[] outside = new double[trials.size()];
        for (int half = 0; half < 1 << Trial.BLOCKS; half++) {
            if (Integer.bitCount(half) == Trial.BLOCKS / 2) {
                for (int i = 0; i < inside.length; i++) {
                    inside[i] = sharpe(trials.get(i), half);
                    outside[i] = sharpe(trials.get(i), ~half);
                }
                ways++;
                overfitted += 2 * rank(outside, best(inside)) <= trials.size() + 1 ? 1 : 0;
            }
        }
        return (double) overfitted / ways;
    }

    private static double sharpe(Trial trial, int half) {
        int count = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < Trial.BLOCKS; i++) {
            if ((half >> i & 1) == 1) {
                Trial.Block block = trial.blocks().get(i);
                count += block.count();
                sum += block.sum();
                squares += block.squares();
            }
        }
        double sharpe = Portfolio.sharpe(sum, squares, count);
        return Double.isNaN(sharpe) ? 0 : sharpe;
    }

    private static int best(double[] values) {
        return IntStream.range(0, values.length)
                .reduce((a, b) -> values[b] > values[a] ? b : a)
                .orElseThrow();
    }

    /** From 1 for the lowest; the mean rank among equals. */
    private static double rank(double[] values, int index) {
        int below = 0;
        int equal = 0;
        for (double value : values) {
            below += value < values[index] ? 1 : 0;
            equal += value == values[index] ? 1 : 0;
        }
        return below + (equal + 1) / 2.0;
    }
}
