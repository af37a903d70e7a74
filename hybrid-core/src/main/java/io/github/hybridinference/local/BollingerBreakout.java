package io.github.hybridinference.local;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;

/**
 * Continuation by Bollinger bands: a price outside a band votes 1 to go with it ("closes outside the bands are initially
 * continuation signals", J. Bollinger, 22 rules, 2001).
 *
 * <p>The rule is silent where RSI is at its extreme in the same direction. There both figures tell the same fact, a price
 * far from its average, and the two schools read it in opposite ways by construction; a conflict between them would say
 * nothing about the market. So this rule votes on breakouts with room to run, and {@link RsiReversal} on exhausted ones.
 */
final class BollingerBreakout implements Rule {
    @Override
    public String name() {
        return "bollinger_breakout";
    }

    @Override
    public double vote(MarketSnapshot snapshot) {
        double price = snapshot.get(Feature.PRICE);
        double upper = snapshot.get(Feature.BB_UPPER);
        double lower = snapshot.get(Feature.BB_LOWER);
        double rsi = snapshot.get(Feature.RSI_14);
        if (price > upper) {
            return rsi >= RsiReversal.OVERBOUGHT ? 0 : 1;
        }
        if (price < lower) {
            return rsi <= RsiReversal.OVERSOLD ? 0 : -1;
        }
        return price <= upper && price >= lower ? 0 : MISSING;
    }

    @Override
    public String sentence(MarketSnapshot snapshot, double vote) {
        return vote > 0
                ? "The price broke out above the upper Bollinger band."
                : "The price broke out below the lower Bollinger band.";
    }
}
