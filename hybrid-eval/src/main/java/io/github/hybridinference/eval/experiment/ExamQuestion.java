package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.journal.JournalEntry;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.TradingSignal;
import java.time.Instant;

/**
 * A recorded question whose outcome is known.
 *
 * @param entry the decision
 * @param forwardReturn what a long position gained, as a share
 * @param until when that was known
 * @param costShare what going in and out costs, as a share
 */
record ExamQuestion(JournalEntry entry, double forwardReturn, Instant until, double costShare) {
    /** What following the advice would have gained, after cost; nothing for HOLD. */
    double netReturn(Action action) {
        return action == Action.HOLD ? 0 : sideOf(action) * forwardReturn - costShare;
    }

    boolean isHit(Action action) {
        return sideOf(action) * forwardReturn > 0;
    }

    /** The square of what the confidence was off by. */
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
