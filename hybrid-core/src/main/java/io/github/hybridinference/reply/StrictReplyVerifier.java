package io.github.hybridinference.reply;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.ReplyProblem;
import org.jspecify.annotations.Nullable;

/**
 * Believes a reply only if it came through whole, holds exactly one flat JSON object of the wire format, keeps every
 * range, and claims no current figure other than the one it was sent. Nothing is repaired: what surrounds the object is
 * cut away, and white space, invisible characters and the end of a long reasoning are; the rest is as the model wrote it
 * or rejected.
 *
 * <p>The work grows in proportion to the length of the reply, up to {@value ReplyParser#MAX_LENGTH} characters, beyond
 * which it is not looked at.
 */
enum StrictReplyVerifier implements ReplyVerifier {
    INSTANCE;

    @Override
    public Verification verify(RemoteReply reply, AnonymizedSnapshot sent) {
        ReplyProblem unfinished = problemOf(reply.finish());
        if (unfinished != null) {
            return new Rejected(unfinished);
        }
        try {
            return new Accepted(signalIn(reply.text(), sent));
        } catch (UnusableReply unusable) {
            return new Rejected(unusable.problem());
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
        TradingSignal signal = fields.toSignal();
        // of the whole reasoning, since the cut in the signal can go through the middle of a figure
        if (ClaimCheck.contradicts(fields.reasoning, sent)) {
            throw new UnusableReply(ReplyProblem.CONTRADICTED);
        }
        return signal;
    }

    private static @Nullable ReplyProblem problemOf(RemoteReply.Finish finish) {
        return switch (finish) {
            case STOP -> null;
            case LENGTH -> ReplyProblem.TRUNCATED;
            case CONTENT_FILTER -> ReplyProblem.FILTERED;
            case INSUFFICIENT_RESOURCES -> ReplyProblem.INSUFFICIENT_RESOURCES;
            case TOOL_CALLS, UNKNOWN -> ReplyProblem.UNKNOWN_FINISH;
        };
    }
}
