package io.github.hybridinference.deepseek;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.remote.RemoteRequest;
import io.github.hybridinference.remote.ReplyProblem;
import java.time.Clock;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Bounds from above what one attempt can cost.
 *
 * <p>A token of text is at least one byte, so that the bytes of both messages bound their tokens on any tokenizer; what a
 * service wraps around the messages is covered by a fixed allowance.
 *
 * @param maxOutputTokens the limit of output that is sent along
 */
record WorstCost(String model, PriceTable prices, Clock clock, long promptBytes, int maxOutputTokens) {
    private static final int WRAPPING_TOKENS = 64;
    private static final int WORDS = 32;
    private static final int VALUE = 24; // quotes, colon, comma and the longest number

    OptionalLong of(RemoteRequest question) {
        Instant now = clock.instant();
        return prices.worstNanoUsd(
                model,
                inputTokens(question),
                maxOutputTokens,
                now,
                now.plus(question.deadline().remaining()));
    }

    private long inputTokens(RemoteRequest question) {
        AnonymizedSnapshot snapshot = question.snapshot();
        long bytes = promptBytes + WORDS + WRAPPING_TOKENS;
        for (int i = 0; i < snapshot.size(); i++) {
            bytes += snapshot.feature(i).name().length() + VALUE;
        }
        return bytes
                + question.complaint().map(ReplyProblem::complaint).orElse("").length();
    }
}
