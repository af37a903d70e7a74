package io.github.hybridinference.reply;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Evidence;
import io.github.hybridinference.model.Language;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.remote.ReplyProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The fields of a reply as they were read; null, NaN or empty for what is not there or of the wrong kind. */
final class ReplyFields {
    /** Stands for a distance of the wrong kind; NaN is one that was left out, which HOLD may do. */
    static final double NOT_A_DISTANCE = -1;

    private static final double LEAST_CONFIDENCE_TO_TRADE = 0.01;

    /**
     * A figure that the model says it relied on.
     *
     * @param name as it wrote it
     * @param percent whether it stands among the percentages, whose names are sent without their ending
     * @param value NaN if it is no number
     */
    record Claim(String name, boolean percent, double value) {
        boolean isOfSameName(Claim other) {
            return percent == other.percent && name.equals(other.name);
        }
    }

    @Nullable Action action;

    double confidence = Double.NaN;

    @Nullable RiskLevel risk;

    double stopLossPct = Double.NaN;
    double takeProfitPct = Double.NaN;

    /** What the model relied on, as it says. */
    final List<Claim> evidence = new ArrayList<>(TradingSignal.MAX_EVIDENCE);

    /** Its sentence, as it wrote it. */
    String words = "";

    /** What a key that was not asked for advises, as in {@code "signal":"SELL"}, or null. */
    @Nullable Action secondVerdict;

    /**
     * Makes a signal of the fields, if they make one.
     *
     * @param sent what the model had been told
     * @param leastDistancePct the least distance of a stop or a target, in percent of the price
     * @param language the language of the signal's reasoning
     * @throws UnusableReply with the first problem in the order of the wire format, whatever the order in the reply
     */
    TradingSignal toSignal(AnonymizedSnapshot sent, double leastDistancePct, Language language) throws UnusableReply {
        if (action == null || (secondVerdict != null && secondVerdict != action)) {
            throw new UnusableReply(ReplyProblem.BAD_ACTION);
        }
        if (!(confidence >= 0 && confidence <= 1)
                || (confidence < LEAST_CONFIDENCE_TO_TRADE && action != Action.HOLD)) {
            // advice to trade without confidence is a fault of the model's, not advice
            throw new UnusableReply(ReplyProblem.BAD_CONFIDENCE);
        }
        if (risk == null) {
            throw new UnusableReply(ReplyProblem.BAD_RISK);
        }
        OptionalDouble stop = distance(action, stopLossPct, leastDistancePct);
        OptionalDouble target = distance(action, takeProfitPct, leastDistancePct);
        List<Evidence> verified = EvidenceCheck.verified(evidence, sent);
        if (OtherAdvice.isIn(words, action)) {
            throw new UnusableReply(ReplyProblem.CONTRADICTED);
        }
        // the sum turns -0.0 into 0.0
        return TradingSignal.ofModel(action, confidence + 0.0, risk, stop, target, verified, words, language);
    }

    private static OptionalDouble distance(Action action, double pct, double leastPct) throws UnusableReply {
        if (action == Action.HOLD && (Double.isNaN(pct) || pct == 0)) {
            return OptionalDouble.empty();
        }
        if (!(pct >= leastPct && pct <= TradingSignal.MAX_DISTANCE_PCT)) {
            throw new UnusableReply(ReplyProblem.BAD_DISTANCE);
        }
        return OptionalDouble.of(pct);
    }
}
