package io.github.hybridinference.local;

import io.github.hybridinference.model.MarketSnapshot;

/**
 * One reason to buy or to sell, with a vote.
 *
 * <p>Implementations are called by many threads at once and must be stateless and quick.
 *
 * @since 0.1.0
 */
public interface Rule {
    /** What {@link #vote} returns when a figure it needs is missing. */
    double MISSING = Double.NaN;

    /**
     * Returns the name by which the rule is dropped or reweighed.
     *
     * @return a short name in snake case, the same at every call
     */
    String name();

    /**
     * Votes on a snapshot.
     *
     * @param snapshot the snapshot
     * @return from -1 (sell) to 1 (buy), 0 for no opinion, {@link #MISSING} if a figure is missing
     */
    double vote(MarketSnapshot snapshot);

    /**
     * Says in words why the rule voted as it did.
     *
     * @param snapshot the snapshot voted on
     * @param vote the vote, not zero
     * @return one sentence with its full stop
     */
    String sentence(MarketSnapshot snapshot, double vote);
}
