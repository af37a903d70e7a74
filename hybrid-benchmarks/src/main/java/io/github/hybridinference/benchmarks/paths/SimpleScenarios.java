package io.github.hybridinference.benchmarks.paths;

import io.github.hybridinference.model.MarketSnapshot;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Simple scenarios, no two of them alike, and their figures for the floors; each thread has its own. */
@State(Scope.Thread)
public class SimpleScenarios {
    private static final int SIZE = 64;

    private final MarketSnapshot[] snapshots = new MarketSnapshot[SIZE];
    private final HandWrittenRules.Figures[] figures = new HandWrittenRules.Figures[SIZE];
    private int next;

    public SimpleScenarios() {
        for (int i = 0; i < SIZE; i++) {
            double rsi = i % 2 == 0 ? 19.0 - i / 8.0 : 81.0 + i / 8.0;
            snapshots[i] = Samples.twelve(rsi).build();
            figures[i] = HandWrittenRules.figures(rsi);
        }
    }

    MarketSnapshot snapshot() {
        return snapshots[next++ & SIZE - 1];
    }

    HandWrittenRules.Figures figures() {
        return figures[next++ & SIZE - 1];
    }
}
