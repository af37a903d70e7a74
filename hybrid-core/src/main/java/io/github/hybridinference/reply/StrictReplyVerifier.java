package io.github.hybridinference.reply;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Language;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.ReplyProblem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Believes a reply only if it came through whole, is one JSON object of the wire format, keeps every range, and gives as
 * evidence only figures that were sent, each with the value that was sent or one within its step. Nothing is repaired:
 * fences, thoughts and a short label around the object are cut away; the rest is as the model wrote it or rejected. The
 * model's sentence costs an answer only if it advises another trade than the verdict, in the words of the wire format; what of
 * it may be shown is kept as {@link TradingSignal#commentary()}.
 *
 * <p>The work grows in proportion to the length of the reply, up to 65,536 characters, beyond which it is not looked at.
 *
 * <p>Immutable and thread-safe; methods return changed copies. Made by {@link ReplyVerifier#standard()}.
 *
 * @since 0.1.0
 */
public final class StrictReplyVerifier implements ReplyVerifier {
    static final StrictReplyVerifier STANDARD = new StrictReplyVerifier(false, Language.ENGLISH);

    private static final double LEAST_DISTANCE_PCT = 0.005;
    private static final double LEAST_SHARE_OF_VOLATILITY = 20;
    private static final double LEAST_DISTANCE_WITHOUT_VOLATILITY_PCT = 0.05;

    private final boolean evidenceRequired;
    private final Language language;

    private StrictReplyVerifier(boolean evidenceRequired, Language language) {
        this.evidenceRequired = evidenceRequired;
        this.language = language;
    }

    /**
     * Rejects replies without evidence, as {@link ReplyProblem#BAD_EVIDENCE}; by default they are accepted, and the signal
     * has none. Answers that a cache remembers are not verified again.
     *
     * @return a changed copy
     */
    public StrictReplyVerifier requireEvidence() {
        return new StrictReplyVerifier(true, language);
    }

    /**
     * Sets the language in which {@link TradingSignal#reasoning()} is written from the evidence; the default is English. A
     * remembered answer keeps the language of the node that asked.
     *
     * @param words the language
     * @return a changed copy
     */
    public StrictReplyVerifier reasoningIn(Language words) {
        return new StrictReplyVerifier(evidenceRequired, Objects.requireNonNull(words, "language"));
    }

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

    private TradingSignal signalIn(String text, AnonymizedSnapshot sent) throws UnusableReply {
        if (text.length() > ReplyParser.MAX_LENGTH) {
            throw new UnusableReply(ReplyProblem.TOO_LARGE);
        }
        if (text.isBlank()) {
            throw new UnusableReply(ReplyProblem.BLANK);
        }
        ReplyFields fields = ReplyParser.read(ReplyText.objectIn(text));
        TradingSignal signal = fields.toSignal(sent, leastDistancePct(sent), language);
        if (evidenceRequired && signal.evidence().isEmpty()) {
            throw new UnusableReply(ReplyProblem.BAD_EVIDENCE);
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
