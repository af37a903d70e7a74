package io.github.hybridinference.ta4j;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The indicators as they stand at one bar. What cannot be known yet, or is not defined (a ratio to no volume at all),
 * is empty rather than zero.
 *
 * @param history number of bars seen, this one included
 * @param rsi14 Wilder's relative strength index over 14 bars, 0 to 100
 * @param macd MACD(12, 26, 9), in units of the price
 * @param previousMacd the same at the bar before
 * @param bollinger20 bands over 20 bars at two population deviations, in units of the price
 * @param atr14 Wilder's average true range over 14 bars, in units of the price
 * @param atrPct the average true range in percent of the close
 * @param volumeRatio volume divided by its mean over 20 bars, this one included
 * @param adx14 average directional index over 14 bars, 0 to 100
 * @param stochK stochastic oscillator %K over 14 bars, 0 to 100
 * @param stochD mean of the last three %K
 * @param priceChangePct change from the close of the bar before, in percent
 */
record IndicatorValues(
        int history,
        OptionalDouble rsi14,
        Optional<Macd> macd,
        Optional<Macd> previousMacd,
        Optional<Bollinger> bollinger20,
        OptionalDouble atr14,
        OptionalDouble atrPct,
        OptionalDouble volumeRatio,
        OptionalDouble adx14,
        OptionalDouble stochK,
        OptionalDouble stochD,
        OptionalDouble priceChangePct) {

    /**
     * Moving average convergence and divergence.
     *
     * @param line difference of the two averages
     * @param signal average of the line
     */
    record Macd(double line, double signal) {}

    /**
     * Bollinger's bands.
     *
     * @param lower two deviations below the mean
     * @param middle the mean
     * @param upper two deviations above the mean
     */
    record Bollinger(double lower, double middle, double upper) {}
}
