package io.github.hybridinference.local;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;

/**
 * Volume above usual, in full from twice usual on, backs what the price tells: the direction of the bar, in full from half an average
 * range on, or of the MACD histogram if the price change is missing. Where RSI says that a move is exhausted
 * ({@link RsiReversal#exhaustion}) it marks a climax and backs the reversal (the selling and buying climax of R. Wyckoff, 1910),
 * and the more of the one the less of the other.
 */
final class VolumeConfirmation implements Rule {
    private static final double CHANGE_PER_RANGE = 2;

    private static final double MOSTLY = 0.5;

    @Override
    public String name() {
        return "volume_confirmation";
    }

    @Override
    public double vote(MarketSnapshot snapshot) {
        double aboveUsual = snapshot.get(Feature.VOLUME_RATIO) - 1;
        if (!(aboveUsual > 0)) {
            return Double.isNaN(aboveUsual) ? MISSING : 0;
        }
        double exhausted = RsiReversal.exhaustion(snapshot);
        double direction = direction(snapshot);
        double backed = Double.isNaN(direction) ? exhausted : direction * (1 - Math.abs(exhausted)) + exhausted;
        return Math.min(1, aboveUsual) * backed;
    }

    /** Of the bar, from -1 to 1; NaN if it is not known. */
    private static double direction(MarketSnapshot snapshot) {
        double change =
                snapshot.get(Feature.PRICE_CHANGE_PCT) * CHANGE_PER_RANGE / snapshot.get(Feature.VOLATILITY_PCT);
        if (Double.isNaN(change)) {
            change = MacdCross.distance(snapshot);
        }
        return Math.max(-1, Math.min(1, change));
    }

    @Override
    public String sentence(MarketSnapshot snapshot, double vote) {
        boolean climax = RsiReversal.exhaustion(snapshot) * Math.signum(vote) >= MOSTLY;
        return "Volume at " + Words.oneDecimal(snapshot.get(Feature.VOLUME_RATIO)) + " times usual "
                + (climax ? "suggests a climax." : vote > 0 ? "backs the rise." : "backs the fall.");
    }
}
