package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.testing.FakeModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Closing, interrupting, and programming errors. */
class LifecycleTest {
    private interface ListenerToClose extends InferenceListener, AutoCloseable {
        @Override
        void close();
    }

    @ParameterizedTest
    @EnumSource
    void completesWhatIsPendingWhenItCloses(Way way) {
        try (Bench bench = new Bench()) {
            Way.Asked one = bench.ask(way, Snapshots.complex(1));
            Way.Asked joiner = bench.ask(way, Snapshots.complex(1));
            Way.Asked other = bench.ask(way, Snapshots.complex(2));
            bench.engine.close();
            for (Way.Asked asked : List.of(one, joiner, other)) {
                assertThat(asked.answer().source()).isEqualTo(Source.FALLBACK);
                assertThat(asked.answer().degradation()).contains(Degradation.CLOSED);
            }
            assertThat(bench.model.cancellations()).isEqualTo(2);
            assertThat(bench.time.pending()).isZero();
        }
    }

    @Test
    void isDoneWithAsynchronousCallersWhenCloseReturns() {
        try (Bench bench = new Bench()) {
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.engine.close();
            assertThat(asked.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void throwsOnceItIsClosed(Way way) {
        Bench bench = new Bench();
        bench.engine.close();
        bench.engine.close();
        assertThatIllegalStateException().isThrownBy(() -> bench.engine.inferAsync(Snapshots.simple()));
        assertThatIllegalStateException().isThrownBy(() -> bench.engine.infer(Snapshots.complex(1)));
        assertThatIllegalStateException()
                .isThrownBy(() -> bench.engine.infer(Snapshots.complex(1), Deadline.after(Duration.ofSeconds(1))));
        assertThat(bench.engine.health().status()).isEqualTo(EngineHealth.Status.UNHEALTHY);
        assertThat(bench.engine.stats().totalRequests()).isZero();
    }

    @Test
    void doesNotMindAnswersThatComeAfterItClosed() {
        try (Bench bench = new Bench()) {
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.engine.close();
            bench.exchange().reply(Replies.BUY);
            assertThat(asked.answer().degradation()).contains(Degradation.CLOSED);
            assertThat(bench.heard.revisions()).isEmpty();
        }
    }

    @Test
    void refusesNull() {
        try (Bench bench = new Bench()) {
            Deadline deadline = Deadline.after(Duration.ofSeconds(1));
            assertThatNullPointerException().isThrownBy(() -> bench.engine.infer(null));
            assertThatNullPointerException().isThrownBy(() -> bench.engine.infer(null, deadline));
            assertThatNullPointerException().isThrownBy(() -> bench.engine.infer(Snapshots.simple(), null));
            assertThatNullPointerException().isThrownBy(() -> bench.engine.inferAsync(null));
            assertThatNullPointerException().isThrownBy(() -> bench.engine.inferAsync(Snapshots.simple(), null));
            assertThat(bench.engine.stats().totalRequests()).isZero();
        }
    }

    @Test
    void answersAnInterruptedCallerAtOnceAndRestoresHisFlag() throws InterruptedException {
        try (Bench bench = new Bench()) {
            List<Boolean> flags = new ArrayList<>();
            CompletableFuture<Inference> answer = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                Inference given = bench.engine.infer(Snapshots.complex(1));
                flags.add(Thread.currentThread().isInterrupted());
                answer.complete(given);
            });
            caller.start();
            bench.exchange();
            caller.interrupt();
            caller.join();
            assertThat(answer.join().source()).isEqualTo(Source.FALLBACK);
            assertThat(answer.join().degradation()).contains(Degradation.INTERRUPTED);
            assertThat(flags).containsExactly(true);
            assertThat(bench.exchange().isCancelled()).isTrue();
            assertThat(bench.time.pending()).isZero();
        }
    }

    @Test
    void leavesTheOthersAloneWhenOneIsInterrupted() throws InterruptedException {
        try (Bench bench = new Bench()) {
            Way.Asked other = bench.ask(Way.ASYNC, Snapshots.complex(1));
            Way.Asked interrupted = bench.ask(Way.SYNC, Snapshots.complex(1));
            interrupted.caller().interrupt();
            assertThat(interrupted.answer().degradation()).contains(Degradation.INTERRUPTED);
            bench.exchange().reply(Replies.BUY);
            assertThat(other.answer().source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void answersSimpleScenariosOfAnInterruptedThread() {
        try (Bench bench = new Bench()) {
            Thread.currentThread().interrupt();
            Inference answer = bench.engine.infer(Snapshots.simple());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(answer.source()).isEqualTo(Source.LOCAL);
        }
    }

    @Test
    void closesWhatItWasGivenOnlyIfToldToOwnIt() {
        for (boolean owns : new boolean[] {false, true}) {
            FakeModel second = new FakeModel("second");
            FakeCache cache = new FakeCache();
            FakeBudget budget = new FakeBudget();
            FakeLease lease = new FakeLease();
            List<String> closed = new ArrayList<>();
            ListenerToClose listener = () -> closed.add("listener");
            try (Bench bench = new Bench(options -> {
                InferenceEngineBuilder all = options.thenRemote(second)
                        .thenRemote(second)
                        .cache(cache)
                        .budget(budget)
                        .callLease(lease)
                        .listener(listener);
                return owns ? all.ownParts() : all;
            })) {
                bench.engine.close();
                bench.engine.close();
                assertThat(bench.model.closings()).isEqualTo(owns ? 1 : 0);
                assertThat(second.closings()).isEqualTo(owns ? 1 : 0);
                assertThat(cache.closed).isEqualTo(owns);
                assertThat(budget.closed).isEqualTo(owns);
                assertThat(lease.closed).isEqualTo(owns);
                assertThat(closed).hasSize(owns ? 1 : 0);
                assertThat(bench.time.scheduler().isShutdown()).as("never ours").isFalse();
            }
        }
    }

    @Test
    void closesTheOthersThoughOneCannotBeClosed() {
        FakeCache cache = new FakeCache();
        ListenerToClose stubborn = () -> {
            throw new AssertionError("will not close");
        };
        try (Bench bench =
                new Bench(options -> options.listener(stubborn).cache(cache).ownParts())) {
            bench.engine.close();
            assertThat(cache.closed).isTrue();
            assertThat(bench.engine.stats().errors()).isEqualTo(1);
        }
    }

    @Test
    void settlesWhatItAbortsBeforeItClosesTheBudget() {
        for (int i = 0; i < 20; i++) {
            FakeBudget budget = new FakeBudget();
            List<Boolean> settledAfterClose = new ArrayList<>();
            budget.answer = () -> CompletableFuture.completedStage(
                    new BudgetDecision.Granted(cost -> settledAfterClose.add(budget.closed)));
            InferenceEngine engine = InferenceEngine.builder()
                    .remote(new FakeModel())
                    .budget(budget)
                    .ownParts()
                    .build();
            CompletableFuture<Inference> pending = engine.inferAsync(Snapshots.complex(1));
            engine.close();
            assertThat(pending.join().degradation()).contains(Degradation.CLOSED);
            assertThat(settledAfterClose).containsExactly(false);
        }
    }

    static Stream<Consumer<CompletableFuture<Inference>>> endingsByTheCaller() {
        return Stream.of(
                future -> future.complete(null),
                future -> future.completeExceptionally(new IllegalStateException("by the caller")),
                future -> future.cancel(true),
                future -> future.completeAsync(() -> null, Runnable::run),
                future -> {
                    CompletableFuture<Inference> unused = future.completeAsync(() -> null);
                },
                future -> future.completeOnTimeout(null, 1, TimeUnit.NANOSECONDS),
                future -> future.orTimeout(1, TimeUnit.NANOSECONDS),
                future -> future.obtrudeValue(null),
                future -> future.obtrudeException(new IllegalStateException("by the caller")));
    }

    @ParameterizedTest
    @MethodSource("endingsByTheCaller")
    void endsTheCallWhenItsOnlyCallerEndsHisFutureHimself(Consumer<CompletableFuture<Inference>> ending) {
        try (Bench bench = new Bench()) {
            CompletableFuture<Inference> asked = bench.engine.inferAsync(Snapshots.complex(1));
            ending.accept(asked);
            Awaiting.until(
                    () -> bench.exchange().isCancelled() && bench.engine.stats().cancelled() == 1);
            Awaiting.until(asked::isDone);
        }
    }
}
