package io.github.hybridinference.eval;

/**
 * What following signals would have brought, after cost.
 *
 * @param totalReturn of one unit of capital over all bars, as a share
 * @param sharpe mean by standard deviation of the return of a bar, times the root of the bars of a year; no interest is
 *     taken off
 * @param sortino the same with the root of the mean square of the losses in place of the deviation
 * @param maxDrawdown the deepest fall below an earlier peak, as a share of that peak
 * @param turnoverPerYear how often the capital was traded over in a year; 2 is once in and once out
 */
public record PortfolioFigures(
        double totalReturn, Interval sharpe, Interval sortino, double maxDrawdown, double turnoverPerYear) {}
