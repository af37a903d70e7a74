package io.github.hybridinference.eval;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import java.util.Objects;

/**
 * The decision at a bar, and the return that followed.
 *
 * @param bar the index of the bar
 * @param answer the engine's answer at its close
 * @param forwardReturn the return of a long position from the open of the next bar over the horizon, as a fraction and
 *     before cost; NaN where the history ends too soon
 * @since 0.1.0
 */
public record Decided(int bar, Inference answer, double forwardReturn) {
    /**
     * Checks that the answer is there.
     *
     * @param bar the index of the bar
     * @param answer the engine's answer
     * @param forwardReturn the return of a long position
     */
    public Decided {
        Objects.requireNonNull(answer, "answer");
    }

    /**
     * Returns the position that the signal takes.
     *
     * @return 1 for BUY, -1 for SELL, 0 for HOLD
     */
    public int side() {
        boolean isOfRules = answer.source() == Source.LOCAL || answer.source() == Source.FALLBACK;
        // the signal of the rules, with its text, is made anew by each call
        return sideOf(isOfRules ? answer.rules().action() : answer.signal().action());
    }

    /**
     * Returns whether the signal can be judged: there was data to decide on, and the history covers the horizon.
     *
     * @return false for NO_DATA and at the end of the history
     */
    public boolean isJudged() {
        return hasOpinion() && !Double.isNaN(forwardReturn);
    }

    /**
     * Returns whether there was data to decide on.
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
