package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which thread does what, and that none is left behind. */
class ThreadsTest {
    private static final String WORKER = "hybrid-inference-\\d+-worker-\\d+";

    private final ExecutorService transport = Executors.newSingleThreadExecutor(task -> new Thread(task, "transport"));
    private final FakeModel model = new FakeModel();
    private final ManualTime time = new ManualTime();

    @AfterEach
    void stopTransport() {
        transport.shutdownNow();
    }

    @Test
    void continuesOnAWorkerAndNeverOnTheTransport() throws Exception {
        Set<String> listening = ConcurrentHashMap.newKeySet();
        InferenceListener noting = new InferenceListener() {
            @Override
            public void onRemoteCall(RemoteCall call) {
                listening.add(Thread.currentThread().getName());
            }

            @Override
            public void onAnswer(MarketSnapshot snapshot, Inference answer) {
                listening.add(Thread.currentThread().getName());
            }
        };
        try (InferenceEngine engine = builder().listener(noting).build()) {
            List<Function<FakeModel.Exchange, Runnable>> endings = List.of(
                    exchange -> () -> exchange.reply(Replies.BUY),
                    exchange -> () -> exchange.reply(Replies.NONSENSE),
                    exchange -> () -> FakeModel.failing(Reason.REJECTED).accept(exchange));
            for (int i = 0; i < endings.size(); i++) {
                CompletableFuture<String> continued = engine.inferAsync(Snapshots.complex(i))
                        .thenApply(answer -> Thread.currentThread().getName());
                transport.submit(endings.get(i).apply(model.exchange(i))).get();
                assertThat(continued.join()).matches(WORKER);
            }
        }
        assertThat(listening).isNotEmpty().allMatch(name -> name.matches(WORKER));
    }

    @Test
    void continuesOnAWorkerWhenTheDeadlinePasses() {
        try (InferenceEngine engine = builder().build()) {
            CompletableFuture<String> continued = engine.inferAsync(Snapshots.complex(1))
                    .thenApply(answer -> Thread.currentThread().getName());
            time.advance(Bench.TIMEOUT);
            assertThat(continued.join()).matches(WORKER);
        }
    }

    @Test
    void runsAsynchronousContinuationsOnAWorkerWheneverTheyWereAttached() {
        try (InferenceEngine engine = builder().build()) {
            CompletableFuture<Inference> answer = engine.inferAsync(Snapshots.complex(1));
            model.exchange(0).reply(Replies.BUY);
            answer.join();
            CompletableFuture<String> continued =
                    answer.thenApplyAsync(given -> Thread.currentThread().getName());
            assertThat(continued.join()).matches(WORKER);
        }
    }

    @Test
    void continuesOnAWorkerWhenCacheLeaseOrBudgetWereSlow() throws Exception {
        FakeCache cache = new FakeCache();
        FakeLease lease = new FakeLease();
        FakeBudget budget = new FakeBudget();
        CompletableFuture<BudgetDecision> refusal = new CompletableFuture<>();
        budget.answer = () -> refusal;
        CompletableFuture<Optional<CachedSignal>> look = new CompletableFuture<>();
        cache.slow = look;
        try (InferenceEngine engine =
                builder().cache(cache).callLease(lease).budget(budget).build()) {
            CompletableFuture<String> continued = engine.inferAsync(Snapshots.complex(1))
                    .thenApply(answer -> Thread.currentThread().getName());
            transport.submit(() -> look.complete(Optional.empty())).get();
            while (budget.reserved.isEmpty()) {
                Thread.onSpinWait();
            }
            transport
                    .submit(() -> refusal.complete(BudgetDecision.Refused.EXHAUSTED))
                    .get();
            assertThat(continued.join()).matches(WORKER);
        }
    }

    @Test
    void answersOnTheCallersThreadWhatNeedsNoWaiting() {
        try (InferenceEngine engine =
                builder().maxCallsInFlight(1).maxWaiting(0).build()) {
            assertThat(engine.inferAsync(Snapshots.simple())).isDone();
            CompletableFuture<Inference> open = engine.inferAsync(Snapshots.complex(1));
            assertThat(engine.inferAsync(Snapshots.complex(2))).as("saturated").isDone();
            model.exchange(0).reply(Replies.BUY);
            assertThat(open.join().source()).isEqualTo(Source.REMOTE);
            assertThat(engine.inferAsync(Snapshots.complex(1))).as("remembered").isDone();
        }
    }

