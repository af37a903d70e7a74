package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.testing.LogCapture;
import io.github.hybridinference.testkit.network.ConnectProxy;
import io.github.hybridinference.testkit.network.PrivateAuthority;
import io.github.hybridinference.testkit.network.TlsFront;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions through an HTTP proxy on loopback to hosts that only the proxy knows. */
class ProxyTest {
    private static final String USER = "alice";
    private static final String PASSWORD = "p@ss:w%rd";
    private static final String LOGIN = "alice:p%40ss%3Aw%25rd@";

    @TempDir
    static Path directory;

    private static PrivateAuthority authority;
    private static Path trust;

    @BeforeAll
    static void makeAuthority() throws IOException {
        authority = new PrivateAuthority();
        trust = Files.writeString(directory.resolve("authority.pem"), authority.pem());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void reachesAServiceOfAPrivateAuthorityWithoutShowingTheProxyKeyOrBody(boolean builder) throws Exception {
        try (ScriptedServer service = new ScriptedServer(Replies.ok(Replies.GOOD));
                TlsFront front =
                        TlsFront.start(authority.context(authority.issue("model.internal")), address(service.port()));
                ConnectProxy proxy =
                        ConnectProxy.start(USER, PASSWORD).host("model.internal:443", address(front.port()))) {
            String url = "http://" + LOGIN + "127.0.0.1:" + proxy.port();
            DeepSeekBuilder settings = DeepSeek.builder().apiKey(Texts.KEY).endpoint("https://model.internal/v1");
            if (builder) {
                settings.proxy(url).trustStore(trust);
            } else {
                settings.network(Map.of("HTTPS_PROXY", url, "DEEPSEEK_TRUST_STORE", trust.toString()));
            }
            try (DeepSeek model = settings.resolver(new OnlyTheProxy()).build()) {
                assertAnswers(model);
                assertAnswers(model);
            }
            String request = service.awaitRequest();
            String body = request.substring(request.indexOf("\r\n\r\n") + 4);

            assertThat(request).contains("Bearer " + Texts.KEY).containsIgnoringCase("host: model.internal\r\n");
            assertThat(proxy.targets()).containsExactly("model.internal:443"); // kept for the second question
            assertThat(proxy.seen())
                    .startsWith("CONNECT model.internal:443 HTTP/1.1\r\n")
                    .hasSizeGreaterThan(request.length()) // it has seen the whole exchange, encrypted
                    .doesNotContain(Texts.KEY)
                    .doesNotContain("bearer")
                    .doesNotContain("/v1/chat/completions");
            for (int i = 0; i + 12 <= body.length(); i += 12) {
                assertThat(proxy.seen()).doesNotContain(body.substring(i, i + 12));
            }
        }
    }

    @Test
    void asksForATunnelToAnEndpointWithoutEncryptionToo() throws Exception {
        try (ScriptedServer service = new ScriptedServer(Replies.ok(Replies.GOOD));
                ConnectProxy proxy = ConnectProxy.start().host("ollama:11434", address(service.port()));
                DeepSeek model = DeepSeek.builder()
                        .endpoint("http://ollama:11434/v1")
                        .allowPlainHttp()
                        .proxy("http://127.0.0.1:" + proxy.port())
                        .resolver(new OnlyTheProxy())
                        .build()) {
            assertAnswers(model);

            assertThat(proxy.seen())
                    .startsWith("CONNECT ollama:11434 HTTP/1.1\r\n")
                    .contains("\r\n\r\nPOST /v1/");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "407, PROXY_REFUSED",
        "403, PROXY_FORBIDDEN",
        "429, PROXY_FORBIDDEN",
        "502, PROXY_FAILED",
        "504, PROXY_FAILED",
        "405, NOT_A_PROXY",
        "302, NOT_A_PROXY"
    })
    void tellsWhyTheProxyRefusesAtNoCost(int status, FailureCause cause) throws Exception {
        try (ConnectProxy proxy = ConnectProxy.start().answerWith(status)) {
            assertFails(proxy.port(), cause);
            assertThat(proxy.seen()).doesNotContain(Texts.KEY);
        }
    }

    @Test
    void tellsThatTheLoginIsMissingOrWrong() throws Exception {
        try (ConnectProxy proxy = ConnectProxy.start(USER, PASSWORD)) {
            assertFails("http://127.0.0.1:" + proxy.port(), FailureCause.PROXY_REFUSED);
            assertFails("http://alice:wrong@127.0.0.1:" + proxy.port(), FailureCause.PROXY_REFUSED);
        }
    }

    @Test
    void tellsThatTheProxyIsNotReachable() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        assertFails(port, FailureCause.PROXY_UNREACHABLE);
        assertFails("http://nowhere.invalid:3128", FailureCause.PROXY_UNREACHABLE);
    }

