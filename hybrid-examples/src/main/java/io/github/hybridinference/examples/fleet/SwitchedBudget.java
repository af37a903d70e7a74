package io.github.hybridinference.examples.fleet;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.budget.BudgetState;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** One account while a worker warms up, and another from when it is measured, of which nothing is spent by then. */
final class SwitchedBudget implements Budget {
    private final Budget measured;
    private volatile Budget current;

    SwitchedBudget(Budget warmUp, Budget measured) {
        this.measured = measured;
        this.current = warmUp;
    }

    void measure() {
        current = measured;
    }

    @Override
    public CompletionStage<BudgetDecision> reserve(OptionalLong worstNanoUsd, Instant now) {
        return current.reserve(worstNanoUsd, now);
    }

    @Override
    public BudgetState state(Instant now) {
        return current.state(now);
    }
}
