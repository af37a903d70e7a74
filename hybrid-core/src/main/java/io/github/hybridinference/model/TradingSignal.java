package io.github.hybridinference.model;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A piece of advice: what to do, how sure, how risky, and why.
 *
 * @param action what to do
 * @param confidence how sure, in [0, 1]; 0 means no opinion at all
 * @param risk how risky acting on it is
 * @param stopLossPct distance of a protective stop from the current price in percent, in (0, 50]
 * @param takeProfitPct distance of a target from the current price in percent, in (0, 50]
 * @param reasoning one or a few sentences
 * @since 0.1.0
 */
public record TradingSignal(
        Action action,
        double confidence,
        RiskLevel risk,
        OptionalDouble stopLossPct,
        OptionalDouble takeProfitPct,
        String reasoning) {
    /** The longest distance of a stop or a target, in percent of the price. */
    public static final double MAX_DISTANCE_PCT = 50;

    /**
     * Checks the ranges.
     *
     * @param action what to do
     * @param confidence how sure
     * @param risk how risky acting on it is
     * @param stopLossPct distance of a protective stop from the current price in percent
     * @param takeProfitPct distance of a target from the current price in percent
     * @param reasoning one or a few sentences
     */
    public TradingSignal {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(risk, "risk");
        Objects.requireNonNull(reasoning, "reasoning");
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence lies in [0, 1]");
        }
        requireDistance(stopLossPct, "stopLossPct");
        requireDistance(takeProfitPct, "takeProfitPct");
        stopLossPct = Distances.shared(stopLossPct);
        takeProfitPct = Distances.shared(takeProfitPct);
    }

    /**
     * Returns the same advice, no surer than {@code cap}.
     *
     * @param cap the highest confidence, in [0, 1]
     * @return this, or a copy with the confidence lowered
     */
    public TradingSignal withConfidenceAtMost(double cap) {
        return confidence <= cap ? this : new TradingSignal(action, cap, risk, stopLossPct, takeProfitPct, reasoning);
    }

    /**
     * Returns the same advice with the confidence that a table gives it. HOLD stays as it is: there is nothing that it could be
     * right about.
     *
     * @param table what a stated confidence is worth
     * @return this, or a copy
     */
    public TradingSignal calibrated(ConfidenceTable table) {
        return action == Action.HOLD
                ? this
                : new TradingSignal(action, table.calibrated(confidence), risk, stopLossPct, takeProfitPct, reasoning);
    }

    private static void requireDistance(OptionalDouble distancePct, String name) {
        Objects.requireNonNull(distancePct, name);
        if (distancePct.isPresent()
                && !(distancePct.getAsDouble() > 0 && distancePct.getAsDouble() <= MAX_DISTANCE_PCT)) {
            throw new IllegalArgumentException(name + " lies in (0, 50] percent");
        }
    }

    /** The advice without the reasoning, which quotes figures or is a model's text, and has no place in a log. */
    @Override
    public String toString() {
        return "TradingSignal[" + action + ", confidence=" + confidence + ", risk=" + risk + "]";
    }
}
