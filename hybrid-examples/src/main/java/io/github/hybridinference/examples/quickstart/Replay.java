package io.github.hybridinference.examples.quickstart;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.eval.BarClock;
import io.github.hybridinference.examples.indicators.BarSnapshots;
import io.github.hybridinference.examples.run.BarPath;
import io.github.hybridinference.examples.run.Series;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Replays the bars in order and runs an inference at the close of each bar, or several within it.
 *
 * <p>One inference at a time: with several in flight the engine's clock could not show the time of each of them, and how
 * long answers stay cached would depend on the speed of the machine.
 */
final class Replay {

    /** Receives the answers. */
    interface Observer {

        /** Every answer, those within a bar included. */
        void onAnswer(Inference answer);

        /** The answer at the close of each bar, after {@link #onAnswer}. */
        void onBar(BarAnswer bar) throws IOException;
    }

    private final Series series;
    private final InferenceEngine engine;
    private final BarClock clock;
    private final int polls;
    private final BarSnapshots snapshots;

    Replay(Series series, InferenceEngine engine, BarClock clock, int polls) {
        this.series = series;
        this.engine = engine;
        this.clock = clock;
        this.polls = polls;
        this.snapshots = new BarSnapshots(series.symbol(), series.timeframe(), series.assetClass());
    }

    /** Runs on the last bars; earlier bars are history for the indicators. */
    void run(int last, Observer observer) throws IOException {
        List<Bar> bars = series.bars();
        int first = Math.max(0, bars.size() - last);
        for (Bar bar : bars.subList(0, first)) {
            snapshots.next(bar);
        }
        for (Bar bar : bars.subList(first, bars.size())) {
            observer.onBar(ask(bar, observer));
        }
    }

    private BarAnswer ask(Bar bar, Observer observer) {
        for (int poll = 1; poll < polls; poll++) {
            Bar forming = BarPath.upTo(bar, poll, polls);
            MarketSnapshot snapshot = poll == 1 ? snapshots.next(forming) : snapshots.revise(forming);
            observer.onAnswer(infer(bar, snapshot, poll));
        }
        MarketSnapshot snapshot = polls == 1 ? snapshots.next(bar) : snapshots.revise(bar);
        Inference answer = infer(bar, snapshot, polls);
        observer.onAnswer(answer);
        return new BarAnswer(bar.start(), bar.close(), rsi(snapshot), answer);
    }

    private Inference infer(Bar bar, MarketSnapshot snapshot, int poll) {
        Duration length = series.timeframe().duration();
        clock.advanceTo(bar.start().plus(length.multipliedBy(poll).dividedBy(polls)));
        return engine.infer(snapshot);
    }

    private static OptionalDouble rsi(MarketSnapshot snapshot) {
        return snapshot.has(Feature.RSI_14) ? OptionalDouble.of(snapshot.get(Feature.RSI_14)) : OptionalDouble.empty();
    }
}
