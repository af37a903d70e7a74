package io.github.hybridinference.deepseek;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteReply;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    private final WireMockServer server = new WireMockServer(
            options().bindAddress("127.0.0.1").httpDisabled(true).dynamicHttpsPort());

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(post(anyUrl()).willReturn(okJson(Replies.GOOD)));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void asksOverAnEncryptedConnection() throws Exception {
        try (DeepSeek model = builder().tls(trusting()).build()) {
            RemoteReply reply = model.ask(Texts.question()).get(30, TimeUnit.SECONDS);

            assertThat(reply.finish()).isEqualTo(RemoteReply.Finish.STOP);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesAnAddressWhoseHandshakeHangsOrFails(boolean hangsUp) throws Exception {
        InetAddress bad = BlackHole.loopback(2);
        try (ServerSocket listener = new ServerSocket(server.httpsPort(), 8, bad);
                DeepSeek model = DeepSeek.builder()
                        .apiKey(Texts.KEY)
                        .endpoint("https://localhost:" + server.httpsPort())
                        .resolver(host -> new InetAddress[] {bad, BlackHole.loopback(1)})
                        .tls(trusting())
                        .build()) {
            CompletableFuture<RemoteReply> asked = model.ask(Texts.question());
            Socket accepted = listener.accept();
            if (hangsUp) {
                accepted.close();
            }

            assertThat(asked.get(30, TimeUnit.SECONDS).finish()).isEqualTo(RemoteReply.Finish.STOP);
            accepted.close();
        }
    }

    @Test
    void sendsNothingToAServerWhoseCertificateIsNotTrusted() throws Exception {
        try (DeepSeek model = builder().build()) {
            Throwable thrown = model.ask(Texts.question())
                    .handle((reply, failure) -> failure)
                    .get(30, TimeUnit.SECONDS);

            assertThat(thrown).isInstanceOfSatisfying(RemoteException.class, failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
                assertThat(failure.mayHaveCostUnseen()).isFalse();
                assertThat(failure.failureCause()).contains(FailureCause.TLS_UNTRUSTED);
            });
            assertThat(server.getAllServeEvents()).isEmpty();
        }
    }

    @Test
    void comparesTheNameOfTheHostWithTheCertificate() {
        SSLEngine engine = new TlsSettings().build().newEngine(ByteBufAllocator.DEFAULT, "api.deepseek.com", 443);

        assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("HTTPS");
    }

    private static SslContext trusting() throws SSLException {
        return SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .build();
    }

    private DeepSeekBuilder builder() {
        return DeepSeek.builder().apiKey(Texts.KEY).endpoint("https://127.0.0.1:" + server.httpsPort());
    }
}
