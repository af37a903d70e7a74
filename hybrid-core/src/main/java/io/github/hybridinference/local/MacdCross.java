package io.github.hybridinference.local;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;

/**
 * Momentum by MACD (G. Appel, 1979): the line's distance from its signal, in average ranges of a bar, since MACD is in units of the
 * price. From 0.05 ranges on it counts in full.
 *
 * <p>The side that the line is on is a vote of at most 0.25: too weak to count as real in the classifier, since it says little more
 * than where the price came from. It fades out as RSI says that the move is exhausted ({@link RsiReversal#exhaustion}). A fresh
 * cross adds 0.75: the line was on the other side one bar before, or less than 0.05 ranges away, for less of it. Without the previous
 * pair no cross is seen. All of it goes to zero with the distance, so that the vote changes its side without a jump.
 */
final class MacdCross implements Rule {
    private static final double SIDE = 0.25;
    private static final double CROSS = 0.75;

    /** One over the distance in ranges that counts in full, and the percents of a range in it. */
    private static final double PER_RANGE = 20 * 100;

    @Override
    public String name() {
        return "macd_cross";
    }

    @Override
    public double vote(MarketSnapshot snapshot) {
        double now = distance(snapshot);
        double before =
                (snapshot.get(Feature.MACD_PREVIOUS) - snapshot.get(Feature.MACD_SIGNAL_PREVIOUS)) * perRange(snapshot);
        double exhausted = RsiReversal.exhaustion(snapshot);
        if (now > 0) {
            return Math.min(1, now) * (SIDE * (1 + Math.min(0, exhausted)) + CROSS * freshness(before));
        }
        if (now < 0) {
            return Math.max(-1, now) * (SIDE * (1 - Math.max(0, exhausted)) + CROSS * freshness(-before));
        }
        return now == 0 ? 0 : MISSING;
    }

    /** Of the line from its signal: 1 where it counts in full, NaN if it is not known. */
    static double distance(MarketSnapshot snapshot) {
        return (snapshot.get(Feature.MACD) - snapshot.get(Feature.MACD_SIGNAL)) * perRange(snapshot);
    }

    private static double perRange(MarketSnapshot snapshot) {
        return PER_RANGE / (snapshot.get(Feature.PRICE) * snapshot.get(Feature.VOLATILITY_PCT));
    }

    /** 1 if the line was on the other side, 0 if it was clearly on this one, or nothing is known. */
    private static double freshness(double beforeOnThisSide) {
        return beforeOnThisSide < 1 ? 1 - Math.max(0, beforeOnThisSide) : 0;
    }

    @Override
    public String sentence(MarketSnapshot snapshot, double vote) {
        double before = snapshot.get(Feature.MACD_PREVIOUS) - snapshot.get(Feature.MACD_SIGNAL_PREVIOUS);
        boolean cross = vote > 0 ? before <= 0 : before >= 0;
        String side = vote > 0 ? "above" : "below";
        return cross ? "MACD has just crossed " + side + " its signal." : "MACD is " + side + " its signal.";
    }
}
