package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.InferenceEngineBuilder;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.ManualTime;
import io.github.hybridinference.testing.RecordingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the server sees of an engine's connections when callers leave, engines close and connections go stale. */
class EngineConnectionsTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final ManualTime time = new ManualTime();

    @Test
    void theLastCallerWhoCancelsClosesTheConnection() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.HANG);
                InferenceEngine engine = engine(server).build()) {
            CompletableFuture<Inference> first = engine.inferAsync(Texts.market(1));
            CompletableFuture<Inference> second = engine.inferAsync(Texts.market(1));
            server.awaitRequest();

            first.cancel(true);
            second.cancel(true);

            assertThat(server.awaitClosedByClient()).isTrue();
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void oneWhoCancelsLeavesTheConnectionToTheOthers() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((socket, out) -> {
                    cancelled.await();
                    Replies.ok(Replies.GOOD).answer(socket, out);
                });
                InferenceEngine engine = engine(server).build()) {
            CompletableFuture<Inference> first = engine.inferAsync(Texts.market(1));
            CompletableFuture<Inference> second = engine.inferAsync(Texts.market(1));
            server.awaitRequest();

            first.cancel(true);
            cancelled.countDown();

            assertThat(second.get(1, TimeUnit.MINUTES).source()).isEqualTo(Source.REMOTE);
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void anInterruptedCallerClosesTheConnection() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.HANG);
                InferenceEngine engine = engine(server).build()) {
            CompletableFuture<Inference> answer = new CompletableFuture<>();
            Thread caller = new Thread(() -> answer.complete(engine.infer(Texts.market(1))));
            caller.start();
            server.awaitRequest();

            caller.interrupt();

            assertThat(answer.get(1, TimeUnit.MINUTES).degradation()).contains(Degradation.INTERRUPTED);
            assertThat(server.awaitClosedByClient()).isTrue();
        }
    }

    @Test
    void closingTheEngineClosesConnectionsAndEndsThreads() throws Exception {
        Set<Thread> before = threads();
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.HANG)) {
            InferenceEngine engine = engine(server).build();
            List<CompletableFuture<Inference>> open = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                open.add(engine.inferAsync(Texts.market(i)));
                server.awaitRequest();
            }

            engine.close();

            for (CompletableFuture<Inference> each : open) {
                assertThat(each.get(1, TimeUnit.MINUTES).degradation()).contains(Degradation.CLOSED);
                assertThat(server.awaitClosedByClient()).isTrue();
            }
            for (Thread thread : threads()) {
                if (!before.contains(thread)) {
                    thread.join(20_000);
                    assertThat(thread.isAlive()).as(thread.getName()).isFalse();
                }
            }
        }
    }

    @Test
    void closingTheEngineClosesTheConnectionsOfAModelThatItDoesNotOwn() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.HANG);
                DeepSeek model = FaultTableTest.model(server.url())) {
            CompletableFuture<Inference> open;
            try (InferenceEngine engine =
                    InferenceEngine.builder().remote(model).timeout(LONG).build()) {
                open = engine.inferAsync(Texts.market(1));
                server.awaitRequest();
            }
            assertThat(open.join().degradation()).contains(Degradation.CLOSED);
            assertThat(server.awaitClosedByClient()).isTrue();

            server.script(Replies.ok(Replies.GOOD));
            try (InferenceEngine another =
                    InferenceEngine.builder().remote(model).timeout(LONG).build()) {
                assertThat(another.infer(Texts.market(1)).source()).isEqualTo(Source.REMOTE);
            }
        }
    }

    @Test
    void theCallGoesOnWhenTheCallersDeadlineHasPassed() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((socket, out) -> {
                    answered.await();
                    Replies.ok(Replies.GOOD).answer(socket, out);
                });
                InferenceEngine engine = engine(server)
                        .nanoClock(time::nanos)
                        .scheduler(time.scheduler())
                        .build()) {
            Inference answer = timedOut(engine, server);
            answered.countDown();

            Inference late = answer.revision()
                    .toCompletableFuture()
                    .get(1, TimeUnit.MINUTES)
                    .orElseThrow();

            assertThat(late.decisionId()).isEqualTo(answer.decisionId());
            assertThat(engine.infer(Texts.market(1)).source()).isEqualTo(Source.CACHE);
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void theCallsOwnLimitClosesTheConnection() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.HANG);
                InferenceEngine engine = engine(server)
                        .nanoClock(time::nanos)
                        .scheduler(time.scheduler())
                        .build()) {
            Inference answer = timedOut(engine, server);

            time.advance(LONG);

            assertThat(server.awaitClosedByClient()).isTrue();
            assertThat(answer.revision().toCompletableFuture().get(1, TimeUnit.MINUTES))
                    .isEmpty();
        }
    }

    private Inference timedOut(InferenceEngine engine, ScriptedServer server) throws Exception {
        CompletableFuture<Inference> asked = engine.inferAsync(Texts.market(1));
        server.awaitRequest();
        time.advance(LONG);
        Inference answer = asked.get(1, TimeUnit.MINUTES);
        assertThat(answer.degradation()).contains(Degradation.TIMEOUT);
        return answer;
    }

    @Test
    void anIdleConnectionClosedUnderTheQuestionCostsTheCallerNothing() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        RecordingListener listener = new RecordingListener();
        try (ScriptedServer server = new ScriptedServer((socket, out) -> {
                    if (requests.incrementAndGet() == 2) {
                        socket.close();
                    } else {
                        Replies.ok(Replies.GOOD).answer(socket, out);
                    }
                });
                InferenceEngine engine = engine(server).listener(listener).build()) {
            engine.infer(Texts.market(1));

            Inference answer = engine.infer(Texts.market(2));

            assertThat(answer.source()).isEqualTo(Source.REMOTE);
            assertThat(listener.failedAttempts()).singleElement().satisfies(attempt -> {
                assertThat(attempt.failure().reason()).isEqualTo(Reason.STALE_CONNECTION);
                assertThat(attempt.retried()).isTrue();
            });
            assertThat(server.requests()).isEqualTo(3);
        }
    }

    private static InferenceEngineBuilder engine(ScriptedServer server) {
        return InferenceEngine.builder()
                .remote(FaultTableTest.model(server.url()))
                .timeout(LONG)
                .remoteTimeout(LONG.multipliedBy(2))
                .ownParts();
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("hybrid-"))
                .collect(Collectors.toSet());
    }
}
