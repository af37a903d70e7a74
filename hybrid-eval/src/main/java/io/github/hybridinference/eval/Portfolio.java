package io.github.hybridinference.eval;

import java.util.Arrays;
import java.util.List;

/**
 * The performance of following signals. Each signal is held for the horizon with an equal part of the capital, from
 * the open of the bar after it, so the position is always the mean of the last signals (the overlapping
 * portfolios of Jegadeesh and Titman, 1993). Each change of the position is charged its cost.
 */
final class Portfolio {
    private static final int FEWEST_RETURNS = 20;

    private final double[] returns;
    private final double[] equity;
    private final double[] traded;
    private final double barsPerYear;

    private Portfolio(double[] returns, double[] equity, double[] traded, double barsPerYear) {
        this.returns = returns;
        this.equity = equity;
        this.traded = traded;
        this.barsPerYear = barsPerYear;
    }

    /** Follows one side a bar, each of -1, 0 and 1. */
    static Portfolio following(int[] sides, History history, int horizonBars, double costBps) {
        double[] positions = new double[history.size() - 1];
        int sum = 0;
        for (int bar = 1; bar < positions.length; bar++) {
            sum += sides[bar - 1] - (bar - 1 >= horizonBars ? sides[bar - 1 - horizonBars] : 0);
            positions[bar] = (double) sum / horizonBars;
        }
        return held(positions, history, costBps);
    }

    /** Buys at the first open that a signal could have been filled at, and keeps it. */
    static Portfolio bought(History history, double costBps) {
        double[] positions = new double[history.size() - 1];
        for (int bar = 1; bar < positions.length; bar++) {
            positions[bar] = 1;
        }
        return held(positions, history, costBps);
    }

    private static Portfolio held(double[] positions, History history, double costBps) {
        List<Bar> bars = history.bars();
        double[] returns = new double[positions.length];
        double[] equity = new double[positions.length];
        double[] traded = new double[positions.length];
        double worth = 1;
        for (int bar = 0; bar < positions.length; bar++) {
            double change = Math.abs(positions[bar] - (bar == 0 ? 0 : positions[bar - 1]));
            double from = bars.get(bar).open();
            // a share of the capital cannot be put into something that costs nothing or less
            double move = from > 0 ? bars.get(bar + 1).open() / from - 1 : 0;
            returns[bar] = Math.max(-1, positions[bar] * move - change * costBps / 10_000);
            worth *= 1 + returns[bar];
            equity[bar] = worth;
            traded[bar] = change;
        }
        return new Portfolio(returns, equity, traded, history.barsPerYear());
    }

    PortfolioFigures figures(int horizonBars) {
        double[] ones = new double[returns.length];
        Arrays.fill(ones, 1);
        return figures(
                returns, ones, barsPerYear, horizonBars, Arrays.stream(traded).sum() / returns.length);
    }

    /**
     * The figures of returns.
     *
     * @param returns one for each bar or day
     * @param counted 1 where there is one, 0 where the market was closed
     * @param perYear how many count in a year
     * @param horizon over how many of them a signal is judged
     * @param traded the amount traded at one of them, on average
     */
    static PortfolioFigures figures(double[] returns, double[] counted, double perYear, int horizon, double traded) {
        BlockBootstrap bootstrap = new BlockBootstrap(returns.length, horizon);
        double[] squares = new double[returns.length];
        double[] losses = new double[returns.length];
        double worth = 1;
        double peak = 1;
        double deepest = 0;
        for (int i = 0; i < returns.length; i++) {
            squares[i] = returns[i] * returns[i];
            losses[i] = returns[i] < 0 ? squares[i] : 0;
            worth *= 1 + returns[i];
            peak = Math.max(peak, worth);
            deepest = Math.max(deepest, 1 - worth / peak);
        }
        double year = Math.sqrt(perYear);
        return new PortfolioFigures(
                worth - 1,
                bootstrap.of(sums -> sharpe(sums[0], sums[1], sums[2]) * year, returns, squares, counted),
                bootstrap.of(sums -> ratio(sums[0], sums[1] / sums[2], sums[2]) * year, returns, losses, counted),
                deepest,
                traded * perYear);
    }

    /** Mean by standard deviation of a bar's returns, from their sum, the sum of their squares and their number. */
    static double sharpe(double sum, double squares, double count) {
        return ratio(sum, squares / count - square(sum / count), count);
    }

    /** Mean by deviation; not a number for a series that never moved, or is too short for a deviation to mean anything. */
    private static double ratio(double sum, double variance, double count) {
        return variance > 1e-18 && count >= FEWEST_RETURNS ? sum / count / Math.sqrt(variance) : Double.NaN;
    }

    private static double square(double value) {
        return value * value;
    }

    /** The return of each bar but the last, after cost. */
    double[] returns() {
        return returns.clone();
    }

    /** The amount traded at the open of a bar, as a multiple of the capital. */
    double traded(int bar) {
        return traded[bar];
    }

    /** The worth of one unit of capital at the end of each bar but the last. */
    double[] equity() {
        return equity.clone();
    }
}
