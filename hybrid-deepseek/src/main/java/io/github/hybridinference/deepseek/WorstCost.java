package io.github.hybridinference.deepseek;

import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.remote.RemoteRequest;
import io.github.hybridinference.remote.ReplyProblem;
import java.time.Clock;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * An upper bound on the cost of one attempt.
 *
 * <p>A token is at least one byte of text, so the bytes of both messages bound their tokens with any tokenizer. A fixed
 * allowance covers what a service adds around the messages.
 *
 * @param maxOutputTokens the limit of output tokens in the request
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
