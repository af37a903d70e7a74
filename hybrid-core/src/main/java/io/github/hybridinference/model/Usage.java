package io.github.hybridinference.model;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What one or more calls to a model consumed.
 *
 * @param cachedInputTokens input tokens billed at the provider's prefix-cache price
 * @param inputTokens input tokens billed at the full price
 * @param outputTokens output tokens, reasoning included
 * @param reasoningTokens the part of {@code outputTokens} spent on hidden reasoning
 * @param costNanoUsd the price in billionths of a US dollar; empty when no price is known, which is not the same as zero
 * @since 0.1.0
 */
public record Usage(
        long cachedInputTokens, long inputTokens, long outputTokens, long reasoningTokens, OptionalLong costNanoUsd) {
    /** Nothing consumed, nothing paid. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, OptionalLong.of(0));

    /**
     * Checks the ranges.
     *
     * @param cachedInputTokens input tokens billed at the provider's prefix-cache price
     * @param inputTokens input tokens billed at the full price
     * @param outputTokens output tokens
     * @param reasoningTokens the part of {@code outputTokens} spent on hidden reasoning
     * @param costNanoUsd the price in billionths of a US dollar
     */
    public Usage {
        Objects.requireNonNull(costNanoUsd, "costNanoUsd");
        requireNotNegative(cachedInputTokens, "cachedInputTokens");
        requireNotNegative(inputTokens, "inputTokens");
        requireNotNegative(outputTokens, "outputTokens");
        requireNotNegative(reasoningTokens, "reasoningTokens");
        requireNotNegative(costNanoUsd.orElse(0), "costNanoUsd");
    }

    private static void requireNotNegative(long given, String name) {
        if (given < 0) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + given);
        }
    }

    /**
     * Returns all tokens together.
     *
     * @return input, cached input and output
     */
    public long totalTokens() {
        return cachedInputTokens + inputTokens + outputTokens;
    }

    /**
     * Adds the consumption of another call; the sum's cost is unknown if either cost is.
     *
     * @param other the other consumption
     * @return the sum
     */
    public Usage plus(Usage other) {
        OptionalLong cost = costNanoUsd.isPresent() && other.costNanoUsd.isPresent()
                ? OptionalLong.of(costNanoUsd.getAsLong() + other.costNanoUsd.getAsLong())
                : OptionalLong.empty();
        return new Usage(
                cachedInputTokens + other.cachedInputTokens,
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                reasoningTokens + other.reasoningTokens,
                cost);
    }
}
