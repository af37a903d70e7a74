package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.testing.FakeModel;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Threads start with the first call to a model, and end with the engine even where it is not closed. */
class LostEngineTest {
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();
    private final FakeModel model = new FakeModel();

    private InferenceEngine engine() {
        return engine(Bench.TIMEOUT);
    }

    private InferenceEngine engine(Duration timeout) {
        return InferenceEngine.builder()
                .remote(model)
                .replyVerifier(Replies::verify)
                .timeout(timeout)
                .build();
    }

    private Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.getName().startsWith("hybrid-inference"))
                .collect(Collectors.toSet());
    }

    /** The number of the engine in a thread's name; engines count up. */
    private static int engineOf(Thread thread) {
        return Integer.parseInt(thread.getName().split("-", -1)[2], 10);
    }

    private static void awaitCollected(WeakReference<?> lost) {
        Awaiting.until(() -> {
            System.gc();
            return lost.get() == null;
        });
    }

    /** An engine that was asked, and that only the collector knows when this returns. */
    private WeakReference<InferenceEngine> asked(boolean closed) {
        model.always(FakeModel.replying(Replies.BUY));
        InferenceEngine engine = engine();
        assertThat(engine.infer(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
        assertThat(threads()).isNotEmpty();
        if (closed) {
            engine.close();
        }
        return new WeakReference<>(engine);
    }

    @Test
    void endsItsThreadsAndSaysWhatToDo() {
        try (LogProbe log = new LogProbe()) {
            WeakReference<InferenceEngine> lost = asked(false);
            awaitCollected(lost);
            Awaiting.until(() -> threads().stream().noneMatch(Thread::isAlive));
            Awaiting.until(() -> !log.warnings().isEmpty());
            assertThat(log.warnings()).singleElement().asString().contains("not closed", "try-with-resources");
        }
    }

    @Test
    void saysNothingWhereItWasClosed() {
        try (LogProbe log = new LogProbe()) {
            awaitCollected(asked(true));
            awaitCollected(asked(false)); // whose warning comes after one for the first would have come
            Awaiting.until(() -> !log.warnings().isEmpty());
            assertThat(log.warnings()).hasSize(1);
        }
    }

    @Test
    void keepsDeadlinesOfCallersWhoStillWait() throws Exception {
        CompletableFuture<Inference> waiting = engine(Duration.ofMillis(500)).inferAsync(Snapshots.complex(1));
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        assertThat(waiting.get(20, TimeUnit.SECONDS).degradation()).contains(Degradation.TIMEOUT);
    }

    @Test
    void isNotLostWhileACallIsInFlight() {
        CompletableFuture<WeakReference<InferenceEngine>> started = new CompletableFuture<>();
        CompletableFuture<Source> source = ask(started).thenApply(Inference::source);
        WeakReference<InferenceEngine> lost = started.join();
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        assertThat(lost.get()).isNotNull();
        model.exchange(0).reply(Replies.BUY);
        assertThat(source.join()).isEqualTo(Source.REMOTE);
        awaitCollected(lost);
    }

    private CompletableFuture<Inference> ask(CompletableFuture<WeakReference<InferenceEngine>> started) {
        InferenceEngine engine = engine(Duration.ofSeconds(60));
        started.complete(new WeakReference<>(engine));
        return engine.inferAsync(Snapshots.complex(1));
    }

    @Test
    void hasNoThreadWithoutAModel() {
        try (InferenceEngine rulesOnly = InferenceEngine.builder().build()) {
            rulesOnly.warmUp();
            rulesOnly.infer(Snapshots.simple());
            rulesOnly.infer(Snapshots.complex(1));
            rulesOnly.inferAsync(Snapshots.complex(2)).join();
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> !before.contains(thread))
                            .map(Thread::getName)
                            .filter(name -> name.startsWith("hybrid") || name.startsWith("ForkJoin")))
                    .isEmpty();
        }
    }

    @Test
    void hasNoThreadBeforeItsModelIsAsked() {
        try (InferenceEngine engine = engine()) {
            engine.infer(Snapshots.simple());
            engine.stats();
            engine.health();
            Set<Thread> ofOtherTests = threads(); // whose engines may still grow
            CompletableFuture<Inference> asked = engine.inferAsync(Snapshots.complex(1));
            int latest =
                    threads().stream().mapToInt(LostEngineTest::engineOf).max().orElseThrow();
            assertThat(ofOtherTests).noneMatch(thread -> engineOf(thread) == latest);
            model.exchange(0).reply(Replies.BUY);
            assertThat(asked.join().source()).isEqualTo(Source.REMOTE);
        }
    }
}
