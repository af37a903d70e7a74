package io.github.hybridinference.examples.indicators;

import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.ta4j.SnapshotFactory;
import io.github.hybridinference.ta4j.Snapshots;
import java.time.Duration;
import java.time.ZoneOffset;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBar;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.num.DoubleNum;

/**
 * Snapshots with the indicators as they stand at each bar of a series that arrives one bar at a time.
 *
 * <p>Not safe for use by several threads.
 */
public final class BarSnapshots {

    /** The snapshots want the last bar and the one before, not all that have been. */
    private static final int KEPT_BARS = 8;

    private final Duration length;
    private final BarSeries series;
    private final SnapshotFactory snapshots;
    private final AssetClass assetClass;

    /**
     * Creates snapshots without any bar, of an instrument whose class is not known.
     *
     * @param symbol the instrument
     * @param timeframe the length of each bar
     */
    public BarSnapshots(String symbol, Timeframe timeframe) {
        this(symbol, timeframe, AssetClass.UNKNOWN);
    }

    /**
     * Creates snapshots without any bar.
     *
     * @param symbol the instrument
     * @param timeframe the length of each bar
     * @param assetClass what the instrument is
     */
    public BarSnapshots(String symbol, Timeframe timeframe, AssetClass assetClass) {
        this.assetClass = assetClass;
        length = timeframe.duration();
        series = new BaseBarSeriesBuilder()
                .withName(symbol)
                .withNumTypeOf(DoubleNum.class)
                .withMaxBarCount(KEPT_BARS)
                .build();
        snapshots = Snapshots.following(series);
    }

    /**
     * Adds the next bar.
     *
     * @param bar a bar that starts after the one before
     * @return the snapshot at this bar
     * @throws IllegalArgumentException if the bar does not start after the one before
     */
    public MarketSnapshot next(Bar bar) {
        return add(bar, false);
    }

    /**
     * Replaces the latest bar, as a feed does while that bar is still forming.
     *
     * @param bar a bar with the same start as the latest
     * @return the snapshot as it is now
     * @throws IllegalArgumentException if the bar does not start when the latest one does
     */
    public MarketSnapshot revise(Bar bar) {
        if (series.isEmpty()
                || !bar.start().equals(series.getLastBar().getBeginTime().toInstant())) {
            throw new IllegalArgumentException("A revised bar must start when the latest one does");
        }
        return add(bar, true);
    }

    private MarketSnapshot add(Bar bar, boolean replace) {
        BaseBar added = new BaseBar(
                length,
                bar.start().plus(length).atZone(ZoneOffset.UTC),
                bar.open(),
                bar.high(),
                bar.low(),
                bar.close(),
                bar.volume(),
                0,
                0,
                DoubleNum::valueOf);
        series.addBar(added, replace);
        return snapshots.builder().assetClass(assetClass).build();
    }
}
