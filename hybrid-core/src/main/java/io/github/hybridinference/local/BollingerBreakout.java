package io.github.hybridinference.local;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;

/**
 * Continuation by Bollinger bands: a price outside a band votes to go with it ("closes outside the bands are initially
 * continuation signals", J. Bollinger, 22 rules, 2001). The vote is 0 at the band and 1 a tenth of the bands' width beyond it.
 *
 * <p>It fades out as RSI says that the move is exhausted ({@link RsiReversal#exhaustion}). So this rule votes on breakouts with room
 * to run, and {@link RsiReversal} on exhausted ones.
 */
final class BollingerBreakout implements Rule {
    private static final double PER_WIDTH = 10;

    @Override
    public String name() {
        return "bollinger_breakout";
    }

    @Override
    public double vote(MarketSnapshot snapshot) {
        double price = snapshot.get(Feature.PRICE);
        double upper = snapshot.get(Feature.BB_UPPER);
        double lower = snapshot.get(Feature.BB_LOWER);
        if (price >= lower && price <= upper) {
            return 0;
        }
        double width = upper - lower;
        if (!(width >= 0)) {
            return MISSING;
        }
        double perWidth = PER_WIDTH / width;
        if (price > upper) {
            return Math.min(1, (price - upper) * perWidth) * (1 + Math.min(0, RsiReversal.exhaustion(snapshot)));
        }
        return Math.max(-1, (price - lower) * perWidth) * (1 - Math.max(0, RsiReversal.exhaustion(snapshot)));
    }

    @Override
    public String sentence(MarketSnapshot snapshot, double vote) {
        return vote > 0
                ? "The price broke out above the upper Bollinger band."
                : "The price broke out below the lower Bollinger band.";
    }
}
