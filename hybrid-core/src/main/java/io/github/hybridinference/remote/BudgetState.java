package io.github.hybridinference.remote;

import java.util.OptionalLong;

/**
 * How a budget stands at a moment, in billionths of a US dollar.
 *
 * @param capNanoUsd the cap of the period, empty if there is none
 * @param spentNanoUsd spent in the period
 * @param reservedNanoUsd set aside for attempts under way
 */
public record BudgetState(OptionalLong capNanoUsd, long spentNanoUsd, long reservedNanoUsd) {
    /**
     * Returns how much of the cap is spent or set aside.
     *
     * @return 0 to 1; 0 without a cap
     */
    public double usedShare() {
        return capNanoUsd.isEmpty() ? 0 : (double) (spentNanoUsd + reservedNanoUsd) / capNanoUsd.getAsLong();
    }
}
