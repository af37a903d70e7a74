package io.github.hybridinference.examples.quickstart;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.eval.BarClock;
import io.github.hybridinference.examples.indicators.IndicatorValues;
import io.github.hybridinference.examples.indicators.Indicators;
import io.github.hybridinference.examples.run.BarPath;
import io.github.hybridinference.examples.run.Series;
import io.github.hybridinference.examples.run.Snapshots;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
    private final Indicators indicators;

    Replay(Series series, InferenceEngine engine, BarClock clock, int polls) {
        this.series = series;
        this.engine = engine;
        this.clock = clock;
        this.polls = polls;
        this.indicators = new Indicators(series.timeframe().duration());
    }

    /** Runs on the last bars; earlier bars are history for the indicators. */
    void run(int last, Observer observer) throws IOException {
        List<Bar> bars = series.bars();
        int first = Math.max(0, bars.size() - last);
        for (Bar bar : bars.subList(0, first)) {
            indicators.next(bar);
        }
        for (Bar bar : bars.subList(first, bars.size())) {
            observer.onBar(ask(bar, observer));
        }
    }

    private BarAnswer ask(Bar bar, Observer observer) {
        for (int poll = 1; poll < polls; poll++) {
            Bar forming = BarPath.upTo(bar, poll, polls);
            IndicatorValues values = poll == 1 ? indicators.next(forming) : indicators.revise(forming);
            observer.onAnswer(infer(forming, values, poll));
        }
        IndicatorValues values = polls == 1 ? indicators.next(bar) : indicators.revise(bar);
        Inference answer = infer(bar, values, polls);
        observer.onAnswer(answer);
        return new BarAnswer(bar.start(), bar.close(), values.rsi14(), answer);
    }

    private Inference infer(Bar bar, IndicatorValues values, int poll) {
        Duration length = series.timeframe().duration();
        Instant end = bar.start().plus(length);
        clock.advanceTo(bar.start().plus(length.multipliedBy(poll).dividedBy(polls)));
        MarketSnapshot snapshot = Snapshots.of(series.symbol(), series.timeframe(), end, bar.close(), values);
        return engine.infer(snapshot);
    }
}
