package io.github.hybridinference.examples.evaluate;

import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.eval.CacheReport;
import io.github.hybridinference.eval.SnapshotSource;
import io.github.hybridinference.examples.indicators.BarSnapshots;
import io.github.hybridinference.examples.run.BarPath;
import io.github.hybridinference.examples.run.Series;
import io.github.hybridinference.model.MarketSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Snapshots with the indicators as they stand at each bar. */
final class IndicatorSnapshots implements SnapshotSource {
    private final Series series;
    private final BarSnapshots snapshots;
    private int seen;

    IndicatorSnapshots(Series series) {
        this.series = series;
        this.snapshots = new BarSnapshots(series.symbol(), series.timeframe(), series.assetClass());
    }

    @Override
    public MarketSnapshot at(List<Bar> past) {
        if (past.size() != ++seen) {
            throw new IllegalStateException("running indicators see each bar once and in order");
        }
        return snapshots.next(past.get(seen - 1));
    }

    /**
     * Several snapshots within each of some bars, evenly spread, on prices interpolated between open, low, high and close,
     * since a bar does not record the path of the price.
     */
    static List<CacheReport.Question> within(Series series, int chosenBars, int times) {
        IndicatorSnapshots source = new IndicatorSnapshots(series);
        List<Bar> bars = series.bars();
        int every = Math.max(1, (bars.size() - MarketSnapshot.SETTLED_AFTER_BARS) / Math.max(1, chosenBars));
        List<CacheReport.Question> questions = new ArrayList<>();
        for (int i = 0; i < bars.size(); i++) {
            boolean chosen =
                    i >= MarketSnapshot.SETTLED_AFTER_BARS && (i - MarketSnapshot.SETTLED_AFTER_BARS) % every == 0;
            source.addBar(bars.get(i), chosen ? times : 1, chosen ? questions : new ArrayList<>());
        }
        return questions;
    }

    private void addBar(Bar bar, int times, List<CacheReport.Question> questions) {
        Duration length = series.timeframe().duration();
        for (int part = 1; part <= times; part++) {
            Bar forming = BarPath.upTo(bar, part, times);
            MarketSnapshot snapshot = part == 1 ? snapshots.next(forming) : snapshots.revise(forming);
            Instant at = bar.start().plus(length.multipliedBy(part).dividedBy(times));
            questions.add(new CacheReport.Question(at, snapshot));
        }
    }
}
