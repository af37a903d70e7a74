package io.github.hybridinference.budget;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * Prices in billionths of a US dollar per token.
 *
 * @param cacheHit input found in the provider's prefix cache
 * @param cacheMiss other input
 * @param output output
 */
record Rate(long cacheHit, long cacheMiss, long output) {
    /** A dollar per token: far above any price, and low enough that no sum of a real call overflows. */
    private static final long HIGHEST = Money.NANOS_PER_USD;

    private static final int LONGEST = 24;

    static Rate parse(String cacheHitUsd, String cacheMissUsd, String outputUsd) {
        return new Rate(
                perToken("cache_hit", cacheHitUsd),
                perToken("cache_miss", cacheMissUsd),
                perToken("output", outputUsd));
    }

    long costNanoUsd(long cacheHitTokens, long cacheMissTokens, long outputTokens) {
        long input = Math.addExact(
                Math.multiplyExact(cacheHit, cacheHitTokens), Math.multiplyExact(cacheMiss, cacheMissTokens));
        return Math.addExact(input, Math.multiplyExact(output, outputTokens));
    }

    long worstNanoUsd(long inputTokens, long outputTokens) {
        return Math.addExact(
                Math.multiplyExact(Math.max(cacheHit, cacheMiss), inputTokens),
                Math.multiplyExact(output, outputTokens));
    }

    /** US dollars per million tokens are thousands of billionths per token. */
    static long perToken(String name, String usdPerMillion) {
        Objects.requireNonNull(usdPerMillion, name);
        try {
            if (usdPerMillion.length() <= LONGEST) {
                BigDecimal nanos = new BigDecimal(usdPerMillion.strip()).movePointRight(3);
                if (nanos.signum() >= 0 && nanos.compareTo(BigDecimal.valueOf(HIGHEST)) <= 0) {
                    return nanos.longValueExact();
                }
            }
        } catch (ArithmeticException | NumberFormatException echoesTheText) {
            // the sentence below says it without repeating what was given
        }
        throw new IllegalArgumentException(
                name + " must be US dollars per million tokens with at most three decimals, such as 0.15");
    }
}
