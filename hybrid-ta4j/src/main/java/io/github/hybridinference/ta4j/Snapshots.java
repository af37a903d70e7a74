package io.github.hybridinference.ta4j;

import io.github.hybridinference.model.MarketSnapshot;
import org.ta4j.core.BarSeries;

/**
 * Makes snapshots of bar series: price, RSI 14, MACD 12/26/9 with the bar before, Bollinger bands 20/2, average true range 14
 * in percent of the price, volume against its mean of 20 bars, change of the price in percent, ADX 14 and stochastics 14/3.
 *
 * <p>{@link #of(BarSeries)} is for a series that is complete. {@link #following(BarSeries)} is for one that grows: each
 * further snapshot costs the same however long the series is. Both give the same figures, and neither looks at more than
 * the last 1,000 bars to begin with, beyond which an older bar changes no figure.
 *
 * <p>A figure that is not known yet or not defined is missing in the snapshot: before its period is full, %K of a flat
 * stretch, a ratio to no volume, a percentage of a price that is not positive. A bar without finite prices has no
 * figures, and those of later bars are as if it did not exist.
 *
 * <p>The series may hold any kind of {@code Num}; figures are computed in double precision. It must be of ta4j 0.17. The
 * methods keep nothing; a series, though, must not change while it is read.
 *
 * @since 0.1.0
 */
public final class Snapshots {

    private Snapshots() {}

    /**
     * Makes a snapshot of a series as it stands at its last bar.
     *
     * @param series bars of one length, which must be that of a {@link io.github.hybridinference.model.Timeframe}; its name
     *     is the symbol
     * @return the snapshot; its time is the end of the bar
     * @throws IllegalArgumentException if the series has no bars or no name, its name is not a symbol, or its bars have
     *     another length
     */
    public static MarketSnapshot of(BarSeries series) {
        return of(series, SnapshotFactory.nameOf(series));
    }

    /**
     * Makes a snapshot of a series as it stands at its last bar, under another symbol than the name of the series.
     *
     * @param series bars of one length, which must be that of a {@link io.github.hybridinference.model.Timeframe}
     * @param symbol the symbol of the instrument
     * @return the snapshot; its time is the end of the bar
     * @throws IllegalArgumentException if the series has no bars, the symbol is not one, or the bars have another length
     */
    public static MarketSnapshot of(BarSeries series, String symbol) {
        SnapshotFactory factory = following(series, symbol);
        if (series.isEmpty()) {
            throw new IllegalArgumentException(SnapshotFactory.NO_BARS);
        }
        return factory.snapshot();
    }

    /**
     * Follows a series that grows. The series may be empty so far, and bars may still change while they are the last.
     *
     * @param series bars of one length, which must be that of a {@link io.github.hybridinference.model.Timeframe}; its name
     *     is the symbol
     * @return a factory of snapshots at the last bar of the series
     * @throws IllegalArgumentException if the series has no name
     */
    public static SnapshotFactory following(BarSeries series) {
        return following(series, SnapshotFactory.nameOf(series));
    }

    /**
     * Follows a series that grows, under another symbol than the name of the series.
     *
     * @param series bars of one length, which must be that of a {@link io.github.hybridinference.model.Timeframe}
     * @param symbol the symbol of the instrument
     * @return a factory of snapshots at the last bar of the series
     */
    public static SnapshotFactory following(BarSeries series, String symbol) {
        return new SnapshotFactory(series, symbol, new Indicators());
    }
}
