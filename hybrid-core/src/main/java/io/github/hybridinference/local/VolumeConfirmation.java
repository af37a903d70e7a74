package io.github.hybridinference.local;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;

/**
 * Volume at least 1.5 times usual backs what the price tells. At an extreme RSI it marks a climax, the exhaustion of a
 * move, and backs the reversal (the selling and buying climax of R. Wyckoff, 1910); elsewhere it backs the direction of
 * the bar, or of the MACD histogram if the price change is missing.
 */
final class VolumeConfirmation implements Rule {
    private static final double HEAVY = 1.5;

    @Override
    public String name() {
        return "volume_confirmation";
    }

    @Override
    public double vote(MarketSnapshot snapshot) {
        double ratio = snapshot.get(Feature.VOLUME_RATIO);
        if (!(ratio >= HEAVY)) {
            return Double.isNaN(ratio) ? MISSING : 0;
        }
        double rsi = snapshot.get(Feature.RSI_14);
        if (rsi <= RsiReversal.OVERSOLD) {
            return 1;
        }
        if (rsi >= RsiReversal.OVERBOUGHT) {
            return -1;
        }
        double change = snapshot.get(Feature.PRICE_CHANGE_PCT);
        return Math.signum(
                Double.isNaN(change) ? snapshot.get(Feature.MACD) - snapshot.get(Feature.MACD_SIGNAL) : change);
    }

    @Override
    public String sentence(MarketSnapshot snapshot, double vote) {
        double rsi = snapshot.get(Feature.RSI_14);
        boolean climax = rsi <= RsiReversal.OVERSOLD || rsi >= RsiReversal.OVERBOUGHT;
        return "Volume at " + Words.oneDecimal(snapshot.get(Feature.VOLUME_RATIO)) + " times usual "
                + (climax ? "suggests a climax." : vote > 0 ? "backs the rise." : "backs the fall.");
    }
}
