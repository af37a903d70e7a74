package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineHealth.Component;
import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.testing.LogCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Why a connection cannot be opened, as health and the log tell it. */
class ConnectCausesTest {
    @Test
    void namesAHostThatIsNotFound() {
        assertTells("https://nowhere.invalid", FailureCause.NAME_NOT_FOUND);
    }

    @Test
    void namesAPortThatRefuses() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        assertTells("http://127.0.0.1:" + port, FailureCause.CONNECTION_REFUSED);
    }

    @Test
    void namesAPortWithoutTls() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answerInClear(plain));
            server.start();
            assertTells("https://127.0.0.1:" + plain.getLocalPort(), FailureCause.NOT_TLS);
        }
    }

    /** An https URL whose server waits for a line of text: the caller's time is up first, and health says why all the same. */
    @Test
    void namesAServerThatDoesNotAnswerTheHandshake() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
                InferenceEngine engine = InferenceEngine.builder()
                        .remote(DeepSeek.builder()
                                .apiKey(Texts.KEY)
                                .endpoint("https://127.0.0.1:" + silent.getLocalPort())
                                .build())
                        .timeout(Duration.ofMillis(500))
                        .ownParts()
                        .build()) {
            Inference answer = engine.infer(Texts.market(1));
            assertThat(answer.degradation()).contains(Degradation.TIMEOUT);
            answer.revision().toCompletableFuture().get(20, TimeUnit.SECONDS);

            Component model = engine.health().component("deepseek-flash").orElseThrow();
            assertThat(model.status()).isEqualTo(Status.DEGRADED);
            assertThat(model.detail()).contains(FailureCause.TLS_FAILED.cure());
            assertThat(engine.stats().totalCostNanoUsd()).isZero();
        }
    }

    /** openai-java's client cannot be asked for more than its exceptions say, which is enough for these. */
    @Test
    void namesTheSameCausesOverOpenAiJava() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        assertOpenAiTells("https://nowhere.invalid", FailureCause.NAME_NOT_FOUND);
        assertOpenAiTells("http://127.0.0.1:" + port, FailureCause.CONNECTION_REFUSED);
        try (ServerSocket plain = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            new Thread(() -> answerInClear(plain)).start();
            assertOpenAiTells("https://127.0.0.1:" + plain.getLocalPort(), FailureCause.NOT_TLS);
        }
    }

    private static void assertOpenAiTells(String url, FailureCause cause) throws Exception {
        try (Adapter.Opened opened = Adapter.OPENAI_JAVA.open(url, Clock.systemUTC())) {
            RemoteException failure = RemoteException.of(opened.model()
                    .ask(Texts.question())
                    .handle((reply, thrown) -> thrown)
                    .get(30, TimeUnit.SECONDS));
            assertThat(failure.failureCause()).contains(cause);
            assertThat(failure.reason()).isEqualTo(RemoteException.Reason.UNAVAILABLE);
        }
    }

    static Stream<FailureCause> causes() {
        return Stream.of(FailureCause.values());
    }

    @ParameterizedTest
    @MethodSource("causes")
    void eachHasACure(FailureCause cause) {
        assertThat(cause.sentence()).isNotBlank().doesNotEndWith(".");
        assertThat(cause.cure()).isNotBlank().doesNotEndWith(".");
    }

    private static void assertTells(String url, FailureCause cause) {
        try (LogCapture log = new LogCapture();
                InferenceEngine engine = InferenceEngine.builder()
                        .remote(DeepSeek.builder()
                                .apiKey(Texts.KEY)
                                .endpoint(url)
                                .build())
                        .timeout(Duration.ofSeconds(20))
                        .maxAttempts(1)
                        .ownParts()
                        .build()) {
            assertThat(engine.infer(Texts.market(1)).degradation()).contains(Degradation.UNAVAILABLE);

            Component model = engine.health().component("deepseek-flash").orElseThrow();
            assertThat(model.status()).isEqualTo(Status.DEGRADED);
            assertThat(model.detail())
                    .isEqualTo("UNAVAILABLE: " + cause.sentence() + " (" + url.replaceFirst("https?://", "") + "); "
                            + cause.cure());
            assertThat(engine.stats().failureCauses()).containsOnly(Map.entry(cause, 1L));
            assertThat(engine.stats().totalCostNanoUsd()).isZero();
            assertThat(log.text()).contains(cause.cure()).doesNotContain(Texts.KEY);
        }
    }

    /** As a server for plain HTTP does with a handshake that it takes for a broken request. */
    private static void answerInClear(ServerSocket listener) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                socket.getInputStream().read(new byte[5]);
                socket.getOutputStream()
                        .write("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
                socket.shutdownOutput();
                socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException closed) {
                // the test is over, or the client has hung up
            }
        }
    }
}
