package io.github.hybridinference;

import io.github.hybridinference.cache.CacheState;
import io.github.hybridinference.remote.BudgetState;
import java.util.Optional;
import java.util.OptionalLong;

/** How parts stand that may be the user's own: one that throws must not take the statistics with it. */
final class PartStates {
    private PartStates() {}

    static BudgetState budget(Settings settings) {
        try {
            return settings.budget().state(settings.clock().instant());
        } catch (Exception | StackOverflowError | AssertionError | LinkageError thrown) {
            return new BudgetState(OptionalLong.empty(), 0, 0);
        }
    }

    static CacheState cache(Settings settings) {
        try {
            return settings.cache().state();
        } catch (Exception | StackOverflowError | AssertionError | LinkageError thrown) {
            return new CacheState("unknown", 0, 0, 0, Optional.of("its state cannot be read"));
        }
    }
}
