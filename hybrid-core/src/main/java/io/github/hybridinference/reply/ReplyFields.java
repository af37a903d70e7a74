package io.github.hybridinference.reply;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.remote.ReplyProblem;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The fields of a reply as they were read; null, NaN or empty for what is not there or of the wrong kind. */
final class ReplyFields {
    /** How much of the reasoning is kept, in characters. */
    static final int MAX_REASONING = 500;

    /** Stands for a distance of the wrong kind; NaN is one that was left out, which HOLD may do. */
    static final double NOT_A_DISTANCE = -1;

    private static final double LEAST_CONFIDENCE_TO_TRADE = 0.01;

    @Nullable Action action;

    double confidence = Double.NaN;

    @Nullable RiskLevel risk;

    double stopLossPct = Double.NaN;
    double takeProfitPct = Double.NaN;

    /** Clean, and whole. */
    String reasoning = "";

    /**
     * Makes a signal of the fields, if they make one.
     *
     * @param leastDistancePct the least distance of a stop or a target, in percent of the price
     * @throws UnusableReply with the first problem in the order of the wire format, whatever the order in the reply
     */
    TradingSignal toSignal(double leastDistancePct) throws UnusableReply {
        if (action == null) {
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
        if (reasoning.isEmpty()) {
            throw new UnusableReply(ReplyProblem.BAD_REASONING);
        }
        // the sum turns -0.0 into 0.0
        return new TradingSignal(action, confidence + 0.0, risk, stop, target, PlainText.cut(reasoning, MAX_REASONING));
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
