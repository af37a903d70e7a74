package io.github.hybridinference;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.cache.CacheState;
import io.github.hybridinference.cache.SignalCache;

/** How parts stand that may be the user's own: one that throws must not take the statistics with it. */
final class PartStates {
    private PartStates() {}

    static BudgetState budget(Settings settings) {
        try {
            return settings.budget().state(settings.clock().instant());
        } catch (Exception | StackOverflowError | AssertionError | LinkageError thrown) {
            return Budget.unlimited().state(settings.clock().instant());
        }
    }

    static CacheState cache(Settings settings) {
        try {
            return settings.cache().state();
        } catch (Exception | StackOverflowError | AssertionError | LinkageError thrown) {
            return SignalCache.none().state();
        }
    }
}
