package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteReply;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a failure says that nothing was sent, which is what the engine charges by. */
class SentOrNotTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void theDeadlineWhileConnecting() throws Exception {
        try (BlackHole dead = new BlackHole(0);
                DeepSeek model = connectingTo(dead)) {
            assertNotSent(model.ask(Texts.question(SHORT)), Reason.TIMEOUT);
        }
    }

    @Test
    void cancellingWhileConnecting() throws Exception {
        try (BlackHole dead = new BlackHole(0);
                DeepSeek model = connectingTo(dead)) {
            CompletableFuture<RemoteReply> asked = model.ask(Texts.question());

            assertThat(asked.cancel(true)).isTrue();

            assertNotSent(asked, Reason.CANCELLED);
            assertThat(asked.cancel(true)).isFalse();
        }
    }

    @Test
    void closingWhileConnecting() throws Exception {
        try (BlackHole dead = new BlackHole(0)) {
            DeepSeek model = connectingTo(dead);
            CompletableFuture<RemoteReply> asked = model.ask(Texts.question());

            model.close();

            assertNotSent(asked, Reason.CANCELLED);
        }
    }

    @Test
    void theDeadlineInTheTlsHandshake() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                DeepSeek model = encrypted(mute.getLocalPort())) {
            assertNotSent(model.ask(Texts.question(SHORT)), Reason.TIMEOUT);
        }
    }

    @Test
    void cancellingInTheTlsHandshake() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                DeepSeek model = encrypted(mute.getLocalPort())) {
            CompletableFuture<RemoteReply> asked = model.ask(Texts.question());
            try (Socket socket = mute.accept()) {
                assertThat(socket.getInputStream().read()).isNotNegative(); // the client's hello

                asked.cancel(true);

                assertNotSent(asked, Reason.CANCELLED);
            }
        }
    }

    @Test
    void closingInTheTlsHandshake() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            DeepSeek model = encrypted(mute.getLocalPort());
            CompletableFuture<RemoteReply> asked = model.ask(Texts.question());
            try (Socket socket = mute.accept()) {
                assertThat(socket.getInputStream().read()).isNotNegative();

                model.close();

                assertNotSent(asked, Reason.CANCELLED);
            }
        }
    }

    @Test
    void aServerThatHangsUpInTheTlsHandshake() throws Exception {
        try (ServerSocket rude = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                DeepSeek model = encrypted(rude.getLocalPort())) {
            CompletableFuture<RemoteReply> asked = model.ask(Texts.question());
            rude.accept().close();

            assertNotSent(asked, Reason.UNAVAILABLE);
        }
    }

    @Test
    void theDeadlineAfterTheRequestHasArrived() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
                DeepSeek model = FaultTableTest.model(server.url())) {
            model.ask(Texts.question()).join(); // so that the next one finds its classes and a connection
            server.awaitRequest();
            server.script(ScriptedServer.HANG);

            CompletableFuture<RemoteReply> asked = model.ask(Texts.question(Duration.ofSeconds(1)));
            server.awaitRequest();

            assertSent(asked, Reason.TIMEOUT);
        }
    }

    @Test
    void cancellingAfterTheRequestHasArrived() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.HANG);
                DeepSeek model = FaultTableTest.model(server.url())) {
            CompletableFuture<RemoteReply> asked = model.ask(Texts.question());
            server.awaitRequest();

            assertThat(asked.cancel(true)).isTrue();

            assertSent(asked, Reason.CANCELLED);
        }
    }

    @Test
    void closingAfterTheRequestHasArrived() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.HANG)) {
            DeepSeek model = FaultTableTest.model(server.url());
            CompletableFuture<RemoteReply> asked = model.ask(Texts.question());
            server.awaitRequest();

            model.close();

            assertSent(asked, Reason.CANCELLED);
        }
    }

    @Test
    void cancellingAnAnsweredQuestionChangesNothing() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
                DeepSeek model = FaultTableTest.model(server.url())) {
            CompletableFuture<RemoteReply> asked = model.ask(Texts.question());
            RemoteReply reply = asked.join();

            assertThat(asked.cancel(true)).isFalse();
            assertThat(asked.join()).isSameAs(reply);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aRequestThatArrivesIsNeverReportedAsNotSent(long seed) throws Exception {
        Random random = new Random(seed);
        int rounds = 300;
        int maybeSent = 0;
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD))) {
            try (DeepSeek model = FaultTableTest.model(server.url())) {
                for (int i = 0; i < rounds; i++) {
                    CompletableFuture<RemoteReply> asked = model.ask(Texts.question());
                    LockSupport.parkNanos(random.nextInt(400_000));
                    asked.cancel(true);
                    maybeSent += asked.handle((reply, thrown) ->
                                            thrown == null || failure(thrown).mayHaveCostUnseen())
                                    .join()
                            ? 1
                            : 0;
                }
            }
            for (int i = 0; i < server.connections(); i++) {
                assertThat(server.awaitClosedByClient()).isTrue();
            }
            assertThat(server.requests()).isLessThanOrEqualTo(maybeSent);
            assertThat(maybeSent).isLessThan(rounds);
        }
    }

    @Test
    void theEngineBooksNothingForACallThatNeverConnected() throws Exception {
        Budget budget = Budget.perDay("1.00");
        try (BlackHole dead = new BlackHole(0);
                InferenceEngine engine = InferenceEngine.builder()
                        .remote(connectingTo(dead))
                        .budget(budget)
                        .timeout(SHORT)
                        .remoteTimeout(SHORT)
                        .maxAttempts(1)
                        .ownParts()
                        .build()) {
            assertThat(engine.infer(Texts.market(1)).degradation()).contains(Degradation.TIMEOUT);
        }
        assertThat(budget.state(Clock.systemUTC().instant()).spentNanoUsd()).isZero();
        assertThat(budget.state(Clock.systemUTC().instant()).reservedNanoUsd()).isZero();
    }

    @Test
    void theEngineBooksNothingForACallCancelledWhileConnecting() throws Exception {
        Budget budget = Budget.perDay("1.00");
        try (BlackHole dead = new BlackHole(0)) {
            try (InferenceEngine engine = InferenceEngine.builder()
                    .remote(connectingTo(dead))
                    .budget(budget)
                    .timeout(Duration.ofSeconds(20))
                    .ownParts()
                    .build()) {
                List<CompletableFuture<?>> asked = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    asked.add(engine.inferAsync(Texts.market(i)));
                }
                asked.forEach(each -> each.cancel(true));
            }
        }
        assertThat(budget.state(Clock.systemUTC().instant()).spentNanoUsd()).isZero();
    }

    private static DeepSeek connectingTo(BlackHole dead) {
        return AddressRaceTest.model(dead.port(), host -> new InetAddress[] {dead.address()});
    }

    private static DeepSeek encrypted(int port) throws Exception {
        SslContext trusting = SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .build();
        return DeepSeek.builder()
                .apiKey(Texts.KEY)
                .endpoint("https://127.0.0.1:" + port)
                .tls(trusting)
                .build();
    }

    private static void assertNotSent(CompletableFuture<RemoteReply> asked, Reason reason) {
        RemoteException failure = Failures.of(asked);
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.mayHaveCostUnseen()).isFalse();
    }

    private static void assertSent(CompletableFuture<RemoteReply> asked, Reason reason) {
        RemoteException failure = Failures.of(asked);
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.mayHaveCostUnseen()).isTrue();
    }

    private static RemoteException failure(Throwable thrown) {
        return (RemoteException) thrown;
    }
}
