package io.github.hybridinference.examples.run;

import io.github.hybridinference.examples.indicators.IndicatorValues;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.time.Instant;
import java.util.OptionalDouble;

/** Turns indicators into snapshots for the engine. */
public final class Snapshots {

    private Snapshots() {}

    /**
     * Creates a snapshot.
     *
     * @param symbol the instrument
     * @param timeframe the length of the bar
     * @param barEnd its close
     * @param close its last price
     * @param values the indicators as they stand then
     * @return the snapshot
     */
    public static MarketSnapshot of(
            String symbol, Timeframe timeframe, Instant barEnd, double close, IndicatorValues values) {
        MarketSnapshot.Builder snapshot =
                MarketSnapshot.builder(symbol, timeframe).time(barEnd).historyBars(values.history());
        put(snapshot, Feature.PRICE, OptionalDouble.of(close));
        put(snapshot, Feature.RSI_14, values.rsi14());
        put(snapshot, Feature.VOLUME_RATIO, values.volumeRatio());
        put(snapshot, Feature.VOLATILITY_PCT, values.atrPct());
        put(snapshot, Feature.PRICE_CHANGE_PCT, values.priceChangePct());
        put(snapshot, Feature.ADX_14, values.adx14());
        put(snapshot, Feature.STOCH_K, values.stochK());
        put(snapshot, Feature.STOCH_D, values.stochD());
        values.macd().ifPresent(macd -> {
            put(snapshot, Feature.MACD, OptionalDouble.of(macd.line()));
            put(snapshot, Feature.MACD_SIGNAL, OptionalDouble.of(macd.signal()));
        });
        values.previousMacd().ifPresent(macd -> {
            put(snapshot, Feature.MACD_PREVIOUS, OptionalDouble.of(macd.line()));
            put(snapshot, Feature.MACD_SIGNAL_PREVIOUS, OptionalDouble.of(macd.signal()));
        });
        values.bollinger20().ifPresent(bands -> {
            put(snapshot, Feature.BB_LOWER, OptionalDouble.of(bands.lower()));
            put(snapshot, Feature.BB_MIDDLE, OptionalDouble.of(bands.middle()));
            put(snapshot, Feature.BB_UPPER, OptionalDouble.of(bands.upper()));
        });
        return snapshot.build();
    }

    /** A wild price can push a figure out of its range (a lower band below zero); the figure is then missing. */
    private static void put(MarketSnapshot.Builder snapshot, Feature feature, OptionalDouble value) {
        if (value.isPresent() && feature.family().accepts(value.getAsDouble())) {
            snapshot.feature(feature, value.getAsDouble());
        }
    }
}
