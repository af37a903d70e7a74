package io.github.hybridinference.examples.indicators;

import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.examples.indicators.IndicatorValues.Bollinger;
import io.github.hybridinference.examples.indicators.IndicatorValues.Macd;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBar;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.EMAIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.MMAIndicator;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.adx.ADXIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.helpers.GainIndicator;
import org.ta4j.core.indicators.helpers.HighPriceIndicator;
import org.ta4j.core.indicators.helpers.HighestValueIndicator;
import org.ta4j.core.indicators.helpers.LossIndicator;
import org.ta4j.core.indicators.helpers.LowPriceIndicator;
import org.ta4j.core.indicators.helpers.LowestValueIndicator;
import org.ta4j.core.indicators.helpers.VolumeIndicator;
import org.ta4j.core.indicators.numeric.NumericIndicator;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.num.DoubleNum;
import org.ta4j.core.num.Num;

/**
 * Indicators of a series of bars that arrives one bar at a time, so that no value can depend on a bar yet to come.
 *
 * <p>ta4j starts its moving averages from the first value rather than from a mean of the first period. RSI, MACD, ATR
 * and ADX therefore differ at first from what charts show: on 500 daily bars of an index fund by up to 0.1 % at 100
 * bars, and by less than 0.00001 % from 250 bars on.
 *
 * <p>Keeps all bars. Not safe for use by several threads.
 */
public final class Indicators {

    /**
     * ta4j treats numbers less than 0.00001 apart as equal and so finds no trend in a coin that costs less. Prices are
     * scaled up before, and results scaled down after; powers of two do both without rounding.
     */
    private static final int LIFTED_EXPONENT = 40;

    private final Duration timeframe;
    private final BarSeries series =
            new BaseBarSeriesBuilder().withNumTypeOf(DoubleNum.class).build();
    private final Indicator<Num> close = new ClosePriceIndicator(series);
    private final Indicator<Num> rsi = rsi(close);
    private final MACDIndicator macdLine = new MACDIndicator(close, 12, 26);
    private final EMAIndicator macdSignal = macdLine.getSignalLine(9);
    private final SMAIndicator mean = new SMAIndicator(close, 20);
    private final StandardDeviationIndicator deviation = new StandardDeviationIndicator(close, 20);
    private final ATRIndicator atr = new ATRIndicator(series, 14);
    private final SMAIndicator meanVolume = new SMAIndicator(new VolumeIndicator(series), 20);
    private final ADXIndicator adx = new ADXIndicator(series, 14);
    private final Indicator<Num> stochK = stochK(series, close);
    private @Nullable Instant current;
    private int lift;

    /**
     * Creates indicators without any bar.
     *
     * @param timeframe the length of each bar, positive
     */
    public Indicators(Duration timeframe) {
        if (timeframe.isZero() || timeframe.isNegative()) {
            throw new IllegalArgumentException("The length of a bar must be positive");
        }
        this.timeframe = timeframe;
    }

    /**
     * Adds the next bar.
     *
     * @param bar a bar that starts after the one before
     * @return the indicators as they stand at this bar
     * @throws IllegalArgumentException if the bar does not start after the one before
     */
    public IndicatorValues next(Bar bar) {
        if (current == null) {
            lift = LIFTED_EXPONENT - Math.getExponent(bar.close());
        } else if (!bar.start().isAfter(current)) {
            throw new IllegalArgumentException("The next bar must start after the one before");
        }
        current = bar.start();
        return add(bar, false);
    }

    /**
     * Replaces the latest bar, as a feed does while that bar is still forming.
     *
     * @param bar a bar with the same start as the latest
     * @return the indicators as they stand now
     * @throws IllegalArgumentException if the bar does not start when the latest one does
     */
    public IndicatorValues revise(Bar bar) {
        if (!bar.start().equals(current)) {
            throw new IllegalArgumentException("A revised bar must start when the latest one does");
        }
        return add(bar, true);
    }