    @Test
    void keepsDeadlinesThoughAContinuationBlocks() {
        CountDownLatch release = new CountDownLatch(1);
        try (InferenceEngine engine = builder().build()) {
            CompletableFuture<Void> blocking = engine.inferAsync(Snapshots.complex(1))
                    .thenAccept(answer -> {
                        try {
                            release.await();
                        } catch (InterruptedException interrupted) {
                            Thread.currentThread().interrupt();
                        }
                    });
            time.advance(Bench.TIMEOUT);
            CompletableFuture<Inference> asynchronous = engine.inferAsync(Snapshots.complex(2));
            Way.Asked synchronous = Way.SYNC.ask(engine, Snapshots.complex(3), null);
            time.advance(Bench.TIMEOUT);
            assertThat(asynchronous.join().degradation()).contains(Degradation.TIMEOUT);
            assertThat(synchronous.answer().degradation()).contains(Degradation.TIMEOUT);
            release.countDown();
            blocking.join();
        }
    }

    @Test
    void usesTheExecutorItWasGiven() throws Exception {
        ExecutorService own = Executors.newSingleThreadExecutor(task -> new Thread(task, "my-own"));
        try {
            InferenceEngine engine = builder().executor(own).build();
            CompletableFuture<String> continued = engine.inferAsync(Snapshots.complex(1))
                    .thenApply(answer -> Thread.currentThread().getName());
            transport.submit(() -> model.exchange(0).reply(Replies.BUY)).get();
            assertThat(continued.join()).isEqualTo("my-own");
            engine.close();
            assertThat(own.isShutdown()).isFalse();
        } finally {
            own.shutdownNow();
        }
    }

    @Test
    void leavesNoThreadBehind() throws InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        InferenceEngine engine = InferenceEngine.builder()
                .remote(model.then(FakeModel.replying(Replies.BUY)))
                .replyVerifier(Replies::verify)
                .build();
        assertThat(engine.infer(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
        CompletableFuture<Inference> pending = engine.inferAsync(Snapshots.complex(2));
        Set<Thread> own = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> thread.getName().startsWith("hybrid-inference"))
                .collect(Collectors.toSet());
        assertThat(own).hasSizeGreaterThan(1).allMatch(Thread::isDaemon);
        engine.close();
        assertThat(pending).isDone();
        for (Thread thread : own) {
            thread.join(5_000); // ended, or on its way out
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @Test
    void canBeClosedByAContinuation() {
        InferenceEngine engine = builder().build();
        CompletableFuture<Void> closing =
                engine.inferAsync(Snapshots.complex(1)).thenAccept(answer -> engine.close());
        model.exchange(0).reply(Replies.BUY);
        closing.join();
        assertThat(engine.health().status()).isEqualTo(EngineHealth.Status.UNHEALTHY);
    }

    private InferenceEngineBuilder builder() {
        return InferenceEngine.builder()
                .remote(model)
                .replyVerifier(Replies::verify)
                .clock(time.wall())
                .nanoClock(time::nanos)
                .scheduler(time.scheduler());
    }

    @Test
    void continuesNeitherOnTheTransportNorLateWhenTheGivenExecutorIsFull() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        ThreadPoolExecutor full = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), task -> new Thread(task, "full"));
        full.execute(() -> awaitQuietly(release));
        full.execute(() -> awaitQuietly(release));
        try (LogProbe log = new LogProbe();
                InferenceEngine engine = builder().executor(full).build()) {
            CompletableFuture<String> continued = engine.inferAsync(Snapshots.complex(1))
                    .thenApply(answer -> Thread.currentThread().getName());
            transport.submit(() -> model.exchange(0).reply(Replies.BUY)).get();
            assertThat(continued.get(20, TimeUnit.SECONDS)).matches(WORKER);
            assertThat(log.warnings()).anyMatch(line -> line.contains("executor"));
        } finally {
            release.countDown();
            full.shutdownNow();
        }
    }

    @Test
    void refreshesInTheBackgroundAndNotOnTheCallersThread() throws Exception {
        Set<String> asking = ConcurrentHashMap.newKeySet();
        model.always(exchange -> {
            asking.add(Thread.currentThread().getName());
            exchange.reply(Replies.BUY);
        });
        try (InferenceEngine engine =
                builder().refreshAfter(Duration.ofMinutes(1)).build()) {
            engine.infer(Snapshots.complex(1));
            asking.clear();
            time.advance(Duration.ofMinutes(2));
            assertThat(engine.infer(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
            Awaiting.until(() -> !asking.isEmpty());
            assertThat(asking).allMatch(name -> name.matches(WORKER));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
