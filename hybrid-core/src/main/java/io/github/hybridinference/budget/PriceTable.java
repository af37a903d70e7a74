package io.github.hybridinference.budget;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What models cost, by date, weekday and hour. A model without a price costs an unknown amount, never nothing.
 *
 * <p>A table is read from lines of comma-separated values; empty lines and lines that begin with {@code #} are skipped,
 * and the first of the others names the columns:
 *
 * <pre>{@code
 * model,from,to,hours,cache_hit,cache_miss,output
 * some-model,2026-09-10,,,0.003,0.15,0.60
 * some-model,2026-09-10,,MON-FRI 01:00-04:00 06:00-10:00,0.006,0.30,1.20
 * }</pre>
 *
 * <ul>
 *   <li>{@code model}: the name as it is sent to the service, or {@code *} for any model that is not named
 *   <li>{@code from}, {@code to}: the first day and the first day after, in UTC; an empty {@code to} means until further
 *       notice. Of the lines of a model that have begun, those that began last count.
 *   <li>{@code hours}: empty for all hours, or days and times of day in UTC, in whole minutes, the end exclusive (up to
 *       {@code 24:00}); a line with hours that match goes before one without
 *   <li>{@code cache_hit}, {@code cache_miss}, {@code output}: US dollars per million tokens of input found in the
 *       provider's prefix cache, other input, and output. Each is a whole number of billionths of a dollar per token: at
 *       most three decimals.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class PriceTable {
    private static final PriceTable STANDARD = bundled();
    private static final Duration LONGEST_SEARCH = Duration.ofDays(1);

    private final List<PriceLine> lines;

    private PriceTable(List<PriceLine> lines) {
        this.lines = lines;
    }

    /**
     * Returns the prices known when this version was released.
     *
     * @return a shared table
     */
    public static PriceTable standard() {
        return STANDARD;
    }

    /**
     * Reads a table from a file.
     *
     * @param file in UTF-8
     * @return the table
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it does not hold a table; the message names the line
     */
    public static PriceTable read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    /**
     * Reads a table.
     *
     * @param text the lines
     * @return the table
     * @throws IllegalArgumentException if that is no table; the message names the line
     */
    public static PriceTable parse(String text) {
        return new PriceTable(PriceLine.parseAll(text));
    }

    /**
     * Starts a table with the same prices for every model, at any time. Each price is named:
     *
     * <pre>{@code
     * PriceTable.perMillionTokens().cachedInput("0.028").input("0.28").output("0.42")
     * }</pre>
     *
     * <p>A price is US dollars per million tokens as a decimal number, at most three decimals; {@code "0"} for nothing.
     *
     * @return the first step
     */
    public static CachedInputStep perMillionTokens() {
        return cachedInputUsd -> {
            long cacheHit = Rate.perToken("cachedInput", cachedInputUsd);
            return inputUsd -> {
                long cacheMiss = Rate.perToken("input", inputUsd);
                if (cacheHit > cacheMiss) {
                    throw new IllegalArgumentException(
                            "cachedInput must not be dearer than input: were the two prices exchanged?");
                }
                return outputUsd -> new PriceTable(
                        List.of(PriceLine.always(new Rate(cacheHit, cacheMiss, Rate.perToken("output", outputUsd)))));
            };
        };
    }

    /** The first step of {@link #perMillionTokens()}. */
    @FunctionalInterface
    public interface CachedInputStep {
        /**
         * Sets the price of input that the provider found in its prefix cache.
         *
         * @param usd US dollars per million tokens, not negative, at most three decimals
         * @return the next step
         * @throws IllegalArgumentException if it is not such an amount
         */
        InputStep cachedInput(String usd);
    }

    /** The second step of {@link #perMillionTokens()}. */
    @FunctionalInterface
    public interface InputStep {
        /**
         * Sets the price of all other input.
         *
         * @param usd US dollars per million tokens, at least the price of cached input, at most three decimals
         * @return the next step
         * @throws IllegalArgumentException if it is not such an amount, or less than the price of cached input
         */
        OutputStep input(String usd);
    }

    /** The last step of {@link #perMillionTokens()}. */
    @FunctionalInterface
    public interface OutputStep {
        /**
         * Sets the price of output.
         *
         * @param usd US dollars per million tokens, not negative, at most three decimals
         * @return the table
         * @throws IllegalArgumentException if it is not such an amount
         */
        PriceTable output(String usd);
    }

    /**
     * Returns what a call cost.
     *
     * @param model the model's name
     * @param cacheHitTokens tokens of input found in the provider's prefix cache
     * @param cacheMissTokens other tokens of input
     * @param outputTokens tokens of output
     * @param at when the call was answered
     * @return billionths of a US dollar, or empty if no price is known
     * @throws ArithmeticException if the cost does not fit
     */
    public OptionalLong costNanoUsd(
            String model, long cacheHitTokens, long cacheMissTokens, long outputTokens, Instant at) {
        Rate rate = rate(model, at);
        return rate == null
                ? OptionalLong.empty()
                : OptionalLong.of(rate.costNanoUsd(cacheHitTokens, cacheMissTokens, outputTokens));
    }

    /**
     * Returns the most that a call can cost that may be answered at any time within a span: nothing found in the prefix
     * cache, at the dearest rate of the span.
     *
     * @param model the model's name
     * @param inputTokens the most tokens of input
     * @param outputTokens the most tokens of output
     * @param from the beginning of the span
     * @param until the end of the span, not before its beginning
     * @return billionths of a US dollar, or empty if for any part of the span no price is known
     * @throws ArithmeticException if the cost does not fit
     */
    public OptionalLong worstNanoUsd(String model, long inputTokens, long outputTokens, Instant from, Instant until) {
        if (Duration.between(from, until).compareTo(LONGEST_SEARCH) > 0) {
            return worstEver(model, inputTokens, outputTokens);
        }
        long worst = 0;
        // rates change at whole minutes only
        for (Instant at = from; ; at = at.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES)) {
            Rate rate = rate(model, at.isAfter(until) ? until : at);
            if (rate == null) {
                return OptionalLong.empty();
            }
            worst = Math.max(worst, rate.worstNanoUsd(inputTokens, outputTokens));
            if (!at.isBefore(until)) {
                return OptionalLong.of(worst);
            }
        }
    }

    private OptionalLong worstEver(String model, long inputTokens, long outputTokens) {
        String name = known(model);
        return lines.stream()
                .filter(line -> line.model().equals(name))
                .mapToLong(line -> line.rate().worstNanoUsd(inputTokens, outputTokens))
                .max();
    }

    private @Nullable Rate rate(String model, Instant at) {
        return PriceLine.inForce(lines, known(model), at);
    }

    private String known(String model) {
        Objects.requireNonNull(model, "model");
        for (PriceLine line : lines) {
            if (line.model().equals(model)) {
                return model;
            }
        }
        return PriceLine.ANY_MODEL;
    }

    private static PriceTable bundled() {
        try (InputStream in = Objects.requireNonNull(PriceTable.class.getResourceAsStream("prices.csv"))) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** How many lines there are. */
    @Override
    public String toString() {
        return "PriceTable[" + lines.size() + " lines]";
    }
}
