package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineHealth.Component;
import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a model's breaker counts against it: each request once, and nothing that is not the model's fault. */
class BlameTest {
    private int request;

    @Test
    void countsARequestOnceHoweverManyAttemptsItTook() {
        try (Bench bench = new Bench(options -> options.maxConsecutiveFailures(2))) {
            bench.model.always(FakeModel.failing(Reason.UNAVAILABLE));
            Way.Asked asked = ask(bench);
            bench.time.advanceMs(600);
            assertThat(asked.answer().degradation()).contains(Degradation.UNAVAILABLE);
            assertThat(bench.model.attempts()).isEqualTo(3);
            assertThat(bench.engine.stats().consecutiveFailures()).isEqualTo(1);
            assertThat(breaker(bench).status()).isEqualTo(Status.HEALTHY);
        }
    }

    @Test
    void countsARequestOnceThatOutlastsTheEnginesTimeoutAndThenFails() {
        try (Bench bench = new Bench()) {
            ask(bench);
            bench.time.advance(Bench.TIMEOUT);
            assertThat(bench.engine.stats().consecutiveFailures()).isEqualTo(1);
            bench.time.advanceMs(500);
            FakeModel.failing(Reason.REJECTED).accept(bench.exchange());
            assertThat(bench.engine.stats().consecutiveFailures()).isEqualTo(1);
        }
    }

    @Test
    void isNotConsoledByAnAnswerThatComesAfterTheTimeout() {
        try (Bench bench = new Bench(options -> options.maxConsecutiveFailures(2))) {
            for (int i = 0; i < 2; i++) {
                ask(bench);
                bench.time.advance(Bench.TIMEOUT);
                bench.model.exchange(i).reply(Replies.BUY);
            }
            assertBarred(bench);
        }
    }

    @Test
    void blamesTheModelThatHangsUntilTheEndThoughBothTimeoutsAreTheSame() {
        Duration both = Duration.ofMillis(200);
        try (Bench bench =
                new Bench(options -> options.timeout(both).remoteTimeout(both).maxConsecutiveFailures(2))) {
            for (int i = 0; i < 2; i++) {
                Way.Asked asked = ask(bench);
                bench.time.advance(both);
                assertThat(asked.answer().degradation()).contains(Degradation.TIMEOUT);
                assertThat(bench.engine.stats().consecutiveFailures()).isEqualTo(i + 1);
            }
            assertBarred(bench);
        }
    }

    @Test
    void blamesNoModelForACallersOwnShortDeadline() {
        try (Bench bench = new Bench()) {
            Way.Asked hasty = bench.ask(Way.ASYNC, Snapshots.complex(1), Duration.ofMillis(10));
            bench.time.advanceMs(10);
            assertThat(hasty.answer().degradation()).contains(Degradation.TIMEOUT);
            assertThat(bench.engine.stats().consecutiveFailures()).isZero();
            bench.time.advanceMs(2_900);
            bench.exchange().reply(Replies.BUY);
            assertThat(bench.engine.stats().consecutiveFailures()).isZero();
        }
    }

    /** A model of an adapter that says when the request was written: here, when the test says so. */
    @Test
    void doesNotCountWhatPassesBeforeTheRequestIsWritten() {
        LateWriter late = new LateWriter();
        ManualTime time = new ManualTime();
        try (Bench bench = new Bench(time, options -> options.thenRemote(late).maxConsecutiveFailures(1))) {
            bench.model.always(FakeModel.failing(Reason.REJECTED)); // so that the second of the chain is asked
            bench.ask(Way.ASYNC, Snapshots.complex(1));
            time.advanceMs(2_900);
            late.writings.get(0).run();
            time.advanceMs(2_900);
            assertThat(health(bench, "late-writer").status()).isEqualTo(Status.HEALTHY);

            time.advanceMs(100);
            assertThat(health(bench, "late-writer").status()).isEqualTo(Status.UNHEALTHY);
        }
    }

