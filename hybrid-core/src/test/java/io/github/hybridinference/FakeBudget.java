package io.github.hybridinference;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.budget.BudgetState;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A budget that writes down what is settled, and grants as a test says. */
final class FakeBudget implements Budget, AutoCloseable {
    final List<OptionalLong> reserved = new CopyOnWriteArrayList<>();
    final List<OptionalLong> settled = new CopyOnWriteArrayList<>();
    volatile Supplier<CompletionStage<BudgetDecision>> answer = () -> CompletableFuture.completedStage(grant());
    volatile Supplier<BudgetState> state = () -> new BudgetState(OptionalLong.empty(), 0, 0);
    volatile boolean closed;

    BudgetDecision grant() {
        return new BudgetDecision.Granted(settled::add);
    }

    @Override
    public CompletionStage<BudgetDecision> reserve(OptionalLong worstNanoUsd, Instant now) {
        reserved.add(worstNanoUsd);
        return answer.get();
    }

    @Override
    public BudgetState state(Instant now) {
        return state.get();
    }

    @Override
    public void close() {
        closed = true;
    }
}
