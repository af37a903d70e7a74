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
 * @param until when the outcome was known
 * @param costShare the cost of entry and exit, as a fraction
 */
record ExamQuestion(JournalEntry entry, double forwardReturn, Instant until, double costShare) {
    /** The return of following the signal, after cost; nothing for HOLD. */
    double netReturn(Action action) {
        return action == Action.HOLD ? 0 : sideOf(action) * forwardReturn - costShare;
    }

    boolean isHit(Action action) {
        return sideOf(action) * forwardReturn > 0;
    }

    /** The squared error of the confidence. */
    double squaredError(TradingSignal signal) {
        double error = signal.confidence() - (isHit(signal.action()) ? 1 : 0);
        return error * error;
    }

    private static int sideOf(Action action) {
        return switch (action) {
            case BUY -> 1;
            case SELL -> -1;
            case HOLD -> 0;
        };
    }
}
