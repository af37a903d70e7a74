package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.History;
import io.github.hybridinference.eval.journal.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Outcomes from a history, by the time of the bar. */
final class HistoryOutcomes implements Outcomes {
    private final History history;
    private final int horizonBars;
    private final Map<Instant, Integer> bars = new HashMap<>();

    HistoryOutcomes(History history, int horizonBars) {
        if (horizonBars < 1) {
            throw new IllegalArgumentException("horizonBars must be positive");
        }
        this.history = history;
        this.horizonBars = horizonBars;
        for (int i = 0; i < history.size(); i++) {
            bars.put(history.questions().get(i).time(), i);
        }
    }

    @Override
    public double forwardReturn(JournalEntry entry) {
        Integer bar = bars.get(entry.barTime());
        return bar == null ? Double.NaN : history.forwardReturn(bar, horizonBars);
    }

    /** By bars: over a weekend the horizon of four daily bars spans six days. */
    @Override
    public Instant until(JournalEntry entry) {
        Integer bar = bars.get(entry.barTime());
        return bar == null || bar + horizonBars >= history.size()
                ? entry.barTime().plus(horizon())
                : history.questions().get(bar + horizonBars).time();
    }

    @Override
    public Duration horizon() {
        return history.timeframe().duration().multipliedBy(horizonBars);
    }
}
