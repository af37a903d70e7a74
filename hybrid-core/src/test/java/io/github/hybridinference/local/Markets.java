package io.github.hybridinference.local;

import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.util.SplittableRandom;

/** Snapshots for the tests of the rules. */
final class Markets {
    private Markets() {}

    static MarketSnapshot.Builder hourly() {
        return MarketSnapshot.builder("X", Timeframe.H1);
    }

    /** The figures of a market, each there or not, and its mirror image: what rises falls. */
    record Pair(MarketSnapshot market, MarketSnapshot mirror) {
        static Pair random(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            MarketSnapshot.Builder market = hourly();
            MarketSnapshot.Builder mirror = hourly();
            if (random.nextInt(8) > 0) {
                double rsi = Math.rint(random.nextDouble(0, 100) * 16) / 16; // so that 100 - rsi is exact
                market.rsi(rsi);
                mirror.rsi(100 - rsi);
            }
            if (random.nextInt(8) > 0) {
                double line = random.nextInt(-3, 4);
                double signal = random.nextInt(-3, 4);
                market.macd(line, signal);
                mirror.macd(-line, -signal);
            }
            if (random.nextInt(3) > 0) {
                double line = random.nextInt(-3, 4);
                double signal = random.nextInt(-3, 4);
                market.previousMacd(line, signal);
                mirror.previousMacd(-line, -signal);
            }
            if (random.nextInt(8) > 0) {
                double price = 100 + random.nextInt(-15, 16);
                market.price(price).bollinger(90, 100, 110);
                mirror.price(200 - price).bollinger(90, 100, 110);
            }
            if (random.nextInt(8) > 0) {
                double ratio = random.nextDouble(0, 3);
                market.volumeRatio(ratio);
                mirror.volumeRatio(ratio);
            }
            if (random.nextInt(3) > 0) {
                double change = random.nextInt(-4, 5);
                market.priceChangePct(change);
                mirror.priceChangePct(-change);
            }
            if (random.nextInt(3) > 0) {
                double volatility = random.nextDouble(0, 6);
                market.volatilityPct(volatility);
                mirror.volatilityPct(volatility);
            }
            return new Pair(market.build(), mirror.build());
        }
    }
}
