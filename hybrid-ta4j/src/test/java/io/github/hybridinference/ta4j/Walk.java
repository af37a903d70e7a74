package io.github.hybridinference.ta4j;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBar;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.num.Num;

/** Bars of a random walk. */
final class Walk {
    private static final ZonedDateTime START = ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private Walk() {}

    static List<Prices> prices(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Prices> bars = new ArrayList<>(count);
        double price = 40_000;
        for (int i = 0; i < count; i++) {
            double open = price;
            double high = open;
            double low = open;
            for (int step = 0; step < 10; step++) {
                price *= 1 + 0.002 * random.nextGaussian() - 0.0001 * Math.log(price / 40_000);
                high = Math.max(high, price);
                low = Math.min(low, price);
            }
            bars.add(new Prices(open, high, low, price, 10 + 100 * random.nextDouble()));
        }
        return bars;
    }

    static BarSeries series(List<Prices> bars, Function<Number, Num> number) {
        BarSeries series = new BaseBarSeriesBuilder()
                .withName("BTC-USDT")
                .withNumTypeOf(number)
                .build();
        IntStream.range(0, bars.size()).forEach(i -> series.addBar(bar(i, bars.get(i), number)));
        return series;
    }

    /** The hourly bar at that place of a series. */
    static BaseBar bar(int at, Prices bar, Function<Number, Num> number) {
        return bar(at, bar, Duration.ofHours(1), number);
    }

    static BaseBar bar(int at, Prices bar, Duration length, Function<Number, Num> number) {
        return new BaseBar(
                length,
                START.plus(length.multipliedBy(at + 1)),
                number.apply(bar.open()),
                number.apply(bar.high()),
                number.apply(bar.low()),
                number.apply(bar.close()),
                number.apply(bar.volume()),
                number.apply(0));
    }
}
