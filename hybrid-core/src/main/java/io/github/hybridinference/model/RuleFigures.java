package io.github.hybridinference.model;

import java.util.OptionalDouble;

/**
 * The rules' numbers as coarsely as the figures that left, for where an answer is kept: a stop of 4.6913578 percent is the
 * volatility in full, and a vote is the RSI in full.
 *
 * @since 0.1.0
 */
public final class RuleFigures {
    /** Stands where the words of the rules did, which quote figures. */
    public static final String NO_WORDS = "An earlier answer of the rules to the same figures.";

    /** A hundredth of a vote is less than a step of the figures that it is made from. */
    private static final double VOTES_PER_UNIT = 100;

    private static final double TEN_DIGITS = 1e10;

    private RuleFigures() {}

    /**
     * Rounds a signal of the rules and leaves its words out.
     *
     * @param signal what the rules advise
     * @param left the figures that left, or would have
     * @return the same action and risk; the confidence to a hundredth; a stop in steps of the volatility's that left times two,
     *     a target in steps twice as large, as the rules make them from it
     */
    public static TradingSignal asLeft(TradingSignal signal, AnonymizedSnapshot left) {
        return new TradingSignal(
                signal.action(),
                vote(signal.confidence()),
                signal.risk(),
                distance(signal.stopLossPct(), RuleVerdict.STOP_RANGES, left),
                distance(signal.takeProfitPct(), RuleVerdict.STOP_RANGES * RuleVerdict.REWARD_TO_RISK, left),
                NO_WORDS);
    }

    /**
     * Rounds the weight of a vote or the balance of all.
     *
     * @param weight any number
     * @return the nearest hundredth
     */
    public static double vote(double weight) {
        return Math.round(weight * VOTES_PER_UNIT) / VOTES_PER_UNIT;
    }

    /** At least one step, since a distance is positive. */
    private static OptionalDouble distance(OptionalDouble percent, double ranges, AnonymizedSnapshot left) {
        if (percent.isEmpty()) {
            return percent;
        }
        double step = ranges * stepOfVolatility(percent.getAsDouble() / ranges, left);
        double steps = Math.max(1, Math.floor(percent.getAsDouble() / step + 0.5 + 1e-9));
        double rounded = Math.round(steps * step * TEN_DIGITS) / TEN_DIGITS; // 0.1 * 3 is written as 0.3
        return OptionalDouble.of(Math.min(TradingSignal.MAX_DISTANCE_PCT, rounded));
    }

    private static double stepOfVolatility(double volatility, AnonymizedSnapshot left) {
        Grid grid =
                Feature.VOLATILITY_PCT.grid(Resolution.COARSE, MarketSteps.market(left.timeframe(), left.assetClass()));
        return grid.stepAt(grid.levelOf(volatility));
    }
}