    @Test
    void countsFromTheFirstRequestThatWasWrittenRetriesIncluded() {
        LateWriter late = new LateWriter();
        ManualTime time = new ManualTime();
        try (Bench bench = new Bench(time, options -> options.thenRemote(late).maxConsecutiveFailures(1))) {
            bench.model.always(FakeModel.failing(Reason.REJECTED));
            bench.ask(Way.ASYNC, Snapshots.complex(1));
            late.writings.get(0).run();
            time.advanceMs(2_000);
            late.replies.get(0).completeExceptionally(new RemoteException(Reason.UNAVAILABLE));
            time.advanceMs(500);
            late.writings.get(1).run();
            assertThat(health(bench, "late-writer").status()).isEqualTo(Status.HEALTHY);

            time.advanceMs(500);
            assertThat(health(bench, "late-writer").status()).isEqualTo(Status.UNHEALTHY);
        }
    }

    @Test
    void doesNotCountATimeoutBeforeTheRequestIsSent() {
        try (Bench bench =
                new Bench(options -> options.maxConsecutiveFailures(1).maxAttempts(1))) {
            bench.model.then(FakeModel.failing(RemoteException.beforeSending(Reason.TIMEOUT)));
            assertThat(next(bench).degradation()).contains(Degradation.TIMEOUT);
            assertThat(breaker(bench).status()).isEqualTo(Status.HEALTHY);

            bench.model.then(FakeModel.failing(Reason.TIMEOUT));
            assertThat(next(bench).degradation()).contains(Degradation.TIMEOUT);
            assertThat(breaker(bench).status()).isEqualTo(Status.UNHEALTHY);
        }
    }

    @Test
    void doesNotCountARequestThatWasNeverWritten() {
        LateWriter late = new LateWriter();
        ManualTime time = new ManualTime();
        try (Bench bench = new Bench(time, options -> options.thenRemote(late).maxConsecutiveFailures(1))) {
            bench.model.always(FakeModel.failing(Reason.REJECTED));
            bench.ask(Way.ASYNC, Snapshots.complex(1));
            time.advance(Bench.REMOTE_TIMEOUT);
            assertThat(health(bench, "late-writer").status()).isEqualTo(Status.HEALTHY);
        }
    }

    /** The executor gets to the engine's look too late, as on a busy processor: the reply may be as late. */
    @Test
    void doesNotCountWhatItWasTooBusyToSee() {
        ManualTime time = new ManualTime();
        FakeModel model = new FakeModel();
        Deque<Runnable> tasks = new ArrayDeque<>();
        try (InferenceEngine engine = InferenceEngine.builder()
                .remote(model)
                .replyVerifier(Replies::verify)
                .clock(time.wall())
                .nanoClock(time::nanos)
                .scheduler(time.scheduler())
                .executor(tasks::add)
                .maxConsecutiveFailures(1)
                .build()) {
            CompletableFuture<Inference> asked = engine.inferAsync(Snapshots.complex(1));
            time.advance(Bench.TIMEOUT);
            time.advanceMs(400);
            runAll(tasks);
            assertThat(asked).isDone();
            assertThat(engine.health().component("fake-model").orElseThrow().status())
                    .as("the look was 400 ms late")
                    .isEqualTo(Status.HEALTHY);

            time.advanceMs(400);
            runAll(tasks);
            assertThat(engine.health().component("fake-model").orElseThrow().status())
                    .as("the next one was in time, and there was still no reply")
                    .isEqualTo(Status.UNHEALTHY);
        }
    }

