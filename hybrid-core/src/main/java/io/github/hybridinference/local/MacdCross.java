package io.github.hybridinference.local;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;

/**
 * Momentum by MACD (G. Appel, 1979): a golden cross (the line rises above its signal on this bar) votes 1 to buy, a dead
 * cross 1 to sell. Without a cross, or without the previous pair that would show one, the side the line is on is a vote
 * of 0.25: too weak to count as real in the classifier, since it says little more than where the price came from.
 */
final class MacdCross implements Rule {
    private static final double SIDE = 0.25;

    @Override
    public String name() {
        return "macd_cross";
    }

    @Override
    public double vote(MarketSnapshot snapshot) {
        double now = snapshot.get(Feature.MACD) - snapshot.get(Feature.MACD_SIGNAL);
        double before = snapshot.get(Feature.MACD_PREVIOUS) - snapshot.get(Feature.MACD_SIGNAL_PREVIOUS);
        if (now > 0) {
            return before <= 0 ? 1 : SIDE;
        }
        if (now < 0) {
            return before >= 0 ? -1 : -SIDE;
        }
        return Double.isNaN(now) ? MISSING : 0;
    }

    @Override
    public String sentence(MarketSnapshot snapshot, double vote) {
        boolean cross = Math.abs(vote) == 1;
        String side = vote > 0 ? "above" : "below";
        return cross ? "MACD has just crossed " + side + " its signal." : "MACD is " + side + " its signal.";
    }
}
