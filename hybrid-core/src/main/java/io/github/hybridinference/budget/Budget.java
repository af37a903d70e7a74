package io.github.hybridinference.budget;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * A cap on what may be spent, kept by reserving before a call and settling after it: what is spent and reserved together
 * never passes the cap, however many threads use it.
 *
 * <p>Implementations are called by many threads at once and must be thread-safe; they must not block.
 *
 * @since 0.1.0
 */
public interface Budget {
    /** Money set aside for one attempt. */
    @FunctionalInterface
    interface Reservation {
        /**
         * Replaces what was set aside by what the attempt cost. Later calls do nothing.
         *
         * @param nanoUsd the cost in billionths of a US dollar; empty if it was never seen, in which case all that was
         *     set aside counts as spent
         */
        void settle(OptionalLong nanoUsd);
    }

    /**
     * Sets money aside.
     *
     * @param worstNanoUsd the most the attempt can cost, in billionths of a US dollar; empty if unknown, which a
     *     hard cap refuses
     * @param now the time on the engine's clock
     * @return completes with the reservation or the reason for refusing it; never exceptionally
     */
    CompletionStage<BudgetDecision> reserve(OptionalLong worstNanoUsd, Instant now);

    /**
     * Returns how the budget stands.
     *
     * @param now the time on the engine's clock
     * @return a moment's view
     */
    BudgetState state(Instant now);

    /**
     * Returns a hard cap per day, which starts at midnight UTC.
     *
     * @param usd US dollars as a plain decimal number, such as {@code "5.00"}; at most nine decimals
     * @return a new budget
     * @throws IllegalArgumentException if that is no positive amount
     */
    static Budget perDay(String usd) {
        return perDay(usd, ZoneOffset.UTC);
    }

    /**
     * Returns a hard cap per day, which starts at midnight in the given zone.
     *
     * @param usd US dollars as a plain decimal number, such as {@code "5.00"}; at most nine decimals
     * @param zone whose midnight
     * @return a new budget
     * @throws IllegalArgumentException if that is no positive amount
     */
    static Budget perDay(String usd, ZoneId zone) {
        return new DailyBudget(Money.nanoUsd(usd), Objects.requireNonNull(zone, "zone"));
    }

    /**
     * Returns a budget that refuses nothing and counts what is spent, day by day.
     *
     * @return a new budget
     */
    static Budget unlimited() {
        return new DailyBudget(DailyBudget.NO_CAP, ZoneOffset.UTC);
    }
}
