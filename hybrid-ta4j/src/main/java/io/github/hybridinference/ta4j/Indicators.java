package io.github.hybridinference.ta4j;

import io.github.hybridinference.ta4j.IndicatorValues.Bollinger;
import io.github.hybridinference.ta4j.IndicatorValues.Macd;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.OptionalDouble;
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
 * <p>Computes on a series of its own, which holds the last {@value #KEPT_BARS} bars, in double precision. Not safe for use by
 * several threads.
 */
final class Indicators {

    /** Each indicator looks back 26 bars at most; what went before stays in the averages, which are remembered. */
    private static final int KEPT_BARS = 128;

    /**
     * ta4j treats numbers less than 0.00001 apart as equal and so finds no trend in a coin that costs less. Prices are
     * scaled up before, and results scaled down after; powers of two do both without rounding.
     */
    private static final int LIFTED_EXPONENT = 40;

    /** The series of its own wants ends that rise; what they are does not matter. */
    private static final Duration STEP = Duration.ofMinutes(1);

    private static final ZonedDateTime START = ZonedDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final BarSeries series;
    private final Indicator<Num> close;
    private final Indicator<Num> rsi;
    private final MACDIndicator macdLine;
    private final EMAIndicator macdSignal;
    private final SMAIndicator mean;
    private final StandardDeviationIndicator deviation;
    private final ATRIndicator atr;
    private final SMAIndicator meanVolume;
    private final ADXIndicator adx;
    private final Indicator<Num> stochK;
    private int lift;
    private boolean lifted;

    /** Creates indicators without any bar. */
    Indicators() {
        this(new BaseBarSeriesBuilder().withNumTypeOf(DoubleNum.class).build());
    }

    /** Creates indicators that keep their bars in the given series, which is empty. */
    Indicators(BarSeries series) {
        series.setMaximumBarCount(KEPT_BARS);
        this.series = series;
        close = new ClosePriceIndicator(series);
        rsi = rsi(close);
        macdLine = new MACDIndicator(close, 12, 26);
        macdSignal = macdLine.getSignalLine(9);
        mean = new SMAIndicator(close, 20);
        deviation = new StandardDeviationIndicator(close, 20);
        atr = new ATRIndicator(series, 14);
        meanVolume = new SMAIndicator(new VolumeIndicator(series), 20);
        adx = new ADXIndicator(series, 14);
        stochK = stochK(series, close);
    }

    /** The number of bars so far. */
    int history() {
        return series.getEndIndex() + 1;
    }

    /** Adds the next bar, and returns the indicators as they stand at it. */
    IndicatorValues next(Prices bar) {
        return add(bar, false);
    }

    /** Replaces the latest bar, as a feed does while that bar is still forming. There must be one. */
    IndicatorValues revise(Prices bar) {
        return add(bar, true);
    }

    private IndicatorValues add(Prices bar, boolean replace) {
        if (!lifted && bar.magnitude() > 0) {
            lift = LIFTED_EXPONENT - Math.getExponent(bar.magnitude());
            lifted = true;
        }
        series.addBar(lifted(bar, replace ? history() - 1 : history()), replace);
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

    private BaseBar lifted(Prices bar, int at) {
        return new BaseBar(
                STEP,
                START.plus(STEP.multipliedBy(at)),
                Math.scalb(bar.open(), lift),
                Math.scalb(bar.high(), lift),
                Math.scalb(bar.low(), lift),
                Math.scalb(bar.close(), lift),
                bar.hasVolume() ? bar.volume() : 0,
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

    private OptionalDouble volumeRatio(Prices bar, int at) {
        double usual = value(meanVolume, at);
        return at < 19 || usual <= 0 || !bar.hasVolume() ? OptionalDouble.empty() : finite(bar.volume() / usual);
    }

    private OptionalDouble priceChangePct(int at) {
        double before = at < 1 ? Double.NaN : value(close, at - 1);
        return before > 0 ? finite((value(close, at) / before - 1) * 100) : OptionalDouble.empty();
    }

    private static OptionalDouble percent(OptionalDouble part, Indicator<Num> whole, int at) {
        double price = value(whole, at);
        return part.isEmpty() || price <= 0 ? OptionalDouble.empty() : finite(part.getAsDouble() / price * 100);
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
