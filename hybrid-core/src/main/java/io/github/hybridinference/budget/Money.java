package io.github.hybridinference.budget;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * Amounts of money as whole billionths of a US dollar in a {@code long}: every listed price is a whole number of them per
 * token, so that sums are exact.
 *
 * @since 0.1.0
 */
public final class Money {
    /** Billionths in a US dollar. */
    public static final long NANOS_PER_USD = 1_000_000_000L;

    private static final int LONGEST = 24;

    private Money() {}

    /**
     * Reads an amount of US dollars.
     *
     * @param usd a positive plain decimal number with at most nine decimals, such as {@code "5.00"}
     * @return billionths of a US dollar
     * @throws IllegalArgumentException if it is not; the message does not repeat the text
     */
    public static long nanoUsd(String usd) {
        Objects.requireNonNull(usd, "usd");
        try {
            if (usd.length() <= LONGEST) {
                long nanos = new BigDecimal(usd.strip()).movePointRight(9).longValueExact();
                if (nanos > 0) {
                    return nanos;
                }
            }
        } catch (ArithmeticException | NumberFormatException echoesTheText) {
            // the sentence below says it without repeating what was given
        }
        throw new IllegalArgumentException("an amount is a positive number of US dollars such as 5.00");
    }

    /**
     * Converts to US dollars, for display.
     *
     * @param nanoUsd billionths of a US dollar
     * @return US dollars
     */
    public static double usd(long nanoUsd) {
        return (double) nanoUsd / NANOS_PER_USD;
    }
}
