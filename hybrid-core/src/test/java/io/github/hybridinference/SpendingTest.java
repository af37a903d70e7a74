package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Money is set aside for each attempt and settled after it, whatever comes of it. */
class SpendingTest {
    private static final long QUOTE = 5_000;

    private final FakeBudget budget = new FakeBudget();
    private int request;

    @Test
    void setsAsideTheQuoteAndSettlesWhatWasConsumed() {
        try (Bench bench = bench(budget)) {
            bench.model.then(FakeModel.replying(Replies.BUY));
            next(bench);
            assertThat(budget.reserved).containsExactly(OptionalLong.of(QUOTE));
            assertThat(budget.settled).containsExactly(OptionalLong.of(Replies.COST));
            assertThat(bench.engine.stats().totalCostNanoUsd()).isEqualTo(Replies.COST);
            assertThat(bench.engine.stats().totalTokens()).isEqualTo(Replies.USAGE.totalTokens());
            assertThat(bench.engine.stats().unpricedCalls()).isZero();
        }
    }

    static Stream<Consumer<FakeModel.Exchange>> stepsThatLeaveTheCostUnseen() {
        return Stream.of(
                FakeModel.failing(Reason.UNAVAILABLE),
                FakeModel.failing(Reason.TIMEOUT),
                FakeModel.failing(Reason.STALE_CONNECTION),
                FakeModel.failing(new IllegalStateException("of the adapter")));
    }

    @ParameterizedTest
    @MethodSource("stepsThatLeaveTheCostUnseen")
    void countsAllOfItAsSpentWhenTheCostWasNeverSeen(Consumer<FakeModel.Exchange> step) {
        try (Bench bench = new Bench(options -> options.budget(budget).maxAttempts(1))) {
            bench.model.then(step);
            next(bench);
            assertThat(budget.settled).containsExactly(OptionalLong.empty());
        }
    }

    static Stream<Consumer<FakeModel.Exchange>> stepsThatCostNothing() {
        return Stream.of(
                FakeModel.failing(
                        RemoteException.ofStatus(Reason.UNAVAILABLE, 503, Optional.empty(), Optional.empty())),
                FakeModel.failing(RemoteException.beforeSending(Reason.UNAVAILABLE)),
                FakeModel.failing(RemoteException.beforeSending(Reason.PRIVACY)),
                exchange -> {
                    throw new IllegalStateException("before anything was sent");
                });
    }

    @ParameterizedTest
    @MethodSource("stepsThatCostNothing")
    void givesAllOfItBackWhenNothingCanHaveBeenCharged(Consumer<FakeModel.Exchange> step) {
        try (Bench bench = new Bench(options -> options.budget(budget).maxAttempts(1))) {
            bench.model.then(step);
            next(bench);
            assertThat(budget.settled).containsExactly(OptionalLong.of(0));
        }
    }

    @Test
    void countsAllOfItAsSpentWhenTheServiceNamesNoPrice() {
        try (Bench bench = bench(budget)) {
            Usage unpriced = new Usage(0, 10, 10, 0, OptionalLong.empty());
            bench.model.then(FakeModel.replying(Replies.costing(unpriced, "BUY")));
            Inference answer = next(bench);
            assertThat(answer.usage().costNanoUsd()).isEmpty();
            assertThat(budget.settled).containsExactly(OptionalLong.empty());
            assertThat(bench.engine.stats().unpricedCalls()).isEqualTo(1);
            assertThat(bench.engine.stats().totalTokens()).isEqualTo(20);
        }
    }

    @Test
    void setsAsideForEachAttempt() {
        try (Bench bench = bench(budget)) {
            bench.model.then(FakeModel.failing(Reason.UNAVAILABLE)).then(FakeModel.replying(Replies.BUY));
            Way.Asked asked = ask(bench);
            bench.time.advanceMs(200);
            assertThat(asked.answer().source()).isEqualTo(Source.REMOTE);
            assertThat(budget.settled).containsExactly(OptionalLong.empty(), OptionalLong.of(Replies.COST));
        }
    }

