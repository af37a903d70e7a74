package io.github.hybridinference.model;

import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The judgement of the in-process rules on a snapshot.
 *
 * <p>The advice is kept in a few numbers and put into words and a {@link TradingSignal} only when asked for, because most
 * callers read the action alone. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class RuleVerdict {
    /** Writes the reasoning of a verdict when it is asked for. */
    @FunctionalInterface
    public interface Explainer {
        /**
         * Puts into words why the verdict on this snapshot is what it is.
         *
         * @param snapshot the snapshot that was judged
         * @return one or a few sentences
         */
        String explain(MarketSnapshot snapshot);
    }

    private static final RuleVerdict NO_DATA =
            new RuleVerdict(Action.HOLD, 0, RiskLevel.MEDIUM, 0, 0, 0, null, "Not enough data for any rule.");

    /** Twice the average range: the "2N" stop of the Turtle rules (Dennis, Eckhardt 1983). */
    static final double STOP_RANGES = 2;

    static final double REWARD_TO_RISK = 2;

    private final Action action;
    private final RiskLevel risk;
    private final double confidence;
    private final double score;
    private final float strongestBuy;
    private final float strongestSell;
    private final @Nullable MarketSnapshot snapshot;

    /** The text, or the {@link Explainer} that can write it from the snapshot. */
    private final Object reasoning;

    private RuleVerdict(
            Action action,
            double confidence,
            RiskLevel risk,
            double score,
            double strongestBuy,
            double strongestSell,
            @Nullable MarketSnapshot snapshot,
            Object reasoning) {
        this.action = action;
        this.confidence = confidence;
        this.risk = risk;
        this.score = score;
        this.strongestBuy = (float) strongestBuy;
        this.strongestSell = (float) strongestSell;
        this.snapshot = snapshot;
        this.reasoning = reasoning;
    }

    /**
     * Makes a verdict from votes.
     *
     * @param action the advice
     * @param confidence the margin of the votes, in [0, 1]; not a probability
     * @param risk how risky acting is
     * @param score from -1 (all say sell) to 1 (all say buy)
     * @param strongestBuy weight of the strongest single vote to buy, not negative
     * @param strongestSell weight of the strongest single vote to sell, not negative
     * @param snapshot what was judged; kept for {@code explainer}
     * @param explainer writes the reasoning when it is asked for; called on the asking thread
     * @return the verdict
     * @throws IllegalArgumentException if a number is out of range
     */
    public static RuleVerdict of(
            Action action,
            double confidence,
            RiskLevel risk,
            double score,
            double strongestBuy,
            double strongestSell,
            MarketSnapshot snapshot,
            Explainer explainer) {
        if (!(confidence >= 0 && confidence <= 1) || !(Math.abs(score) <= 1)) {
            throw new IllegalArgumentException("confidence lies in [0, 1], score in [-1, 1]");
        }
        if (!(strongestBuy >= 0) || !(strongestSell >= 0)) {
            throw new IllegalArgumentException("the weight of a vote is not negative");
        }
        return new RuleVerdict(action, confidence, risk, score, strongestBuy, strongestSell, snapshot, explainer);
    }

    /**
     * Makes a verdict of a rule model that does not vote.
     *
     * @param action the advice
     * @param confidence how sure, in [0, 1]
     * @param risk how risky acting is
     * @param reasoning one or a few sentences
     * @return a verdict whose score is the confidence with the sign of the action
     */
    public static RuleVerdict of(Action action, double confidence, RiskLevel risk, String reasoning) {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(risk, "risk");
        Objects.requireNonNull(reasoning, "reasoning");
        double score = switch (action) {
            case BUY -> confidence;
            case SELL -> -confidence;
            case HOLD -> 0;
        };
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence lies in [0, 1]");
        }
        return new RuleVerdict(
                action, confidence, risk, score, Math.max(0, score), Math.max(0, -score), null, reasoning);
    }

    /**
     * Returns the verdict on a snapshot that no rule has data for: HOLD with confidence 0.
     *
     * @return a shared instance
     */
    public static RuleVerdict noData() {
        return NO_DATA;
    }

    /**
     * Tells whether any rule had data.
     *
     * @return false only for {@link #noData()}
     */
    public boolean hasData() {
        return this != NO_DATA;
    }

    /**
     * Returns the advice.
     *
     * @return what to do
     */
    public Action action() {
        return action;
    }

    /**
     * Returns the margin of the votes. It tells how far they agree, and is <em>not</em> the probability that the action proves
     * right: {@link #calibrated} puts a measured one in its place.
     *
     * @return in [0, 1]
     */
    public double confidence() {
        return confidence;
    }

    /**
     * Returns how risky acting is.
     *
     * @return the level
     */
    public RiskLevel risk() {
        return risk;
    }

    /**
     * Returns the balance of the votes.
     *
     * @return from -1 (all say sell) to 1 (all say buy)
     */
    public double score() {
        return score;
    }

    /**
     * Returns the weight of the strongest single vote to buy.
     *
     * @return not negative, in single precision
     */
    public double strongestBuy() {
        return strongestBuy;
    }

    /**
     * Returns the weight of the strongest single vote to sell.
     *
     * @return not negative, in single precision
     */
    public double strongestSell() {
        return strongestSell;
    }

    /**
     * Returns the same verdict with the confidence that a table gives it. HOLD stays as it is.
     *
     * @param table what a stated confidence is worth
     * @return this, or a copy
     */
    public RuleVerdict calibrated(ConfidenceTable table) {
        return action == Action.HOLD
                ? this
                : new RuleVerdict(
                        action,
                        table.calibrated(confidence),
                        risk,
                        score,
                        strongestBuy,
                        strongestSell,
                        snapshot,
                        reasoning);
    }

    /**
     * Puts the verdict into the form of an answer. For BUY and SELL with a known volatility the stop is 2 average true
     * ranges away (the 2N stop of the Turtle rules) and the target twice as far, both within (0, 50] percent.
     *
     * @return equal at each call
     */
    public TradingSignal signal() {
        double volatility = snapshot == null ? Double.NaN : snapshot.get(Feature.VOLATILITY_PCT);
        boolean levels = action != Action.HOLD && volatility > 0;
        double stop = STOP_RANGES * volatility;
        return new TradingSignal(
                action,
                confidence,
                risk,
                levels ? distance(stop) : OptionalDouble.empty(),
                levels ? distance(stop * REWARD_TO_RISK) : OptionalDouble.empty(),
                reasoning());
    }

    private static OptionalDouble distance(double percent) {
        return OptionalDouble.of(Math.min(percent, TradingSignal.MAX_DISTANCE_PCT));
    }

    private String reasoning() {
        return snapshot != null && reasoning instanceof Explainer explainer
                ? explainer.explain(snapshot)
                : reasoning.toString();
    }

    /** Action, confidence and risk; nothing of the snapshot. */
    @Override
    public String toString() {
        return "RuleVerdict[" + action + ", confidence=" + confidence + ", risk=" + risk + "]";
    }
}
