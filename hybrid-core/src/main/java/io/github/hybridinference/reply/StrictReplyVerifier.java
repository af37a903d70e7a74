package io.github.hybridinference.reply;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.ReplyProblem;
import org.jspecify.annotations.Nullable;

/**
 * Believes a reply only if it came through whole, is one flat JSON object of the wire format, keeps every range, and
 * claims no current figure other than the one it was sent. Nothing is repaired: fences, thoughts and a short label around
 * the object are cut away, and white space, invisible characters and the end of a long reasoning are; the rest is as the
 * model wrote it or rejected.
 *
 * <p>The work grows in proportion to the length of the reply, up to {@value ReplyParser#MAX_LENGTH} characters, beyond
 * which it is not looked at.
 */
enum StrictReplyVerifier implements ReplyVerifier {
    INSTANCE;

    private static final double LEAST_DISTANCE_PCT = 0.005;
    private static final double LEAST_SHARE_OF_VOLATILITY = 20;
    private static final double LEAST_DISTANCE_WITHOUT_VOLATILITY_PCT = 0.05;

    @Override
    public Verification verify(RemoteReply reply, AnonymizedSnapshot sent) {
        ReplyProblem unfinished = problemOf(reply.finish());
        if (unfinished != null) {
            return new Rejected(unfinished);
        }
        try {
            return new Accepted(signalIn(reply.text(), sent));
        } catch (UnusableReply unusable) {
            return new Rejected(
                    reply.finish() == RemoteReply.Finish.LENGTH ? ReplyProblem.TRUNCATED : unusable.problem());
        }
    }

    private static TradingSignal signalIn(String text, AnonymizedSnapshot sent) throws UnusableReply {
        if (text.length() > ReplyParser.MAX_LENGTH) {
            throw new UnusableReply(ReplyProblem.TOO_LARGE);
        }
        if (text.isBlank()) {
            throw new UnusableReply(ReplyProblem.BLANK);
        }
        ReplyFields fields = ReplyParser.read(ReplyText.objectIn(text));
        TradingSignal signal = fields.toSignal(leastDistancePct(sent));
        // of the whole reasoning, since the cut in the signal can go through the middle of a figure
        if (ClaimCheck.contradicts(fields.reasoning, sent)) {
            throw new UnusableReply(ReplyProblem.CONTRADICTED);
        }
        return signal;
    }

    private static double leastDistancePct(AnonymizedSnapshot sent) {
        double volatilityPct = sent.get(Feature.VOLATILITY_PCT);
        return Double.isNaN(volatilityPct)
                ? LEAST_DISTANCE_WITHOUT_VOLATILITY_PCT
                : Math.max(LEAST_DISTANCE_PCT, volatilityPct / LEAST_SHARE_OF_VOLATILITY);
    }

    private static @Nullable ReplyProblem problemOf(RemoteReply.Finish finish) {
        return switch (finish) {
            // the limit may have been reached by white space behind the object; an open object is found by the parser
            case STOP, LENGTH, UNKNOWN -> null;
            case CONTENT_FILTER -> ReplyProblem.FILTERED;
            case INSUFFICIENT_RESOURCES -> ReplyProblem.INSUFFICIENT_RESOURCES;
            case ERROR -> ReplyProblem.PROVIDER_ERROR;
            case TOOL_CALLS -> ReplyProblem.UNKNOWN_FINISH;
        };
    }
}
