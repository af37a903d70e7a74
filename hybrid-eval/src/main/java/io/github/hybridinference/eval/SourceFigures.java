package io.github.hybridinference.eval;

import java.util.List;

/**
 * What the signals of one source were worth.
 *
 * @param source rules, model, cache, fallback or overall
 * @param decisions how many there were that can be judged, HOLD included
 * @param signals how many of these were BUY or SELL
 * @param independent how many of the signals do not overlap: the number of independent observations, at most
 * @param holdShare the share of decisions that were HOLD; NaN without decisions
 * @param hitRate the share of signals in whose direction the price moved over the horizon, before cost
 * @param meanReturn what a signal gained over the horizon after cost, as a share of what was traded
 * @param brier the mean square of the difference between confidence and being right; 0.25 is a coin called at 0.5
 * @param reliability how often signals of about the same confidence were right
 * @param portfolio what following these signals alone would have brought
 */
public record SourceFigures(
        String source,
        int decisions,
        int signals,
        int independent,
        double holdShare,
        Interval hitRate,
        Interval meanReturn,
        Interval brier,
        List<ReliabilityBin> reliability,
        PortfolioFigures portfolio) {}
