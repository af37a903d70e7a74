package io.github.hybridinference.eval;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import java.util.Objects;

/**
 * What was decided at a bar, and what came after.
 *
 * @param bar the index of the bar
 * @param answer the engine's answer at its close
 * @param forwardReturn what a long position gained from the open of the next bar over the horizon, as a share and before
 *     cost; NaN where the bars end too soon
 */
public record Decided(int bar, Inference answer, double forwardReturn) {
    /**
     * Checks that the answer is there.
     *
     * @param bar the index of the bar
     * @param answer the engine's answer
     * @param forwardReturn what a long position gained
     */
    public Decided {
        Objects.requireNonNull(answer, "answer");
    }

    /**
     * Returns the side the signal takes.
     *
     * @return 1 for BUY, -1 for SELL, 0 for HOLD
     */
    public int side() {
        return sideOf(answer.signal().action());
    }

    /**
     * Tells whether the signal can be judged: there was data to decide on, and the bars go on long enough.
     *
     * @return false for NO_DATA and for the last bars
     */
    public boolean isJudged() {
        return hasOpinion() && !Double.isNaN(forwardReturn);
    }

    /**
     * Tells whether there was data to decide on.
     *
     * @return false for NO_DATA
     */
    public boolean hasOpinion() {
        return !answer.degradation().filter(Degradation.NO_DATA::equals).isPresent();
    }

    static int sideOf(Action action) {
        return switch (action) {
            case BUY -> 1;
            case SELL -> -1;
            case HOLD -> 0;
        };
    }
}
