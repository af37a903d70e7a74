package io.github.hybridinference.eval;

import java.time.Instant;

/**
 * The figures of one series among several; those of all its sources are in {@link EvaluationResult#figures()}.
 *
 * @param name the name of the series
 * @param bars how many bars it has
 * @param from when the first bar begins
 * @param to the close of the last bar
 * @param modelShare the share of complex scenarios
 * @param decisions how many decisions can be judged, HOLD included
 * @param signals how many of them are BUY or SELL
 * @param hitRate the share of signals whose direction the price followed; NaN without signals
 * @param sharpe annualised Sharpe ratio of following all signals, from the returns of bars
 * @param hybrid return of following all signals over all bars, after cost, as a share
 * @param rules the same of following the rules
 * @param buyAndHold the same of buy and hold
 * @param maxDrawdown the deepest fall of following all signals below an earlier peak, as a share of that peak
 * @param worth what the calls were worth, without the pairs
 * @param digest the digest of all signals, as that of the series alone
 * @since 0.1.0
 */
public record SeriesFigures(
        String name,
        int bars,
        Instant from,
        Instant to,
        double modelShare,
        int decisions,
        int signals,
        double hitRate,
        Interval sharpe,
        double hybrid,
        double rules,
        double buyAndHold,
        double maxDrawdown,
        CallWorth worth,
        String digest) {}