    @Test
    void settlesWhenTheCallerGivesUpAndWhenTheEngineCloses() {
        try (Bench bench = bench(budget)) {
            ask(bench).future().cancel(true);
            assertThat(budget.settled).containsExactly(OptionalLong.empty());
            ask(bench);
            bench.engine.close();
            assertThat(budget.settled).containsExactly(OptionalLong.empty(), OptionalLong.empty());
        }
    }

    @Test
    void sendsNothingWhenTheCallerHasGivenUpWhileTheBudgetWasAsked() {
        try (Bench bench = bench(budget)) {
            CompletableFuture<BudgetDecision> slow = new CompletableFuture<>();
            budget.answer = () -> slow;
            Way.Asked asked = ask(bench);
            asked.future().cancel(true);
            slow.complete(budget.grant());
            assertThat(bench.model.attempts()).isZero();
            assertThat(budget.settled).containsExactly(OptionalLong.of(0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWithoutACall(Way way) {
        try (Bench bench = bench(Budget.perDay("0.000004999"))) {
            Inference answer = bench.ask(way, Snapshots.complex(1)).answer();
            assertThat(answer.source()).isEqualTo(Source.FALLBACK);
            assertThat(answer.degradation()).contains(Degradation.BUDGET);
            assertThat(bench.model.attempts()).isZero();
            assertThat(bench.engine.stats().remoteCalls()).isZero();
            assertThat(bench.engine.stats().consecutiveFailures()).isZero();
            assertThat(bench.heard.budgetLevels()).as("nothing is spent").isEmpty();
        }
    }

    @Test
    void refusesAnUnknownPriceOnlyWhereThereIsACap() {
        try (Bench capped = bench(Budget.perDay("5.00"));
                Bench free = bench(Budget.unlimited())) {
            capped.model.quoting(OptionalLong::empty);
            free.model.quoting(OptionalLong::empty).then(FakeModel.replying(Replies.BUY));
            assertThat(next(capped).degradation()).contains(Degradation.BUDGET);
            assertThat(capped.heard.budgetLevels()).as("the cap is not used up").isEmpty();
            assertThat(next(free).source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void tellsOnceAPeriodWhenTheBudgetIsUsedUpToALevel() {
        // ten calls of 1,000 nano-dollars a day
        try (Bench bench = new Bench(options -> options.budget(Budget.perDay("0.00001")))) {
            bench.model.quoting(() -> OptionalLong.of(Replies.COST)).always(FakeModel.replying(Replies.BUY));
            for (int day = 0; day < 2; day++) {
                int before = bench.heard.budgetLevels().size();
                for (int call = 1; call <= 12; call++) {
                    Inference answer = next(bench);
                    assertThat(answer.source()).isEqualTo(call <= 10 ? Source.REMOTE : Source.FALLBACK);
                    assertThat(bench.heard.budgetLevels().size() - before).isEqualTo(call < 8 ? 0 : call < 10 ? 1 : 2);
                }
                assertThat(bench.heard.budgetLevels().subList(before, before + 2))
                        .containsExactly(80, 100);
                EngineHealth.Component health =
                        bench.engine.health().component("budget").orElseThrow();
                assertThat(health.status()).isEqualTo(Status.DEGRADED);
                assertThat(health.detail()).isEqualTo("the cap of 1.0E-5 US dollars is used up");
                bench.time.setWall(ManualTime.START.plus(Duration.ofDays(day + 1)));
            }
        }
    }

    @Test
    void tellsEachAlarmOnceWhenManyLookAtOnce() throws InterruptedException {
        AtomicLong spent = new AtomicLong();
        long cap = 100_000;
        budget.state = () -> new BudgetState(OptionalLong.of(cap), spent.get(), 0);
        try (Bench bench = bench(budget)) {
            Thread[] threads = new Thread[4];
            bench.model.always(FakeModel.replying(Replies.BUY));
            budget.answer =
                    () -> CompletableFuture.completedStage(new BudgetDecision.Granted(cost -> spent.addAndGet(50)));
            for (int t = 0; t < threads.length; t++) {
                int first = t * 500;
                threads[t] = new Thread(() -> {
                    for (int i = first; i < first + 500; i++) {
                        bench.ask(Snapshots.complex(i));
                    }
                });
                threads[t].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(bench.heard.budgetLevels()).containsExactly(80, 100);
        }
    }

    private static Bench bench(Budget budget) {
        Bench bench = new Bench(options -> options.budget(budget));
        bench.model.quoting(() -> OptionalLong.of(QUOTE));
        return bench;
    }

    private Inference next(Bench bench) {
        return ask(bench).answer();
    }

    private Way.Asked ask(Bench bench) {
        return bench.ask(Way.ASYNC, Snapshots.complex(request++));
    }

    @Test
    void hearsOfNoUsedUpBudgetWhenTheAccountCannotBeReached() {
        long cap = 1_000_000;
        budget.state = () -> new BudgetState(OptionalLong.of(cap), cap / 100, 0, Optional.of("the account is away"));
        try (Bench bench = bench(budget)) {
            budget.answer = () -> CompletableFuture.completedStage(BudgetDecision.Refused.UNREACHABLE);
            Inference answer = next(bench);
            assertThat(answer.source()).isEqualTo(Source.FALLBACK);
            assertThat(answer.degradation()).contains(Degradation.BUDGET_UNREACHABLE);
            assertThat(bench.heard.budgetLevels()).isEmpty();
            assertThat(bench.engine.stats().consecutiveFailures()).isZero();
            EngineHealth.Component account =
                    bench.engine.health().component("budget_account").orElseThrow();
            assertThat(account.status()).isEqualTo(Status.DEGRADED);
            assertThat(account.detail()).contains("the account is away");
            assertThat(bench.engine.health().component("budget").orElseThrow().status())
                    .isEqualTo(Status.HEALTHY);
            assertThat(bench.engine.health().status()).isEqualTo(Status.DEGRADED);
        }
    }

    @Test
    void tellsTheRealLevelsAfterTheAccountWasAway() {
        long cap = 10 * Replies.COST;
        AtomicLong spent = new AtomicLong();
        budget.state = () -> new BudgetState(OptionalLong.of(cap), spent.get(), 0);
        try (Bench bench = bench(budget)) {
            bench.model.always(FakeModel.replying(Replies.BUY));
            budget.answer = () -> CompletableFuture.completedStage(BudgetDecision.Refused.UNREACHABLE);
            next(bench);
            budget.answer = () -> CompletableFuture.completedStage(
                    new BudgetDecision.Granted(cost -> spent.addAndGet(cost.orElse(QUOTE))));
            for (int i = 0; i < 10; i++) {
                next(bench);
            }
            assertThat(bench.heard.budgetLevels()).containsExactly(80, 100);
        }
    }

    @Test
    void hearsOfNoLevelForMoneyThatIsOnlySetAside() {
        budget.state = () -> new BudgetState(OptionalLong.of(100), 10, 90);
        try (Bench bench = bench(budget)) {
            bench.model.then(FakeModel.replying(Replies.BUY));
            next(bench);
            assertThat(bench.heard.budgetLevels()).isEmpty();
        }
    }

    @Test
    void countsWhatWasChargedUnseenAmongTheCost() {
        Budget kept = Budget.perDay("5.00");
        try (Bench bench = new Bench(options -> options.budget(kept).maxAttempts(1))) {
            bench.model.quoting(() -> OptionalLong.of(QUOTE));
            for (int i = 0; i < 3; i++) {
                bench.model.then(FakeModel.failing(Reason.UNAVAILABLE));
                next(bench);
            }
            bench.model.then(FakeModel.replying(Replies.BUY));
            next(bench);
            EngineStats stats = bench.engine.stats();
            assertThat(stats.budget().spentNanoUsd()).isEqualTo(3 * QUOTE + Replies.COST);
            assertThat(stats.totalCostNanoUsd()).isEqualTo(stats.budget().spentNanoUsd());
            assertThat(stats.unpricedCalls()).isEqualTo(3);
        }
    }
}
