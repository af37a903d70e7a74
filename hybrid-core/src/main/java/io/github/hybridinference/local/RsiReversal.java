package io.github.hybridinference.local;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;

/**
 * Mean reversion by RSI (J. W. Wilder, New Concepts in Technical Trading Systems, 1978). The vote is 0 from 45 to 55, where the
 * classifier calls RSI neutral, and grows by 1/30 a point: 1/3 at 35 and 65, which the classifier calls clear and which is just
 * enough to act on; 0.5 at Wilder's 30 and 70; 1 from 15 and 85 on.
 */
final class RsiReversal implements Rule {
    private static final double OVERSOLD = 30;
    private static final double OVERBOUGHT = 70;
    private static final double NEUTRAL_LOW = 45;
    private static final double NEUTRAL_HIGH = 55;
    private static final double FULL_STRENGTH_AFTER = 30;
    private static final double CLEAR_PER_VOTE = 3;

    @Override
    public String name() {
        return "rsi_reversal";
    }

    @Override
    public double vote(MarketSnapshot snapshot) {
        double rsi = snapshot.get(Feature.RSI_14);
        if (rsi < NEUTRAL_LOW) {
            return strength(NEUTRAL_LOW - rsi);
        }
        if (rsi > NEUTRAL_HIGH) {
            return -strength(rsi - NEUTRAL_HIGH);
        }
        return Double.isNaN(rsi) ? MISSING : 0;
    }

    /**
     * How far RSI says that a move is exhausted: 1 for a fall from 35 down, -1 for a rise from 65 up, 0 from 45 to 55 and where RSI
     * is missing, and linear between. The rules that go with a move fade out with it. There RSI and they tell one fact, a price far
     * from its average, and read it in opposite ways by construction; a conflict between them would say nothing about the market.
     */
    static double exhaustion(MarketSnapshot snapshot) {
        double rsi = snapshot.get(Feature.RSI_14);
        if (rsi < NEUTRAL_LOW) {
            return Math.min(1, CLEAR_PER_VOTE * strength(NEUTRAL_LOW - rsi));
        }
        return rsi > NEUTRAL_HIGH ? -Math.min(1, CLEAR_PER_VOTE * strength(rsi - NEUTRAL_HIGH)) : 0;
    }

    @Override
    public String sentence(MarketSnapshot snapshot, double vote) {
        double rsi = snapshot.get(Feature.RSI_14);
        String is = vote > 0 ? (rsi <= OVERSOLD ? "oversold." : "low.") : rsi >= OVERBOUGHT ? "overbought." : "high.";
        return "RSI " + Words.oneDecimal(rsi) + " is " + is;
    }

    private static double strength(double points) {
        return points < FULL_STRENGTH_AFTER ? points / FULL_STRENGTH_AFTER : 1;
    }
}
