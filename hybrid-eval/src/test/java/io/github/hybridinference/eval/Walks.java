package io.github.hybridinference.eval;

import io.github.hybridinference.model.Timeframe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Made-up series: a random walk, or one in which a move tends to be followed by its like. */
final class Walks {
    static final Timeframe HOURLY = Timeframe.H1;
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final double SPREAD = 0.006;

    private Walks() {}

    static List<Bar> random(long seed, int count) {
        return momentum(seed, count, 0);
    }

    /** Each move is a share of the one before, and chance. */
    static List<Bar> momentum(long seed, int count, double share) {
        return walk(seed, count, share, 0);
    }

    /** Each move is chance, and a constant. */
    static List<Bar> drifting(long seed, int count, double drift) {
        return walk(seed, count, 0, drift);
    }

    private static List<Bar> walk(long seed, int count, double share, double drift) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Bar> bars = new ArrayList<>(count);
        double price = 100;
        double move = 0;
        for (int i = 0; i < count; i++) {
            move = share * move + drift + SPREAD * random.nextGaussian();
            double close = price * Math.exp(move);
            double beyond = SPREAD * random.nextDouble();
            bars.add(new Bar(
                    START.plus(HOURLY.duration().multipliedBy(i)),
                    price,
                    Math.max(price, close) * (1 + beyond),
                    Math.min(price, close) * (1 - beyond),
                    close,
                    100 + 100 * random.nextDouble()));
            price = close;
        }
        return bars;
    }

    static History history(List<Bar> bars) {
        return History.of(bars, HOURLY, new PlainSnapshots());
    }
}
