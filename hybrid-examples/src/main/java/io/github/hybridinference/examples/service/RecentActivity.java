package io.github.hybridinference.examples.service;

import io.github.hybridinference.InferenceListener;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.InferenceRecord;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the dashboard shows of the recent past: the last decisions, and ten minutes in steps of five seconds. */
final class RecentActivity implements InferenceListener {
    static final int DECISIONS = 50;
    static final int STEPS = 120;
    static final long STEP_MS = 5_000;

    /**
     * One decision for the page.
     *
     * @param at the time, in milliseconds since 1970-01-01T00:00Z
     * @param symbol the instrument; shown on the page and never sent elsewhere
     * @param timeframe the code of the timeframe
     * @param answer the answer
     */
    record Decision(long at, String symbol, String timeframe, InferenceRecord answer) {}

    /**
     * Five seconds.
     *
     * @param at their beginning, in milliseconds since 1970-01-01T00:00Z
     * @param requests by source in lower case
     */
    record Step(long at, Map<String, Long> requests) {}

    private final Clock clock;
    private final Deque<Decision> decisions = new ArrayDeque<>(DECISIONS);
    private final Deque<Step> steps = new ArrayDeque<>(STEPS);

    RecentActivity(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void onAnswer(MarketSnapshot snapshot, Inference answer) {
        long now = clock.millis();
        if (decisions.size() == DECISIONS) {
            decisions.removeLast();
        }
        decisions.addFirst(
                new Decision(now, snapshot.symbol(), snapshot.timeframe().code(), answer.toRecord()));
        Step step = step(now - Math.floorMod(now, STEP_MS));
        step.requests().merge(lower(answer.source()), 1L, Long::sum);
    }

    private Step step(long beginning) {
        Step current = steps.peekLast();
        if (current != null && current.at() >= beginning) {
            return current;
        }
        if (steps.size() == STEPS) {
            steps.removeFirst();
        }
        Step fresh = new Step(beginning, new TreeMap<>());
        steps.addLast(fresh);
        return fresh;
    }

    synchronized List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    synchronized List<Step> steps() {
        List<Step> copies = new ArrayList<>(steps.size());
        for (Step step : steps) {
            copies.add(new Step(step.at(), Map.copyOf(step.requests())));
        }
        return copies;
    }

    private static String lower(Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }
}
