package io.github.hybridinference.eval;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One bar of a market: four consistent prices and the traded volume. Prices may be zero or below, as those of oil were in April
 * 2020; what is not defined for such a price, such as a return from it, is then missing.
 *
 * @param start when the bar begins
 * @param open first price
 * @param high highest price, not below any of the others
 * @param low lowest price, not above any of the others
 * @param close last price
 * @param volume amount traded in units of the asset, zero or more
 * @since 0.1.0
 */
public record Bar(Instant start, double open, double high, double low, double close, double volume) {

    /**
     * Checks that the figures are consistent.
     *
     * @param start when the bar begins
     * @param open first price
     * @param high highest price
     * @param low lowest price
     * @param close last price
     * @param volume amount traded
     * @throws IllegalArgumentException if a price is not finite, the volume is negative or not finite, or
     *     open or close lies outside of low and high
     */
    public Bar {
        Objects.requireNonNull(start, "start");
        String fault = fault(open, high, low, close, volume);
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
    }

    /** Says what keeps these figures from being a bar, in words that repeat none of them. */
    static @Nullable String fault(double open, double high, double low, double close, double volume) {
        if (!isPrice(open) || !isPrice(high) || !isPrice(low) || !isPrice(close)) {
            return "a price is not finite";
        }
        if (!(volume >= 0 && Double.isFinite(volume))) {
            return "the volume is negative or not finite";
        }
        if (high < low) {
            return "the high is below the low";
        }
        if (close < low || close > high) {
            return "the close is outside of low and high";
        }
        if (open < low || open > high) {
            return "the open is outside of low and high";
        }
        return null;
    }

    private static boolean isPrice(double value) {
        return Double.isFinite(value);
    }
}
