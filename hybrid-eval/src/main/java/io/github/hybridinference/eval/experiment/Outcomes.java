package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.History;
import io.github.hybridinference.eval.journal.JournalEntry;
import java.time.Duration;
import java.time.Instant;

/**
 * Returns what the market did after a recorded decision. Implementations are functions of the entry alone.
 *
 * @since 0.1.0
 */
public interface Outcomes {
    /**
     * Returns the return of a long position entered after the decision and held for the horizon.
     *
     * @param entry the decision
     * @return a fraction, 0.01 for one percent, before cost; NaN if it is not known
     */
    double forwardReturn(JournalEntry entry);

    /**
     * Returns how long the position is held.
     *
     * @return positive
     */
    Duration horizon();

    /**
     * Returns the close of the last bar of the position. The decision at that time is the next one whose position does not
     * overlap this one. The default assumes a market that never closes.
     *
     * @param entry the decision
     * @return the time of the decision plus the horizon, closing hours left out
     */
    default Instant until(JournalEntry entry) {
        return entry.barTime().plus(horizon());
    }

    /**
     * Looks outcomes up in the bars of one instrument: from the open of the bar after that of the decision to the open
     * {@code horizonBars} later.
     *
     * @param history the bars
     * @param horizonBars how many bars a position is held, positive
     * @return the outcomes of decisions at the close of one of the bars
     */
    static Outcomes of(History history, int horizonBars) {
        return new HistoryOutcomes(history, horizonBars);
    }
}
