package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.journal.JournalEntry;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.TradingSignal;
import java.time.Instant;

/**
 * A recorded complex scenario whose outcome is known.
 *
 * @param entry the decision
 * @param forwardReturn the return of a long position, as a fraction
 * @param until the close of the last bar of the position
 * @param before what the rules decided one horizon earlier, HOLD if that is not known
 * @param after what the rules decided one horizon later, HOLD if that is not known
 * @param costShare the cost of one change of the position, as a fraction
 */
record ExamQuestion(
        JournalEntry entry, double forwardReturn, Instant until, Action before, Action after, double costShare) {
    /** The return of following the signal alone, after the cost of entry and exit; nothing for HOLD. */
    double netReturn(Action action) {
        return action == Action.HOLD ? 0 : sideOf(action) * forwardReturn - 2 * costShare;
    }

    /** What the rules decided. */
    Action rules() {
        return entry.rules().signal().action();
    }

    boolean isHit(Action action) {
        return sideOf(action) * forwardReturn > 0;
    }

    /** The squared error of the confidence. */
    double squaredError(TradingSignal signal) {
        double error = signal.confidence() - (isHit(signal.action()) ? 1 : 0);
        return error * error;
    }

    static int sideOf(Action action) {
        return switch (action) {
            case BUY -> 1;
            case SELL -> -1;
            case HOLD -> 0;
        };
    }
}