    private IndicatorValues add(Bar bar, boolean replace) {
        series.addBar(lifted(bar), replace);
        int at = series.getEndIndex();
        OptionalDouble atrNow = known(atr, at, 14);
        return new IndicatorValues(
                at + 1,
                known(rsi, at, 14),
                macd(at),
                macd(at - 1),
                bollinger(at),
                lowered(atrNow),
                percent(atrNow, close, at),
                volumeRatio(bar, at),
                known(adx, at, 27),
                known(stochK, at, 13),
                stochD(at),
                priceChangePct(at));
    }

    private BaseBar lifted(Bar bar) {
        return new BaseBar(
                timeframe,
                bar.start().plus(timeframe).atZone(ZoneOffset.UTC),
                Math.scalb(bar.open(), lift),
                Math.scalb(bar.high(), lift),
                Math.scalb(bar.low(), lift),
                Math.scalb(bar.close(), lift),
                bar.volume(),
                0,
                0,
                DoubleNum::valueOf);
    }

    /** ta4j's own RSI is 0, the deepest oversold, for a price that never moved; here the quotient is undefined. */
    private static Indicator<Num> rsi(Indicator<Num> close) {
        NumericIndicator gain = NumericIndicator.of(new MMAIndicator(new GainIndicator(close), 14));
        NumericIndicator loss = NumericIndicator.of(new MMAIndicator(new LossIndicator(close), 14));
        return gain.dividedBy(gain.plus(loss)).multipliedBy(100);
    }

    /** ta4j's own oscillator makes new caches, as long as the series, at every bar: quadratic in time. */
    private static Indicator<Num> stochK(BarSeries series, Indicator<Num> close) {
        NumericIndicator low = NumericIndicator.of(new LowestValueIndicator(new LowPriceIndicator(series), 14));
        NumericIndicator high = NumericIndicator.of(new HighestValueIndicator(new HighPriceIndicator(series), 14));
        return NumericIndicator.of(close).minus(low).dividedBy(high.minus(low)).multipliedBy(100);
    }

    /** Not ta4j's moving mean: a single undefined %K would stay in its running total forever. */
    private OptionalDouble stochD(int at) {
        if (at < 15) {
            return OptionalDouble.empty();
        }
        return finite((value(stochK, at) + value(stochK, at - 1) + value(stochK, at - 2)) / 3);
    }

    private Optional<Macd> macd(int at) {
        if (at < 33) { // 26 bars to the first line, nine lines to the first signal
            return Optional.empty();
        }
        Macd macd = new Macd(lowered(value(macdLine, at)), lowered(value(macdSignal, at)));
        return Double.isFinite(macd.line()) && Double.isFinite(macd.signal()) ? Optional.of(macd) : Optional.empty();
    }

    private Optional<Bollinger> bollinger(int at) {
        double middle = value(mean, at);
        double width = 2 * value(deviation, at);
        if (at < 19 || !Double.isFinite(middle) || !Double.isFinite(width)) {
            return Optional.empty();
        }
        return Optional.of(new Bollinger(lowered(middle - width), lowered(middle), lowered(middle + width)));
    }

    private OptionalDouble volumeRatio(Bar bar, int at) {
        double usual = value(meanVolume, at);
        return at < 19 || usual <= 0 ? OptionalDouble.empty() : finite(bar.volume() / usual);
    }

    private OptionalDouble priceChangePct(int at) {
        return at < 1 || value(close, at - 1) <= 0
                ? OptionalDouble.empty()
                : finite((value(close, at) / value(close, at - 1) - 1) * 100);
    }

    private static OptionalDouble percent(OptionalDouble part, Indicator<Num> whole, int at) {
        return part.isEmpty() ? part : finite(part.getAsDouble() / value(whole, at) * 100);
    }

    private OptionalDouble lowered(OptionalDouble price) {
        return price.isEmpty() ? price : OptionalDouble.of(lowered(price.getAsDouble()));
    }

    private double lowered(double price) {
        return Math.scalb(price, -lift);
    }

    /** Asks the indicator at every bar, known or not: each answer rests on the one before. */
    private static OptionalDouble known(Indicator<Num> indicator, int at, int first) {
        double value = value(indicator, at);
        return at < first ? OptionalDouble.empty() : finite(value);
    }

    private static double value(Indicator<Num> indicator, int at) {
        return indicator.getValue(at).doubleValue();
    }

    private static OptionalDouble finite(double value) {
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
