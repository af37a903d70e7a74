package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Everything at once, from many threads: answers on time, books that balance, nothing left behind. */
class StressTest {
    private static final int THREADS = 64;
    private static final int INFERENCES = 200_000;
    private static final int CALLS_IN_FLIGHT = 48;
    private static final int LONGEST_PATIENCE_MS = 12;

    /** Far beyond what a busy machine takes to wake a thread, far below what a lost wake-up would take. */
    private static final Duration NOISE = Duration.ofSeconds(10);

    private final Budget budget = Budget.perDay("1000");
    private final ChaoticModel model = new ChaoticModel();
    private final Instant bar = Clock.systemUTC().instant();
    private final AtomicLong latest = new AtomicLong();
    private final AtomicLong heard = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final Queue<String> foreignThreads = new ConcurrentLinkedQueue<>();

    private final InferenceListener listener = new InferenceListener() {
        @Override
        public void onAnswer(MarketSnapshot snapshot, Inference answer) {
            heard.incrementAndGet();
        }
    };

    private final InferenceEngine engine = InferenceEngine.builder()
            .remote(model)
            .replyVerifier(Replies::verify)
            .budget(budget)
            .listener(listener)
            .timeout(Duration.ofMillis(LONGEST_PATIENCE_MS))
            .remoteTimeout(Duration.ofMillis(60))
            .cacheTtl(Duration.ofMillis(40))
            .refreshAfter(Duration.ofMillis(20))
            .breakerOpenFor(Duration.ofMillis(2))
            .maxConsecutiveFailures(50)
            .maxCallsInFlight(CALLS_IN_FLIGHT)
            .ownParts()
            .build();

    private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();

    @Test
    void survivesFaultsDeadlinesExpiryAndCancellationsFromManyThreads() throws InterruptedException {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SplittableRandom random = new SplittableRandom(i);
            callers.add(new Thread(() -> call(random)));
        }
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(faults).isEmpty();
        assertThat(foreignThreads).as("continuations on the transport").isEmpty();
        assertThat(Duration.ofNanos(latest.get())).as("the latest answer").isLessThan(NOISE);
        assertEveryPermitIsBack();
        engine.close();
        assertBooksBalance();
        // but for those answered in the instant between their sending and their abortion
        assertThat(model.overtaken.stream().filter(exchange -> !exchange.isCancelled()))
                .as("one exchange a request")
                .hasSizeLessThan(model.attempts.intValue() / 1_000);
        assertNoThreadIsLeft();
    }

    private void call(SplittableRandom random) {
        try {
            for (int i = 0; i < INFERENCES / THREADS; i++) {
                MarketSnapshot snapshot = random.nextInt(4) == 0
                        ? Snapshots.simple()
                        : Snapshots.complex(random.nextInt(300), "BTC-USDT", bar);
                switch (random.nextInt(8)) {
                    case 0 -> giveUp(engine.inferAsync(snapshot));
                    case 1 -> lose(engine.inferAsync(snapshot));
                    case 2, 3 -> waitFor(engine.inferAsync(snapshot));
                    case 4 -> answered(engine.infer(snapshot), Duration.ofMillis(LONGEST_PATIENCE_MS));
                    default -> {
                        Duration patience = Duration.ofMillis(random.nextInt(LONGEST_PATIENCE_MS));
                        answered(engine.infer(snapshot, Deadline.after(patience)), patience);
                    }
                }
            }
        } catch (Throwable thrown) {
            faults.add(thrown);
        }
    }

    private void giveUp(CompletableFuture<Inference> future) {
        if (future.cancel(true)) {
            unanswered.incrementAndGet();
        }
    }

    private void lose(CompletableFuture<Inference> future) {
        CompletableFuture<Inference> timed = future.orTimeout(500, TimeUnit.MICROSECONDS);
        try {
            timed.join();
        } catch (CompletionException timedOut) {
            unanswered.incrementAndGet();
        }
    }

    private void waitFor(CompletableFuture<Inference> future) {
        Inference answer = future.thenApply(given -> {
                    if (Thread.currentThread().getName().equals(ChaoticModel.THREAD)) {
                        foreignThreads.add(given.toString());
                    }
                    return given;
                })
                .join();
        answered(answer, Duration.ofMillis(LONGEST_PATIENCE_MS));
    }

    private void answered(Inference answer, Duration patience) {
        long lateNanos = answer.latency().minus(patience).toNanos();
        latest.accumulateAndGet(lateNanos, Math::max);
        if (answer.degradation().filter(Degradation.CLOSED::equals).isPresent()) {
            faults.add(new AssertionError("closed, though the engine was open"));
        }
    }

    /** Heals the model, and asks until every permit can be had at the same time: a lost one never could. */
    private void assertEveryPermitIsBack() {
        model.healthy = true;
        Deadline soon = Deadline.after(NOISE);
        int number = 1_000;
        boolean all = false;
        while (!all && !soon.isExpired()) {
            List<CompletableFuture<Inference>> answers = new ArrayList<>();
            for (int i = 0; i < CALLS_IN_FLIGHT; i++) {
                answers.add(engine.inferAsync(complex(number++), Deadline.after(NOISE)));
            }
            all = answers.stream().map(CompletableFuture::join).allMatch(answer -> answer.source() == Source.REMOTE);
        }
        assertThat(all).isTrue();
        assertThat(engine.health().component("chaotic-model").orElseThrow().status())
                .isEqualTo(Status.HEALTHY);
    }

    private MarketSnapshot complex(int number) {
        return Snapshots.complex(number, "BTC-USDT", bar);
    }

    private void assertBooksBalance() {
        EngineStats stats = engine.stats();
        assertThat(stats.totalRequests())
                .isGreaterThanOrEqualTo(INFERENCES)
                .isEqualTo(stats.localCalls()
                        + stats.cacheHits()
                        + stats.remoteAnswers()
                        + stats.fallbackCalls()
                        + stats.cancelled());
        assertThat(stats.cancelled()).isEqualTo(unanswered.get());
        assertThat(heard.get()).isEqualTo(stats.totalRequests() - stats.cancelled());
        assertThat(stats.degradations().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(stats.fallbackCalls());
        assertThat(stats.upstreamAttempts()).isEqualTo(model.attempts.sum());
        assertThat(stats.remoteCalls()).isEqualTo(model.requests.size());
        assertThat(stats.errors()).isEqualTo(model.thrown.sum());
        assertThat(stats.localCalls()).isPositive();
        assertThat(stats.cacheHits()).isPositive();
        assertThat(stats.coalesced()).isPositive();
        assertThat(stats.remoteAnswers()).isPositive();
        assertThat(stats.degradations()).containsKeys(Degradation.TIMEOUT, Degradation.BAD_REPLY);
        BudgetState state = budget.state(Clock.systemUTC().instant());
        assertThat(state.reservedNanoUsd()).as("every reservation was settled").isZero();
        assertThat(state.spentNanoUsd()).isGreaterThanOrEqualTo(stats.totalCostNanoUsd());
    }

    private void assertNoThreadIsLeft() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (threadsBefore.contains(thread)) {
                continue; // of an engine of another test that was left to be lost
            }
            if (thread.getName().startsWith("hybrid-inference")
                    || thread.getName().equals(ChaoticModel.THREAD)) {
                thread.join(NOISE.toMillis());
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }
}
