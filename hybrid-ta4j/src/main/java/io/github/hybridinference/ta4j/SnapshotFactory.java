package io.github.hybridinference.ta4j;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ta4j.core.Bar;
import org.ta4j.core.BarSeries;

/**
 * Makes snapshots of one series at its last bar, as the series grows; made by {@link Snapshots#following(BarSeries)}.
 *
 * <p>A call reads the bars that were added since the call before, and once more the one that was the last then, since it
 * may have been forming. Call it after each bar, and bar 500,000 costs what bar 500 does. After more than 1,000 bars
 * without a call it begins anew with the last 1,000. A bar that was revised and then dropped by its series between two calls counts
 * as it was read last, so a series should keep more bars than are added between two calls.
 *
 * <p>Not safe for use by several threads, and a series must not change while it is read: call it where bars are added.
 *
 * @since 0.1.0
 */
public final class SnapshotFactory {
    static final String NO_BARS = "The series has no bars";

    /** What the averages still know of a bar after so many others is less than a double can hold. */
    static final int MOST_BARS = 1_000;

    private static final String NO_NAME =
            "The series has no name: give it that of its instrument, or give the symbol as the second argument";
    private static final String UNNAMED = "unnamed_series"; // what ta4j's builder calls a series without a name

    private final BarSeries series;
    private final String symbol;
    private Indicators indicators;
    private @Nullable Duration length;
    private @Nullable Timeframe timeframe;
    private @Nullable Prices last;
    private @Nullable IndicatorValues values;
    private int read = -1;
    private int taken = -1;

    SnapshotFactory(BarSeries series, String symbol, Indicators indicators) {
        this.series = Objects.requireNonNull(series, "series");
        this.symbol = Objects.requireNonNull(symbol, "symbol");
        this.indicators = indicators;
    }

    static String nameOf(BarSeries series) {
        String name = series.getName();
        if (name == null || name.isBlank() || name.equals(UNNAMED)) {
            throw new IllegalArgumentException(NO_NAME);
        }
        return name;
    }

    /**
     * Makes the snapshot at the last bar of the series.
     *
     * @return the snapshot; its time is the end of the bar
     * @throws IllegalStateException if the series has no bars yet
     * @throws IllegalArgumentException if the symbol is not one, or a bar has not the length of the others or a length that
     *     is not that of a {@link Timeframe}
     */
    public MarketSnapshot snapshot() {
        return builder().build();
    }

    /**
     * Returns a builder with all that {@link #snapshot()} has, to add the asset class or further figures.
     *
     * @return a new builder
     * @throws IllegalStateException if the series has no bars yet
     * @throws IllegalArgumentException as {@link #snapshot()} does
     */
    public MarketSnapshot.Builder builder() {
        if (series.isEmpty()) {
            throw new IllegalStateException(NO_BARS);
        }
        Bar bar = series.getLastBar();
        Timeframe lengthOfBars = timeframeOf(bar);
        MarketSnapshot.Builder builder = MarketSnapshot.builder(symbol, lengthOfBars);
        catchUp();
        builder.time(bar.getEndTime().toInstant()).historyBars(indicators.history());
        if (last != null) {
            put(builder, Feature.PRICE, OptionalDouble.of(last.close()));
        }
        if (values != null) {
            putAll(builder, values);
        }
        return builder;
    }

    private void catchUp() {
        int end = series.getEndIndex();
        int begin = series.getBeginIndex();
        if (end < read || read < begin - 1 || end - read > MOST_BARS) {
            if (read >= 0) {
                indicators = new Indicators();
                taken = -1;
            }
            read = Math.max(begin, end - MOST_BARS + 1) - 1;
        } else if (read >= begin) {
            take(read);
        }
        while (read < end) {
            take(read + 1);
            read++;
        }
    }

    private void take(int index) {
        Bar bar = series.getBar(index);
        timeframeOf(bar);
        Prices prices = Prices.of(bar);
        if (index == read && prices.equals(last)) {
            return;
        }
        if (!prices.areFinite() && index == taken) {
            startAgainBefore(index); // while it was forming it had prices, which must not stay
        }
        last = prices;
        if (!prices.areFinite()) {
            values = null;
        } else if (index == taken) {
            values = indicators.revise(prices);
        } else {
            values = indicators.next(prices);
            taken = index;
        }
    }

    private void startAgainBefore(int index) {
        indicators = new Indicators();
        taken = -1;
        last = null;
        for (int i = Math.max(series.getBeginIndex(), index - MOST_BARS + 1); i < index; i++) {
            take(i);
        }
    }

    private Timeframe timeframeOf(Bar bar) {
        Duration period = bar.getTimePeriod();
        Timeframe known = timeframe;
        if (known != null && period.equals(length)) {
            return known;
        }
        if (known != null) {
            throw new IllegalArgumentException(
                    "The bars of a series must have one length, but there are " + length + " and " + period);
        }
        Timeframe found = Arrays.stream(Timeframe.values())
                .filter(each -> each.duration().equals(period))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Bars of " + period + " are none of the lengths "
                        + Arrays.stream(Timeframe.values()).map(Timeframe::code).collect(Collectors.joining(", "))));
        length = period;
        timeframe = found;
        return found;
    }

    private static void putAll(MarketSnapshot.Builder builder, IndicatorValues values) {
        put(builder, Feature.RSI_14, values.rsi14());
        put(builder, Feature.VOLUME_RATIO, values.volumeRatio());
        put(builder, Feature.VOLATILITY_PCT, values.atrPct());
        put(builder, Feature.PRICE_CHANGE_PCT, values.priceChangePct());
        put(builder, Feature.ADX_14, values.adx14());
        put(builder, Feature.STOCH_K, values.stochK());
        put(builder, Feature.STOCH_D, values.stochD());
        values.macd().ifPresent(macd -> {
            put(builder, Feature.MACD, OptionalDouble.of(macd.line()));
            put(builder, Feature.MACD_SIGNAL, OptionalDouble.of(macd.signal()));
        });
        values.previousMacd().ifPresent(macd -> {
            put(builder, Feature.MACD_PREVIOUS, OptionalDouble.of(macd.line()));
            put(builder, Feature.MACD_SIGNAL_PREVIOUS, OptionalDouble.of(macd.signal()));
        });
        values.bollinger20().ifPresent(bands -> {
            put(builder, Feature.BB_LOWER, OptionalDouble.of(bands.lower()));
            put(builder, Feature.BB_MIDDLE, OptionalDouble.of(bands.middle()));
            put(builder, Feature.BB_UPPER, OptionalDouble.of(bands.upper()));
        });
    }

    /** A wild price can push a figure out of its range (a lower band below zero); the figure is then missing. */
    private static void put(MarketSnapshot.Builder builder, Feature feature, OptionalDouble value) {
        if (value.isPresent() && feature.family().accepts(value.getAsDouble())) {
            builder.feature(feature, value.getAsDouble());
        }
    }
}
