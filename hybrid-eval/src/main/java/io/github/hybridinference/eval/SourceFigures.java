package io.github.hybridinference.eval;

import java.util.List;

/**
 * The performance of the signals of one source.
 *
 * @param source rules, model, cache, fallback or overall
 * @param decisions number of decisions that can be judged, HOLD included
 * @param signals number of these that were BUY or SELL
 * @param independent number of signals that do not overlap, an upper bound of the number of independent observations
 * @param holdShare the share of decisions that were HOLD; NaN without decisions
 * @param hitRate the share of signals whose direction the price followed over the horizon, before cost
 * @param meanReturn the mean return of a signal over the horizon, as a fraction of the traded amount, after the netted cost: a
 *     position that an earlier signal holds already is not bought again, as in {@code portfolio}
 * @param brier the Brier score, the mean squared difference between confidence and outcome; always stating 0.5 gives
 *     0.25
 * @param reliability how often signals of about the same confidence were right
 * @param portfolio the performance of following these signals alone
 * @since 0.1.0
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
