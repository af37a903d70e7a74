package io.github.hybridinference.local;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;

/**
 * Mean reversion by RSI: oversold at 30, overbought at 70 (J. W. Wilder, New Concepts in Technical Trading Systems,
 * 1978). The vote is 0.5 at the threshold and grows to 1 another 15 points out.
 */
final class RsiReversal implements Rule {
    static final double OVERSOLD = 30;
    static final double OVERBOUGHT = 70;
    private static final double FULL_STRENGTH_AFTER = 15;

    @Override
    public String name() {
        return "rsi_reversal";
    }

    @Override
    public double vote(MarketSnapshot snapshot) {
        double rsi = snapshot.get(Feature.RSI_14);
        if (rsi <= OVERSOLD) {
            return strength(OVERSOLD - rsi);
        }
        if (rsi >= OVERBOUGHT) {
            return -strength(rsi - OVERBOUGHT);
        }
        return Double.isNaN(rsi) ? MISSING : 0;
    }

    @Override
    public String sentence(MarketSnapshot snapshot, double vote) {
        return "RSI " + Words.oneDecimal(snapshot.get(Feature.RSI_14))
                + (vote > 0 ? " is oversold." : " is overbought.");
    }

    private static double strength(double pointsBeyond) {
        return pointsBeyond < FULL_STRENGTH_AFTER ? 0.5 + 0.5 * (pointsBeyond / FULL_STRENGTH_AFTER) : 1;
    }
}
