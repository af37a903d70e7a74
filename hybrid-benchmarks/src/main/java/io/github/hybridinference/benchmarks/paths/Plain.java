package io.github.hybridinference.benchmarks.paths;

import io.github.hybridinference.model.MarketSnapshot;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Situations that the rules can judge alone, no two of them alike, and the same for the floors; one of each thread. */
@State(Scope.Thread)
public class Plain {
    private static final int SIZE = 64;

    private final MarketSnapshot[] snapshots = new MarketSnapshot[SIZE];
    private final ByHand.Figures[] figures = new ByHand.Figures[SIZE];
    private int next;

    public Plain() {
        for (int i = 0; i < SIZE; i++) {
            double rsi = i % 2 == 0 ? 19.0 - i / 8.0 : 81.0 + i / 8.0;
            snapshots[i] = Samples.twelve(rsi).build();
            figures[i] = ByHand.figures(rsi);
        }
    }

    MarketSnapshot snapshot() {
        return snapshots[next++ & SIZE - 1];
    }

    ByHand.Figures figures() {
        return figures[next++ & SIZE - 1];
    }
}
