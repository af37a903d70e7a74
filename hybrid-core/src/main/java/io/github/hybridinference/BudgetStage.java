package io.github.hybridinference;

import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.Budget.Reservation;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.budget.BudgetDecision.Granted;
import io.github.hybridinference.budget.BudgetDecision.Refused;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.internal.EngineThreads;
import io.github.hybridinference.model.FatalErrors;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteRequest;
import java.time.Clock;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sets money aside for an attempt before it is made, and settles it when the attempt is over: at what was seen, at nothing
 * if no request was sent, and at the full reservation if the cost was not seen.
 */
final class BudgetStage extends CallStage {
    private final RemoteModel model;
    private final Budget budget;
    private final Alarms alarms;
    private final Clock clock;
    private final EngineThreads threads;
    private final EngineMetrics metrics;
    private final EngineLog log;

    BudgetStage(
            RemoteModel model,
            Budget budget,
            Alarms alarms,
            Clock clock,
            EngineThreads threads,
            EngineMetrics metrics,
            EngineLog log) {
        this.model = model;
        this.budget = budget;
        this.alarms = alarms;
        this.clock = clock;
        this.threads = threads;
        this.metrics = metrics;
        this.log = log;
    }

    @Override
    CompletionStage<Result> proceed(InFlightCall call) {
        OptionalLong worst;
        CompletableFuture<BudgetDecision> decided;
        try {
            RemoteCall remote = call.remoteCall();
            RemoteRequest request =
                    new RemoteRequest(call.snapshot(), remote.complaint(), call.limit(), call.decisionId());
            remote.prepare(request);
            worst = model.worstCostNanoUsd(request);
            decided = budget.reserve(worst, clock.instant()).toCompletableFuture();
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            return broken(thrown);
        }
        return decided.isDone() && !decided.isCompletedExceptionally()
                ? decided(call, worst, decided.join(), null)
                : decided.handleAsync((decision, thrown) -> decided(call, worst, decision, thrown), threads)
                        .thenCompose(stage -> stage);
    }

    private CompletionStage<Result> decided(
            InFlightCall call, OptionalLong worst, @Nullable BudgetDecision decision, @Nullable Throwable thrown) {
        if (decision instanceof Granted granted) {
            return granted(call, worst.orElse(0), granted.reservation());
        }
        if (decision instanceof Refused refused) {
            if (refused == Refused.EXHAUSTED) {
                log.guard(() -> alarms.exhausted(worst.orElse(0)));
            }
            return failed(refused == Refused.UNREACHABLE ? Reason.BUDGET_UNREACHABLE : Reason.BUDGET);
        }
        return broken(thrown == null ? new NullPointerException("the budget gave no decision") : thrown);
    }

    private CompletionStage<Result> granted(InFlightCall call, long reservedNanoUsd, Reservation reservation) {
        if (call.isOver()) { // while the budget was asked
            log.guard(() -> reservation.settle(OptionalLong.of(0)));
            return failed(Reason.CANCELLED);
        }
        try {
            return next(call).whenComplete((result, thrown) -> settle(call, reservedNanoUsd, reservation));
        } catch (Throwable fatal) {
            settle(call, reservedNanoUsd, reservation);
            throw fatal;
        }
    }

    private void settle(InFlightCall call, long reservedNanoUsd, Reservation reservation) {
        OptionalLong cost = call.remoteCall().attemptCost();
        Usage consumed = call.remoteCall().settleAttempt(reservedNanoUsd);
        call.consumed(consumed);
        if (!Usage.NONE.equals(consumed)) {
            metrics.settled(consumed, reservedNanoUsd);
        }
        log.guard(() -> reservation.settle(cost));
        log.guard(alarms::look);
    }

    private CompletionStage<Result> broken(Throwable thrown) {
        return CompletableFuture.completedFuture(Failed.withoutAttempt(log.internal(thrown)));
    }

    private static CompletionStage<Result> failed(Reason reason) {
        return CompletableFuture.completedFuture(Failed.withoutAttempt(reason));
    }

    /**
     * Notifies the listeners once a period when 80 and 100 percent of the cap are spent. Money that is only set aside does
     * not count. 100 percent is also reached when an attempt is refused because what is left of a cap that is nearly spent
     * does not cover it.
     */
    static final class Alarms {
        private static final int WARNING_PCT = 80;
        private static final int EXHAUSTED_PCT = 100;

        private final Budget budget;
        private final Clock clock;
        private final Listeners listeners;
        private int notifiedPct;
        private long lastSpentNanoUsd;

        Alarms(Budget budget, Clock clock, Listeners listeners) {
            this.budget = budget;
            this.clock = clock;
            this.listeners = listeners;
        }

        void look() {
            look(0);
        }

        /** The budget refused an attempt that could cost so much. */
        void exhausted(long worstNanoUsd) {
            look(worstNanoUsd);
        }

        /** Whether the cap of this period was found spent. */
        synchronized boolean isSpent() {
            return notifiedPct == EXHAUSTED_PCT;
        }

        private void look(long refusedNanoUsd) {
            BudgetState state;
            int level;
            synchronized (this) { // an older state must not be taken for that of a new period
                state = Objects.requireNonNull(budget.state(clock.instant()), "budget state");
                level = level(state, refusedNanoUsd);
                if (!raise(level, state.spentNanoUsd())) {
                    return;
                }
            }
            listeners.notify(listener -> listener.onBudget(level, state));
        }

        private static int level(BudgetState state, long refusedNanoUsd) {
            if (state.capNanoUsd().isEmpty()) {
                return 0;
            }
            long cap = state.capNanoUsd().getAsLong();
            long spent = state.spentNanoUsd();
            if (spent < cap / 100.0 * WARNING_PCT) {
                return 0;
            }
            return spent + refusedNanoUsd > cap || spent == cap ? EXHAUSTED_PCT : WARNING_PCT;
        }

        private boolean raise(int levelPct, long spentNanoUsd) {
            if (spentNanoUsd < lastSpentNanoUsd) { // a new period has begun
                notifiedPct = 0;
            }
            lastSpentNanoUsd = spentNanoUsd;
            boolean higher = levelPct > notifiedPct;
            notifiedPct = Math.max(notifiedPct, levelPct);
            return higher;
        }
    }
}
