package io.github.hybridinference;

import io.github.hybridinference.remote.Budget;
import io.github.hybridinference.remote.BudgetState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A budget that writes down what is settled, and grants as a test says. */
final class FakeBudget implements Budget, AutoCloseable {
    final List<OptionalLong> reserved = new CopyOnWriteArrayList<>();
    final List<OptionalLong> settled = new CopyOnWriteArrayList<>();
    volatile Supplier<CompletionStage<Optional<Reservation>>> answer = () -> CompletableFuture.completedStage(grant());
    volatile Supplier<BudgetState> state = () -> new BudgetState(OptionalLong.empty(), 0, 0);
    volatile boolean closed;

    Optional<Reservation> grant() {
        return Optional.of(settled::add);
    }

    @Override
    public CompletionStage<Optional<Reservation>> reserve(OptionalLong worstNanoUsd, Instant now) {
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
