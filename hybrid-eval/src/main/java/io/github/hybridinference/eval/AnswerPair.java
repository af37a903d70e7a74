package io.github.hybridinference.eval;

import io.github.hybridinference.model.Action;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A complex scenario: what the rules said, what the model said, and what each was worth.
 *
 * @param time the close of the bar
 * @param rules the action of the rules
 * @param model the action of the model, whether asked or cached; empty if the answer was a fallback
 * @param forwardReturn the return of a long position from the open of the next bar over the horizon, as a fraction and
 *     before cost; NaN where the history ends too soon
 * @param costBps the cost of changing the position, in basis points; BUY and SELL are charged it twice
 * @since 0.1.0
 */
public record AnswerPair(Instant time, Action rules, Optional<Action> model, double forwardReturn, double costBps) {
    /**
     * Checks that the answers are there.
     *
     * @param time the close of the bar
     * @param rules the action of the rules
     * @param model the action of the model
     * @param forwardReturn the return of a long position
     * @param costBps the cost of changing the position
     */
    public AnswerPair {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(model, "model");
    }

    /**
     * Returns whether both can be compared: the model answered, and the history covers the horizon.
     *
     * @return false for a fallback and at the end of the history
     */
    public boolean isComparable() {
        return model.isPresent() && !Double.isNaN(forwardReturn);
    }

    /**
     * Returns whether the model gave another action than the rules.
     *
     * @return false also for a fallback
     */
    public boolean isChange() {
        return model.filter(action -> action != rules).isPresent();
    }

    /**
     * Returns what following the rules earned.
     *
     * @return as a fraction of the amount traded, after cost; 0 for HOLD, NaN at the end of the history
     */
    public double rulesReturn() {
        return returnOf(rules);
    }

    /**
     * Returns what following the model earned.
     *
     * @return as a fraction of the amount traded, after cost; 0 for HOLD, NaN for a fallback and at the end of the history
     */
    public double modelReturn() {
        return model.map(this::returnOf).orElse(Double.NaN);
    }

    /**
     * Returns what asking the model was worth at this bar.
     *
     * @return the return of the model less that of the rules; NaN if they cannot be compared
     */
    public double gain() {
        return modelReturn() - rulesReturn();
    }

    private double returnOf(Action action) {
        return Double.isNaN(forwardReturn)
                ? Double.NaN
                : SourceEvaluator.netReturn(Decided.sideOf(action), forwardReturn, costBps);
    }
}
