package io.github.hybridinference.model;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A piece of advice: what to do, how sure, how risky, and why.
 *
 * <p>The reasoning is never a model's text. For a model's answer it is written from the evidence, figures that were compared
 * with those sent; the rules write their own. What the model itself wrote is the commentary, which is not verified and must
 * be shown as the model's words.
 *
 * @param action what to do
 * @param confidence in [0, 1]; 0 means no opinion at all. Of the rules it is the margin of their votes, of a model what it states: in
 *     neither case a probability, unless the engine was given a measured table
 * @param risk how risky acting on it is
 * @param stopLossPct distance of a protective stop from the current price in percent, in (0, 50]
 * @param takeProfitPct distance of a target from the current price in percent, in (0, 50]
 * @param reasoning one or a few sentences, written by this library or by a rule model
 * @param evidence the figures that a model says it relied on, verified, at most {@value #MAX_EVIDENCE}; empty for a
 *     model's answer without evidence, and for the rules'
 * @param commentary the model's own words, at most 500 characters: without control, formatting and invisible characters,
 *     and without sentences that hold a figure that is not evidence; empty if there are none, and for the rules
 * @since 0.1.0
 */
public record TradingSignal(
        Action action,
        double confidence,
        RiskLevel risk,
        OptionalDouble stopLossPct,
        OptionalDouble takeProfitPct,
        String reasoning,
        List<Evidence> evidence,
        String commentary) {
    /** How many figures a model can give as evidence. */
    public static final int MAX_EVIDENCE = 2;

    /** The longest distance of a stop or a target, in percent of the price. */
    public static final double MAX_DISTANCE_PCT = 50;

    /**
     * Checks the ranges, and cleans the commentary.
     *
     * @param action what to do
     * @param confidence how sure
     * @param risk how risky acting on it is
     * @param stopLossPct distance of a protective stop from the current price in percent
     * @param takeProfitPct distance of a target from the current price in percent
     * @param reasoning one or a few sentences
     * @param evidence the verified figures
     * @param commentary the model's own words, cleaned or not
     * @throws IllegalArgumentException if a number is out of range or there is too much evidence
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
        evidence = List.copyOf(evidence);
        if (evidence.size() > MAX_EVIDENCE) {
            throw new IllegalArgumentException("a signal has at most " + MAX_EVIDENCE + " figures as evidence");
        }
        commentary = commentary.isEmpty() ? "" : Commentary.of(commentary, evidence);
    }

    /**
     * Makes a signal without evidence and commentary, as the rules do.
     *
     * @param action what to do
     * @param confidence how sure
     * @param risk how risky acting on it is
     * @param stopLossPct distance of a protective stop from the current price in percent
     * @param takeProfitPct distance of a target from the current price in percent
     * @param reasoning one or a few sentences
     * @throws IllegalArgumentException if a number is out of range
     */
    public TradingSignal(
            Action action,
            double confidence,
            RiskLevel risk,
            OptionalDouble stopLossPct,
            OptionalDouble takeProfitPct,
            String reasoning) {
        this(action, confidence, risk, stopLossPct, takeProfitPct, reasoning, List.of(), "");
    }

    /**
     * Makes the signal of a model's answer, with a reasoning that is written from the evidence.
     *
     * @param action what to do
     * @param confidence how sure
     * @param risk how risky acting on it is
     * @param stopLossPct distance of a protective stop from the current price in percent
     * @param takeProfitPct distance of a target from the current price in percent
     * @param evidence figures that the model relied on and that were verified; empty if it named none
     * @param commentary the model's own words, cleaned or not; empty if there are none
     * @param language the language of the reasoning
     * @return the signal
     * @throws IllegalArgumentException if a number is out of range or there is too much evidence
     */
    public static TradingSignal ofModel(
            Action action,
            double confidence,
            RiskLevel risk,
            OptionalDouble stopLossPct,
            OptionalDouble takeProfitPct,
            List<Evidence> evidence,
            String commentary,
            Language language) {
        String reasoning = ModelReasoning.of(action, evidence, language);
        return new TradingSignal(action, confidence, risk, stopLossPct, takeProfitPct, reasoning, evidence, commentary);
    }

    /**
     * Returns the same advice, no surer than {@code cap}.
     *
     * @param cap the highest confidence, in [0, 1]
     * @return this, or a copy with the confidence lowered
     */
    public TradingSignal withConfidenceAtMost(double cap) {
        return confidence <= cap
                ? this
                : new TradingSignal(action, cap, risk, stopLossPct, takeProfitPct, reasoning, evidence, commentary);
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
                : new TradingSignal(
                        action,
                        table.calibrated(confidence),
                        risk,
                        stopLossPct,
                        takeProfitPct,
                        reasoning,
                        evidence,
                        commentary);
    }

    private static void requireDistance(OptionalDouble distancePct, String name) {
        Objects.requireNonNull(distancePct, name);
        if (distancePct.isPresent()
                && !(distancePct.getAsDouble() > 0 && distancePct.getAsDouble() <= MAX_DISTANCE_PCT)) {
            throw new IllegalArgumentException(name + " lies in (0, 50] percent");
        }
    }

    /** The advice without reasoning, evidence and commentary: figures and a model's text have no place in a log. */
    @Override
    public String toString() {
        return "TradingSignal[" + action + ", confidence=" + confidence + ", risk=" + risk + "]";
    }
}
