package io.github.hybridinference.lab.fleet;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.budget.BudgetState;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** A budget of its own while a worker warms up, and the fleet's budget, still unspent, from then on. */
final class WarmUpBudget implements Budget {
    private final Budget measured;
    private volatile Budget current;

    WarmUpBudget(Budget warmUp, Budget measured) {
        this.measured = measured;
        this.current = warmUp;
    }

    /** Ends the warm-up. */
    void startMeasuring() {
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
