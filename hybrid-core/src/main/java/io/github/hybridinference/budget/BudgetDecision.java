package io.github.hybridinference.budget;

import io.github.hybridinference.budget.Budget.Reservation;
import java.util.Objects;

/**
 * A budget's answer to an attempt that asks for money.
 *
 * @since 0.1.0
 */
public sealed interface BudgetDecision {
    /**
     * The attempt may be made.
     *
     * @param reservation the money set aside for it; to be settled once, whether the attempt succeeds or not
     */
    record Granted(Reservation reservation) implements BudgetDecision {
        /**
         * Checks that there is one.
         *
         * @param reservation the money set aside for the attempt
         */
        public Granted {
            Objects.requireNonNull(reservation, "reservation");
        }
    }

    /** The attempt must not be made. */
    enum Refused implements BudgetDecision {
        /** What is left of the cap does not cover the worst cost of the attempt. */
        EXHAUSTED,
        /** The worst cost of the attempt is unknown, and the budget has a hard cap. */
        PRICE_UNKNOWN,
        /** The account is kept elsewhere and cannot be reached, so what is left of the cap is unknown. */
        UNREACHABLE
    }
}
