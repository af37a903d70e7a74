package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.testing.FakeModel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Crowds of callers: at one request, at a cap, before a model that hangs. */
class CrowdTest {
    private static final int CROWD = 1_000;
    private static final int THREADS = 64;

    private final FakeModel model = new FakeModel();

    @Test
    void asksOnceForAThousandThreadsWithTheSameRequest() throws InterruptedException {
        try (InferenceEngine engine = builder().timeout(Duration.ofMinutes(1)).build()) {
            Queue<Inference> answers = new ConcurrentLinkedQueue<>();
            List<Thread> callers = start(CROWD, i -> answers.add(engine.infer(Snapshots.complex(1))));
            while (engine.stats().coalesced() < CROWD - 1) {
                Thread.onSpinWait();
            }
            assertThat(model.attempts()).isEqualTo(1);

            CompletableFuture<Inference> other = engine.inferAsync(Snapshots.complex(2));
            model.exchange(1).reply(Replies.BUY);
            assertThat(other.join().source()).as("no other request stalls").isEqualTo(Source.REMOTE);
            assertThat(answers).isEmpty();

            model.exchange(0).reply(Replies.BUY);
            join(callers);
            assertThat(answers).hasSize(CROWD).allMatch(answer -> answer.source() == Source.REMOTE);
            assertThat(answers.stream()
                            .mapToLong(answer -> answer.usage().totalTokens())
                            .sum())
                    .isEqualTo(Replies.USAGE.totalTokens());
            assertThat(answers.stream().map(Inference::decisionId).distinct()).hasSize(CROWD);
            assertThat(model.attempts()).isEqualTo(2);
        }
    }

    @Test
    void asksOnceForAThousandFuturesOfTheSameRequest() {
        try (InferenceEngine engine = builder().timeout(Duration.ofMinutes(1)).build()) {
            List<CompletableFuture<Inference>> answers = IntStream.range(0, CROWD)
                    .mapToObj(i -> engine.inferAsync(Snapshots.complex(1)))
                    .toList();
            model.exchange(0).reply(Replies.BUY);
            assertThat(answers).allMatch(answer -> answer.join().source() == Source.REMOTE);
            assertThat(model.attempts()).isEqualTo(1);
        }
    }

    @Test
    void neverPassesTheCapAndUsesItUp() throws InterruptedException {
        long cap = 1_000 * Replies.COST;
        Budget budget = Budget.perDay("0.001");
        AtomicLong most = new AtomicLong();
        AtomicInteger request = new AtomicInteger();
        model.quoting(() -> OptionalLong.of(2 * Replies.COST)).always(exchange -> {
            BudgetState state = budget.state(Clock.systemUTC().instant());
            most.accumulateAndGet(state.spentNanoUsd() + state.reservedNanoUsd(), Math::max);
            exchange.reply(Replies.BUY);
        });
        try (InferenceEngine engine =
                builder().budget(budget).timeout(Duration.ofMinutes(1)).build()) {
            Queue<Degradation> refusals = new ConcurrentLinkedQueue<>();
            join(start(THREADS, i -> {
                Inference answer = engine.infer(Snapshots.complex(request.incrementAndGet()));
                while (answer.degradation().isEmpty()) {
                    answer = engine.infer(Snapshots.complex(request.incrementAndGet()));
                }
                answer.degradation().ifPresent(refusals::add);
            }));
            assertThat(refusals).hasSize(THREADS).containsOnly(Degradation.BUDGET);
            assertThat(most.get()).isLessThanOrEqualTo(cap);
            BudgetState state = budget.state(Clock.systemUTC().instant());
            assertThat(state.reservedNanoUsd()).isZero();
            assertThat(state.spentNanoUsd()).isBetween(cap * 98 / 100, cap);
            assertThat(engine.stats().totalCostNanoUsd()).isEqualTo(state.spentNanoUsd());
        }
    }

    @Test
    void answersOnTimeBeforeAModelThatHangsAndAtOnceWhenTheBreakerIsOpen() throws InterruptedException {
        // Longer than a busy machine takes to start all callers: the last one must find no permit given back.
        Duration timeout = Duration.ofSeconds(3);
        try (InferenceEngine engine = builder()
                .timeout(timeout)
                .maxCallsInFlight(THREADS / 2)
                .maxWaiting(0)
                .maxConsecutiveFailures(THREADS / 2)
                .build()) {
            Queue<Inference> answers = new ConcurrentLinkedQueue<>();
            join(start(THREADS, i -> answers.add(engine.infer(Snapshots.complex(i)))));
            assertThat(answers).hasSize(THREADS).allSatisfy(answer -> {
                if (answer.degradation().orElseThrow() == Degradation.TIMEOUT) {
                    assertThat(answer.latency()).isBetween(timeout, timeout.plusSeconds(5));
                } else {
                    assertThat(answer.degradation()).contains(Degradation.SATURATED);
                    assertThat(answer.latency()).isLessThan(timeout.plusSeconds(5));
                }
            });
            assertThat(engine.stats().degradations())
                    .containsEntry(Degradation.TIMEOUT, THREADS / 2L)
                    .containsEntry(Degradation.SATURATED, THREADS / 2L);

            while (engine.health().component("fake-model").orElseThrow().status() != Status.UNHEALTHY) {
                Thread.onSpinWait(); // the engine's timer is about to say so
            }
            long start = System.nanoTime();
            for (int i = 0; i < CROWD; i++) {
                assertThat(engine.infer(Snapshots.complex(i)).degradation()).contains(Degradation.BREAKER_OPEN);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("a thousand refusals take less than waiting for a few would")
                    .isLessThan(timeout.multipliedBy(10));
            assertThat(model.attempts()).isEqualTo(THREADS / 2);
        }
    }

    private InferenceEngineBuilder builder() {
        return InferenceEngine.builder().remote(model).replyVerifier(Replies::verify);
    }

    private static List<Thread> start(int count, IntConsumer work) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            Thread thread = new Thread(null, () -> work.accept(number), "caller-" + i, 128 * 1024);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        return threads;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
