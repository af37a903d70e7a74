package io.github.hybridinference.ta4j;

import org.jspecify.annotations.Nullable;
import org.ta4j.core.Bar;
import org.ta4j.core.num.Num;

/** The figures of one bar, whatever kind of number the series holds. NaN stands for a figure that the bar does not have. */
record Prices(double open, double high, double low, double close, double volume) {

    static Prices of(Bar bar) {
        return new Prices(
                value(bar.getOpenPrice()),
                value(bar.getHighPrice()),
                value(bar.getLowPrice()),
                value(bar.getClosePrice()),
                value(bar.getVolume()));
    }

    /** Averages never forget a figure that is not finite, so such a bar must not reach them. */
    boolean areFinite() {
        return Double.isFinite(open) && Double.isFinite(high) && Double.isFinite(low) && Double.isFinite(close);
    }

    boolean hasVolume() {
        return volume >= 0 && Double.isFinite(volume);
    }

    /** The largest of the prices, whatever their signs. */
    double magnitude() {
        return Math.max(Math.max(Math.abs(open), Math.abs(close)), Math.max(Math.abs(high), Math.abs(low)));
    }

    /** A bar of ta4j has no prices before its first trade. */
    private static double value(@Nullable Num number) {
        return number == null || number.isNaN() ? Double.NaN : number.doubleValue();
    }
}
