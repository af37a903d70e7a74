package io.github.hybridinference.deepseek;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteReply;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
        try (DeepSeek model = builder()
                .tls(SslContextBuilder.forClient()
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .endpointIdentificationAlgorithm(null)
                        .build())
                .build()) {
            RemoteReply reply = model.ask(Texts.question()).get(30, TimeUnit.SECONDS);

            assertThat(reply.finish()).isEqualTo(RemoteReply.Finish.STOP);
        }
    }

    @Test
    void tellsNothingToAServerThatNobodyVouchesFor() throws Exception {
        try (DeepSeek model = builder().build()) {
            Throwable thrown = model.ask(Texts.question())
                    .handle((reply, failure) -> failure)
                    .get(30, TimeUnit.SECONDS);

            assertThat(thrown).isInstanceOfSatisfying(RemoteException.class, failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
                assertThat(failure.mayHaveCostUnseen()).isFalse();
            });
            assertThat(server.getAllServeEvents()).isEmpty();
        }
    }

    @Test
    void comparesTheNameOfTheHostWithTheCertificate() {
        SSLEngine engine = DeepSeekBuilder.usualTls().newEngine(ByteBufAllocator.DEFAULT, "api.deepseek.com", 443);

        assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("HTTPS");
    }

    private DeepSeekBuilder builder() {
        return DeepSeek.builder().apiKey(Texts.KEY).endpoint("https://127.0.0.1:" + server.httpsPort());
    }
}
