package io.github.hybridinference.budget;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a budget stands at a moment, in billionths of a US dollar.
 *
 * @param capNanoUsd the cap of the period, empty if there is none
 * @param spentNanoUsd spent in the period
 * @param reservedNanoUsd set aside for attempts under way
 * @param trouble what is wrong with it, since when and why, if anything
 * @since 0.1.0
 */
public record BudgetState(OptionalLong capNanoUsd, long spentNanoUsd, long reservedNanoUsd, Optional<String> trouble) {
    /**
     * Makes the state of a budget that nothing is wrong with.
     *
     * @param capNanoUsd the cap of the period, empty if there is none
     * @param spentNanoUsd spent in the period
     * @param reservedNanoUsd set aside for attempts under way
     */
    public BudgetState(OptionalLong capNanoUsd, long spentNanoUsd, long reservedNanoUsd) {
        this(capNanoUsd, spentNanoUsd, reservedNanoUsd, Optional.empty());
    }

    /**
     * Returns how much of the cap is spent or set aside.
     *
     * @return 0 to 1; 0 without a cap
     */
    public double usedShare() {
        return capNanoUsd.isEmpty() ? 0 : (double) (spentNanoUsd + reservedNanoUsd) / capNanoUsd.getAsLong();
    }
}
