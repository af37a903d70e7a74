package io.github.hybridinference.benchmarks.paths;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.MarketSnapshot;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** From a snapshot to the question's key; the floor rounds as many figures by known steps and hashes them. */
@State(Scope.Thread)
public class Anonymizing {
    private final Anonymizer anonymizer = Anonymizer.standard();
    private final MarketSnapshot twelve = Samples.complex();
    private final MarketSnapshot twentyFive = Samples.wide();
    private final CacheKey seed = CacheKey.of("seed");
    private final double[] fewFigures = figures(anonymizer.anonymize(twelve));
    private final double[] manyFigures = figures(anonymizer.anonymize(twentyFive));
    private final double[] stepsPerUnit = steps(manyFigures.length);

    @Benchmark
    public CacheKey twelve() {
        return anonymizer.anonymize(twelve).key(seed);
    }

    @Benchmark
    public CacheKey twentyFive() {
        return anonymizer.anonymize(twentyFive).key(seed);
    }

    @Benchmark
    public CacheKey twelveByHand(Blackhole hole) {
        return byHand(fewFigures, hole);
    }

    @Benchmark
    public CacheKey twentyFiveByHand(Blackhole hole) {
        return byHand(manyFigures, hole);
    }

    private CacheKey byHand(double[] figures, Blackhole hole) {
        int[] levels = new int[figures.length];
        long high = seed.high();
        long low = seed.low();
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (int) Math.floor(figures[i] * stepsPerUnit[i] + 0.5);
            high = (Long.rotateLeft(high ^ i * 0x87c37b91114253d5L, 27) + low) * 5 + 0x52dce729;
            low = (Long.rotateLeft(low ^ levels[i] * 0x4cf5ad432745937fL, 31) + high) * 5 + 0x38495ab5;
        }
        hole.consume(levels);
        return new CacheKey(high, low);
    }

    private static double[] figures(AnonymizedSnapshot snapshot) {
        double[] figures = new double[snapshot.size()];
        for (int i = 0; i < figures.length; i++) {
            figures[i] = snapshot.value(i);
        }
        return figures;
    }

    private static double[] steps(int count) {
        double[] steps = new double[count];
        for (int i = 0; i < count; i++) {
            steps[i] = i % 3 == 0 ? 10 : 1;
        }
        return steps;
    }
}
