package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.History;
import io.github.hybridinference.eval.journal.JournalEntry;
import java.time.Duration;

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