    /** The end at the limit is as late as a reply may be. */
    @Test
    void doesNotCountALimitThatItWasTooBusyToKeep() {
        for (int lateMs : new int[] {400, 100}) {
            ManualTime time = new ManualTime();
            Deque<Runnable> tasks = new ArrayDeque<>();
            try (InferenceEngine engine = InferenceEngine.builder()
                    .remote(new FakeModel())
                    .replyVerifier(Replies::verify)
                    .clock(time.wall())
                    .nanoClock(time::nanos)
                    .scheduler(time.scheduler())
                    .executor(tasks::add)
                    .timeout(Bench.TIMEOUT)
                    .remoteTimeout(Bench.TIMEOUT)
                    .maxConsecutiveFailures(1)
                    .build()) {
                CompletableFuture<Inference> asked = engine.inferAsync(Snapshots.complex(1));
                time.advance(Bench.TIMEOUT);
                time.advanceMs(lateMs);
                runAll(tasks);
                assertThat(asked).isDone();
                assertThat(engine.health().component("fake-model").orElseThrow().status())
                        .as("%d ms late", lateMs)
                        .isEqualTo(lateMs == 400 ? Status.HEALTHY : Status.UNHEALTHY);
            }
        }
    }

    /** An adapter may need a while to abort an exchange. */
    @Test
    void doesNotCountACallThatItsCallersGaveUp() {
        LateWriter late = new LateWriter();
        late.aborts = false;
        ManualTime time = new ManualTime();
        try (Bench bench = new Bench(time, options -> options.thenRemote(late).maxConsecutiveFailures(1))) {
            bench.model.always(FakeModel.failing(Reason.REJECTED));
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            late.writings.get(0).run();
            time.advanceMs(1_000);
            asked.future().cancel(true);
            time.advanceMs(8_000);
            assertThat(health(bench, "late-writer").status()).isEqualTo(Status.HEALTHY);
        }
    }

    private static void runAll(Deque<Runnable> tasks) {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    void blamesNoModelForWhatIsNotItsFault() {
        try (Bench bench = new Bench(options -> options.maxConsecutiveFailures(1))) {
            for (Reason reason :
                    new Reason[] {Reason.BUDGET, Reason.PRIVACY, Reason.CANCELLED, Reason.NOT_RECORDED, Reason.INTERNAL
                    }) {
                bench.model.then(FakeModel.failing(reason));
                assertThat(next(bench).degradation()).contains(reason.degradation());
            }
            assertThat(breaker(bench).status()).isEqualTo(Status.HEALTHY);
        }
    }

    @Test
    void takesNoPatienceForAFault() {
        try (Bench bench = new Bench(options -> options.timeout(Duration.ofMinutes(5)))) {
            for (int i = 0; i < 20; i++) {
                ask(bench);
                bench.time.advance(Duration.ofMinutes(2)); // a long time for the breaker's library
                bench.model.exchange(i).reply(Replies.BUY);
            }
            assertThat(breaker(bench).status()).isEqualTo(Status.HEALTHY);
        }
    }

    private void assertBarred(Bench bench) {
        assertThat(next(bench).degradation()).contains(Degradation.BREAKER_OPEN);
    }

    private Inference next(Bench bench) {
        return ask(bench).answer();
    }

    private Way.Asked ask(Bench bench) {
        return bench.ask(Way.ASYNC, Snapshots.complex(request++));
    }

    private static Component breaker(Bench bench) {
        return bench.engine.health().component("fake-model").orElseThrow();
    }

    private static Component health(Bench bench, String model) {
        return bench.engine.health().component(model).orElseThrow();
    }

    private static final class LateWriter implements RemoteModel {
        private final List<Runnable> writings = new ArrayList<>();
        private final List<CompletableFuture<RemoteReply>> replies = new ArrayList<>();
        private boolean aborts = true;

        @Override
        public ModelIdentity identity() {
            return new ModelIdentity("late-writer", "1", "");
        }

        @Override
        public OptionalLong worstCostNanoUsd(RemoteRequest request) {
            return OptionalLong.of(1);
        }

        @Override
        public CompletableFuture<RemoteReply> ask(RemoteRequest request) {
            throw new AssertionError("the engine says that it wants to know when it is written");
        }

        @Override
        public CompletableFuture<RemoteReply> ask(RemoteRequest request, Runnable written) {
            writings.add(written);
            replies.add(new CompletableFuture<>() {
                @Override
                public boolean cancel(boolean mayInterrupt) {
                    return aborts && super.cancel(mayInterrupt);
                }
            });
            return replies.get(replies.size() - 1);
        }
    }
}