    @Test
    void tellsThatSomethingElseListensThere() throws Exception {
        try (ServerSocket ssh = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> greet(ssh));
            server.setDaemon(true);
            server.start();

            assertFails(ssh.getLocalPort(), FailureCause.NOT_A_PROXY);
        }
    }

    @Test
    void aProxyThatHangsEndsWithTheDeadlineAtNoCost() throws Exception {
        try (ConnectProxy proxy = ConnectProxy.start().answerWith(0);
                DeepSeek model = model("http://127.0.0.1:" + proxy.port())) {
            RemoteException failure = Failures.of(model.ask(Texts.question(Duration.ofMillis(300))));

            assertThat(failure.reason()).isEqualTo(RemoteException.Reason.TIMEOUT);
            assertThat(failure.failureCause()).contains(FailureCause.PROXY_UNREACHABLE);
            assertThat(failure.mayHaveCostUnseen()).isFalse();
        }
    }

    @Test
    void aQuestionThatIsCancelledInTheTunnelCostsNothing() throws Exception {
        try (ConnectProxy proxy = ConnectProxy.start().answerWith(0);
                DeepSeek model = model("http://127.0.0.1:" + proxy.port())) {
            CompletableFuture<RemoteReply> asked = model.ask(Texts.question());
            asked.cancel(false);

            assertThat(Failures.of(asked).mayHaveCostUnseen()).isFalse();
        }
    }

    /** Its localhost is another machine: what is for this one only must not be sent there. */
    @Test
    void refusesAProxyOfAnotherMachineForAnEndpointOnThisOne() {
        DeepSeekBuilder builder =
                DeepSeek.builder().endpoint("http://localhost:11434/v1").proxy("http://proxy.example:3128");

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the endpoint is on this machine and the proxy is not: leave the proxy out");
    }

    /** The first address of the proxy answers nothing; the race goes on to the second one. */
    @Test
    void racesTheAddressesOfTheProxy() throws Exception {
        try (ScriptedServer service = new ScriptedServer(Replies.ok(Replies.GOOD));
                ConnectProxy proxy = ConnectProxy.start().host("ollama:11434", address(service.port()));
                BlackHole hole = new BlackHole(proxy.port());
                DeepSeek model = DeepSeek.builder()
                        .endpoint("http://ollama:11434/v1")
                        .allowPlainHttp()
                        .proxy("http://proxy.internal:" + proxy.port())
                        .resolver(host -> new InetAddress[] {hole.address(), InetAddress.getLoopbackAddress()})
                        .build()) {
            assertAnswers(model);
        }
    }

    @Test
    void manyQuestionsAtOnceShareTheProxy() throws Exception {
        try (ScriptedServer service = new ScriptedServer(Replies.ok(Replies.GOOD));
                TlsFront front =
                        TlsFront.start(authority.context(authority.issue("model.internal")), address(service.port()));
                ConnectProxy proxy =
                        ConnectProxy.start(USER, PASSWORD).host("model.internal:443", address(front.port()));
                DeepSeek model = DeepSeek.builder()
                        .apiKey(Texts.KEY)
                        .endpoint("https://model.internal/v1")
                        .proxy("http://" + LOGIN + "127.0.0.1:" + proxy.port())
                        .trustStore(trust)
                        .build()) {
            List<CompletableFuture<RemoteReply>> asked = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                asked.add(model.ask(Texts.question()));
            }
            for (CompletableFuture<RemoteReply> each : asked) {
                assertThat(each.get(30, TimeUnit.SECONDS).finish()).isEqualTo(RemoteReply.Finish.STOP);
            }
            assertThat(proxy.targets()).hasSizeBetween(1, 20);
        }
    }

    private static void assertFails(int port, FailureCause cause) throws Exception {
        assertFails("http://127.0.0.1:" + port, cause);
    }

    private static void assertFails(String proxy, FailureCause cause) throws Exception {
        try (LogCapture log = new LogCapture();
                DeepSeek model = model(proxy)) {
            RemoteException failure = Failures.of(model.ask(Texts.question()));

            assertThat(log.text()).doesNotContain("end of the pipeline", "exceptionCaught", "Failed to");
            assertThat(failure.failureCause()).contains(cause);
            assertThat(failure.reason()).isEqualTo(RemoteException.Reason.UNAVAILABLE);
            assertThat(failure.mayHaveCostUnseen()).isFalse();
            assertThat(failure.isRetryable()).isEqualTo(cause.isPassing());
        }
    }

    private static DeepSeek model(String proxy) {
        return DeepSeek.builder()
                .apiKey(Texts.KEY)
                .endpoint("https://model.internal")
                .proxy(proxy)
                .build();
    }

    private static void assertAnswers(DeepSeek model) throws Exception {
        assertThat(model.ask(Texts.question()).get(30, TimeUnit.SECONDS).finish())
                .isEqualTo(RemoteReply.Finish.STOP);
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** As a server for SSH greets. */
    private static void greet(ServerSocket listener) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                socket.getOutputStream().write("SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException over) {
                // the client has hung up, or the test is over
            }
        }
    }

    /** Knows the proxy and refuses to look up the service. */
    private static final class OnlyTheProxy implements HostResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            if (!host.equals("127.0.0.1")) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        }
    }
}
