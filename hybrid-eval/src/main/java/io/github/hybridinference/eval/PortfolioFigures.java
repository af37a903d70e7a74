package io.github.hybridinference.eval;

/**
 * The performance of a portfolio that follows signals, after cost.
 *
 * @param totalReturn of one unit of capital over all bars, as a share
 * @param sharpe annualised Sharpe ratio: mean divided by standard deviation of the returns of bars, times the square
 *     root of the bars per year; no risk-free rate is deducted
 * @param sortino annualised Sortino ratio: the same with the root mean square of the losses as the denominator
 * @param maxDrawdown the deepest fall below an earlier peak, as a share of that peak
 * @param turnoverPerYear traded amount per year as a multiple of the capital; one entry and one exit make 2
 * @since 0.1.0
 */
public record PortfolioFigures(
        double totalReturn, Interval sharpe, Interval sortino, double maxDrawdown, double turnoverPerYear) {}
