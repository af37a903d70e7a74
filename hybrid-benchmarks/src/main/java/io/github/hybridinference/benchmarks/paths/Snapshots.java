package io.github.hybridinference.benchmarks.paths;

import io.github.hybridinference.model.MarketSnapshot;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Building a snapshot of twelve figures; the floor puts them into a record, checks nothing and reads the wall clock. */
@State(Scope.Thread)
public class Snapshots {
    private double rsi = 17;

    @Benchmark
    public MarketSnapshot builder() {
        return Samples.twelve(next()).build();
    }

    @Benchmark
    public Object record() {
        return new Timed(HandWrittenRules.figures(next()), System.currentTimeMillis());
    }

    private double next() {
        rsi = rsi < 90 ? rsi + 0.25 : 17;
        return rsi;
    }

    private record Timed(HandWrittenRules.Figures figures, long timeMs) {}
}
