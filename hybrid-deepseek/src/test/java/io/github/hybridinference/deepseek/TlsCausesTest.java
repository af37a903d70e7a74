package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import io.github.hybridinference.openai.OpenAiModel;
import io.github.hybridinference.remote.Dialect;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteModel;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a server's certificate, as both adapters tell it: nothing is sent to such a server. */
class TlsCausesTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    static Stream<Arguments> certificates() {
        return Stream.of(Adapter.values())
                .flatMap(adapter -> Stream.of(
                        Arguments.of(adapter, "good", false, FailureCause.TLS_UNTRUSTED),
                        Arguments.of(adapter, "expired", true, FailureCause.TLS_EXPIRED),
                        Arguments.of(adapter, "wrong-name", true, FailureCause.TLS_WRONG_NAME)));
    }

    @ParameterizedTest
    @MethodSource("certificates")
    void tellsWhatIsWrongWithTheCertificate(Adapter adapter, String server, boolean trusts, FailureCause cause)
            throws Exception {
        try (ServerSocket listener = listen(server);
                Adapter.Opened opened = open(adapter, listener.getLocalPort(), trusts)) {
            Throwable thrown = opened.model()
                    .ask(Texts.question())
                    .handle((reply, failure) -> failure)
                    .get(30, TimeUnit.SECONDS);

            RemoteException failure = RemoteException.of(thrown);
            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure.failureCause()).contains(cause);
            assertThat(failure.mayHaveCostUnseen()).isFalse();
            assertThat(failure.isRetryable()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksAServerWithAGoodCertificate(Adapter adapter) throws Exception {
        try (ServerSocket listener = listen("good");
                Adapter.Opened opened = open(adapter, listener.getLocalPort(), true)) {
            assertThat(opened.model()
                            .ask(Texts.question())
                            .get(30, TimeUnit.SECONDS)
                            .text())
                    .isNotEmpty();
        }
    }

    private static Adapter.Opened open(Adapter adapter, int port, boolean trusts) throws Exception {
        String url = "https://127.0.0.1:" + port;
        if (!trusts) {
            return adapter.open(url, java.time.Clock.systemUTC());
        }
        if (adapter == Adapter.NETTY) {
            DeepSeek model = DeepSeek.builder()
                    .apiKey(Texts.KEY)
                    .endpoint(url)
                    .tls(SslContextBuilder.forClient()
                            .trustManager(TlsCausesTest.class.getResourceAsStream("/tls/ca.pem"))
                            .endpointIdentificationAlgorithm("HTTPS")
                            .build())
                    .build();
            return new Adapter.Opened(model, model::close);
        }
        TrustManagerFactory trust = trust();
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(url)
                .apiKey(Texts.KEY)
                .sslSocketFactory(tls.getSocketFactory())
                .trustManager((X509TrustManager) trust.getTrustManagers()[0])
                .build();
        RemoteModel model =
                OpenAiModel.over(client).ownClient().dialect(Dialect.DEEPSEEK).build();
        return new Adapter.Opened(model, ((OpenAiModel) model)::close);
    }

    private static TrustManagerFactory trust() throws GeneralSecurityException, IOException {
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, PASSWORD);
        try (InputStream pem = TlsCausesTest.class.getResourceAsStream("/tls/ca.pem")) {
            authorities.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(authorities);
        return trust;
    }

    /** A server that answers every request well, on threads that end with the listener. */
    private static ServerSocket listen(String certificate) throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream file = TlsCausesTest.class.getResourceAsStream("/tls/" + certificate + ".p12")) {
            own.load(file, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        ServerSocket listener =
                tls.getServerSocketFactory().createServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread server = new Thread(() -> serve(listener), "tls-server");
        server.setDaemon(true);
        server.start();
        return listener;
    }

    private static void serve(ServerSocket listener) {
        while (!listener.isClosed()) {
            try (java.net.Socket socket = listener.accept()) {
                InputStream in = socket.getInputStream();
                byte[] first = in.readNBytes(5);
                if (first.length == 5) {
                    in.read(new byte[65_536]);
                    OutputStream out = socket.getOutputStream();
                    byte[] body = Replies.GOOD.getBytes(StandardCharsets.UTF_8);
                    out.write(("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n"
                                    + "content-length: " + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
                    out.write(body);
                    out.flush();
                }
            } catch (IOException refused) {
                // by the client, or the test is over
            }
        }
    }
}
