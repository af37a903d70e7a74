package io.github.hybridinference.examples.flink;

import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.time.Instant;

/**
 * The indicators of a symbol after a bar, from which those after the next one follow: what Flink keeps for each key.
 *
 * @param bar the bar
 * @param count how many bars stand behind them
 * @param gain average gain (Wilder, 14)
 * @param loss average loss (Wilder, 14)
 * @param fast exponential average of 12
 * @param slow exponential average of 26
 * @param signal exponential average of 9 of their difference
 * @param mean exponential average of 20
 * @param variance the variance around it
 * @param volume exponential average of 20 of the volume
 * @param changePct how far the price has moved since the bar before, in percent
 */
public record Indicators(
        Bar bar,
        int count,
        double gain,
        double loss,
        double fast,
        double slow,
        double signal,
        double mean,
        double variance,
        double volume,
        double changePct) {
    static Indicators first(Bar bar) {
        return new Indicators(bar, 1, 0, 0, bar.close(), bar.close(), 0, bar.close(), 0, bar.volume(), 0);
    }

    Indicators next(Bar following) {
        double change = following.close() - bar.close();
        double nextFast = fast + (following.close() - fast) * 2 / 13;
        double nextSlow = slow + (following.close() - slow) * 2 / 27;
        double off = following.close() - mean;
        return new Indicators(
                following,
                count + 1,
                gain + (Math.max(change, 0) - gain) / 14,
                loss + (Math.max(-change, 0) - loss) / 14,
                nextFast,
                nextSlow,
                signal + (nextFast - nextSlow - signal) * 2 / 10,
                mean + off * 2 / 21,
                (1 - 2.0 / 21) * (variance + 2.0 / 21 * off * off),
                volume + (following.volume() - volume) * 2 / 21,
                100 * change / bar.close());
    }

    MarketSnapshot snapshot() {
        double moved = gain + loss;
        double width = 2 * Math.sqrt(variance);
        return MarketSnapshot.builder(bar.symbol(), Timeframe.H1)
                .time(Instant.ofEpochMilli(bar.timeMs()))
                .historyBars(count)
                .price(bar.close())
                .rsi(moved == 0 ? 50 : 100 * gain / moved)
                .macd(fast - slow, signal)
                .bollinger(mean - width, mean, mean + width)
                .volumeRatio(bar.volume() / volume)
                .priceChangePct(changePct)
                .volatilityPct(100 * Math.sqrt(variance) / mean)
                .build();
    }
}
