package io.github.hybridinference.examples.bars;

import io.github.hybridinference.eval.Bar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A synthetic series of hourly bars with calm, trending and volatile periods. Its moves have the size of those of an hourly
 * Bitcoin chart. The same seed gives the same series.
 *
 * @param seed what the series was made from
 * @param bars its bars, one an hour
 */
public record SyntheticSeries(long seed, List<Bar> bars) {

    /** The length of each bar. */
    public static final Duration TIMEFRAME = Duration.ofHours(1);

    private static final Instant FIRST_START = Instant.parse("2024-01-01T00:00:00Z");
    private static final double FIRST_PRICE = 40_000;
    private static final int STEPS_PER_BAR = 20;
    private static final double TYPICAL_VOLUME = 150;

    /** Pull towards the first price per bar, so that long series neither vanish nor explode. */
    private static final double PULL = 0.0004;

    /**
     * Makes a series.
     *
     * @param seed the same seed gives the same bars
     * @param count how many bars, zero or more
     * @return the series
     */
    public static SyntheticSeries hourly(long seed, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("The number of bars must not be negative");
        }
        return new SyntheticSeries(seed, List.copyOf(new Maker(new SplittableRandom(seed)).make(count)));
    }

    /**
     * The name of the series for display, which begins with the word synthetic.
     *
     * @return a label such as "synthetic hourly series (seed 7)"
     */
    public String label() {
        return "synthetic hourly series (seed " + seed + ")";
    }

    /**
     * The series as a file of bars has it.
     *
     * @return lines of CSV, the first with the names of the columns
     */
    public List<String> csv() {
        return Stream.concat(
                        Stream.of("timestamp,open,high,low,close,volume"),
                        bars.stream()
                                .map(bar -> bar.start() + "," + bar.open() + "," + bar.high() + "," + bar.low() + ","
                                        + bar.close() + "," + bar.volume()))
                .toList();
    }

    /** How the market behaves for a while: the spread of an hourly move and its drift, as shares of the price. */
    private enum Mood {
        CALM(0.0034, 0),
        RISING(0.0050, 0.0012),
        FALLING(0.0050, -0.0012),
        VIOLENT(0.0200, 0);

        final double spread;
        final double drift;

        Mood(double spread, double drift) {
            this.spread = spread;
            this.drift = drift;
        }
    }

    private static final class Maker {
        private final RandomGenerator random;
        private Mood mood = Mood.CALM;
        private double intensity = 1;
        private int barsLeft;
        private double logPrice = StrictMath.log(FIRST_PRICE);

        Maker(RandomGenerator random) {
            this.random = random;
        }

        List<Bar> make(int count) {
            List<Bar> bars = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                if (barsLeft-- == 0) {
                    changeMood();
                }
                bars.add(next(FIRST_START.plus(TIMEFRAME.multipliedBy(i))));
            }
            return bars;
        }

        private void changeMood() {
            double draw = random.nextDouble();
            mood = draw < 0.40 ? Mood.CALM : draw < 0.63 ? Mood.RISING : draw < 0.86 ? Mood.FALLING : Mood.VIOLENT;
            intensity = random.nextDouble(0.8, 1.25);
            barsLeft = random.nextInt(24, 120);
        }

        /** Walks through the hour in small steps, so that open, high, low and close are consistent. */
        private Bar next(Instant start) {
            double spread = mood.spread * intensity;
            double drift = mood.drift - PULL * (logPrice - StrictMath.log(FIRST_PRICE));
            double open = price();
            double high = open;
            double low = open;
            for (int step = 0; step < STEPS_PER_BAR; step++) {
                logPrice += drift / STEPS_PER_BAR + random.nextGaussian() * spread / Math.sqrt(STEPS_PER_BAR);
                high = Math.max(high, price());
                low = Math.min(low, price());
            }
            return new Bar(start, open, high, low, price(), volume((high - low) / open));
        }

        /** Volume grows with the range of the bar. */
        private double volume(double range) {
            double busy = 0.4 + 0.6 * range / Mood.RISING.spread;
            return round(TYPICAL_VOLUME * busy * StrictMath.exp(0.35 * random.nextGaussian()));
        }

        /** StrictMath and cents, so that every machine makes the same bars. */
        private double price() {
            return round(StrictMath.exp(logPrice));
        }

        private static double round(double value) {
            return Math.round(value * 100) / 100.0;
        }
    }
}
