package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.testkit.network.PrivateAuthority;
import io.github.hybridinference.testkit.network.TlsFront;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates of a firm's own authority, and those that are refused whatever is set. */
class PrivateTlsTest {
    private static final String PASSWORD = "store-secret";
    private static final String LOCAL = "127.0.0.1";

    @TempDir
    static Path directory;

    private static PrivateAuthority authority;
    private static Path trust;
    private static Path pem;
    private static Path client;
    private static ScriptedServer service;

    @BeforeAll
    static void start() throws IOException {
        authority = new PrivateAuthority();
        trust = directory.resolve("trust.p12");
        PrivateAuthority.write(authority.trustStore(), trust, PASSWORD);
        pem = Files.writeString(directory.resolve("authority.pem"), "an authority\n" + authority.pem());
        client = directory.resolve("client.p12");
        PrivateAuthority.write(authority.issue("client"), client, PASSWORD);
        service = new ScriptedServer(Replies.ok(Replies.GOOD));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** The ways to trust the authority. */
    enum Trust {
        KEY_STORE,
        PEM,
        CONTEXT,
        ENVIRONMENT;

        DeepSeekBuilder in(DeepSeekBuilder builder) {
            return switch (this) {
                case KEY_STORE -> builder.trustStore(trust, PASSWORD);
                case PEM -> builder.trustStore(pem);
                case CONTEXT -> builder.sslContext(authority.context(authority.issue("client")));
                case ENVIRONMENT ->
                    builder.network(Map.of(
                            "DEEPSEEK_TRUST_STORE", trust.toString(), "DEEPSEEK_TRUST_STORE_PASSWORD", PASSWORD));
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksAServiceOfTheAuthority(Trust trusting) throws Exception {
        assertAnswers(authority.issue(LOCAL), trusting);
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnotherName(Trust trusting) throws Exception {
        assertRefuses(authority.issue("127.0.0.2"), trusting, FailureCause.TLS_WRONG_NAME);
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnExpiredCertificate(Trust trusting) throws Exception {
        Instant now = Instant.now();
        KeyStore expired = authority.issue(LOCAL, now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)));
        assertRefuses(expired, trusting, FailureCause.TLS_EXPIRED);
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnotherAuthority(Trust trusting) throws Exception {
        PrivateAuthority other = new PrivateAuthority();
        try (TlsFront front = TlsFront.start(other.context(other.issue(LOCAL)), target());
                DeepSeek model = trusting.in(builder(front)).build()) {
            assertThat(Failures.of(model.ask(Texts.question())).failureCause()).contains(FailureCause.TLS_UNTRUSTED);
        }
    }

    /** A trust manager that accepts everything, as is often found in programs, turns no check of ours off. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void checksNameAndExpiryThoughTheContextAcceptsEverything(boolean extended) throws Exception {
        SSLContext careless = SSLContext.getInstance("TLS");
        careless.init(null, new TrustManager[] {extended ? new Careless() : new CarelessOfOld()}, null);
        Instant now = Instant.now();
        KeyStore expired = authority.issue(LOCAL, now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)));

        try (TlsFront good = TlsFront.start(authority.context(authority.issue(LOCAL)), target());
                TlsFront old = TlsFront.start(authority.context(expired), target());
                TlsFront other = TlsFront.start(authority.context(authority.issue("other.example")), target());
                DeepSeek answers = builder(good).sslContext(careless).build();
                DeepSeek tooOld = builder(old).sslContext(careless).build();
                DeepSeek wrongName = builder(other).sslContext(careless).build()) {
            assertThat(answers.ask(Texts.question()).get(30, TimeUnit.SECONDS).finish())
                    .isEqualTo(RemoteReply.Finish.STOP);
            assertThat(Failures.of(tooOld.ask(Texts.question())).failureCause()).contains(FailureCause.TLS_EXPIRED);
            assertThat(Failures.of(wrongName.ask(Texts.question())).failureCause())
                    .contains(FailureCause.TLS_WRONG_NAME);
        }
    }

    @Test
    void trustsWhatThePropertiesOfTheJvmSay() throws Exception {
        System.setProperty("javax.net.ssl.trustStore", trust.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
        try (TlsFront front = TlsFront.start(authority.context(authority.issue(LOCAL)), target());
                DeepSeek model = builder(front).build()) {
            assertThat(model.ask(Texts.question()).get(30, TimeUnit.SECONDS).finish())
                    .isEqualTo(RemoteReply.Finish.STOP);
        } finally {
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }
    }

    @Test
    void showsItsCertificateToAServerThatWantsOne() throws Exception {
        SSLContext server = authority.context(authority.issue(LOCAL));
        try (TlsFront front = TlsFront.startForKnownClients(server, target());
                DeepSeek unknown = builder(front).trustStore(pem).build();
                DeepSeek known = builder(front)
                        .trustStore(pem)
                        .clientCertificate(client, PASSWORD)
                        .build();
                DeepSeek byEnvironment = builder(front)
                        .trustStore(pem)
                        .network(Map.of(
                                "DEEPSEEK_CLIENT_CERTIFICATE",
                                client.toString(),
                                "DEEPSEEK_CLIENT_CERTIFICATE_PASSWORD",
                                PASSWORD))
                        .build()) {
            RemoteException refused = Failures.of(unknown.ask(Texts.question()));
            assertThat(refused.failureCause()).contains(FailureCause.TLS_FAILED);
            assertThat(refused.mayHaveCostUnseen()).isFalse();
            assertThat(known.ask(Texts.question()).get(30, TimeUnit.SECONDS).finish())
                    .isEqualTo(RemoteReply.Finish.STOP);
            assertThat(byEnvironment
                            .ask(Texts.question())
                            .get(30, TimeUnit.SECONDS)
                            .finish())
                    .isEqualTo(RemoteReply.Finish.STOP);
        }
    }

    @Test
    void refusesFilesThatCannotBeUsedAtTheCall() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "no key store");
        Path empty = Files.writeString(directory.resolve("empty.pem"), "-----BEGIN NOTHING-----");
        Path absent = directory.resolve("absent.p12");

        assertRefused("does not exist", () -> DeepSeek.builder().trustStore(absent, PASSWORD));
        assertRefused("cannot be read", () -> DeepSeek.builder().trustStore(directory, PASSWORD));
        assertRefused("is no key store", () -> DeepSeek.builder().trustStore(text, PASSWORD));
        assertRefused("its password is wrong", () -> DeepSeek.builder().trustStore(trust, "wrong-secret"));
        assertRefused("holds no certificate", () -> DeepSeek.builder().trustStore(client, PASSWORD));
        assertRefused("certificate", () -> DeepSeek.builder().trustStore(empty));
        assertRefused("its password is wrong", () -> DeepSeek.builder().clientCertificate(client, "wrong-secret"));
        assertRefused("holds no key", () -> DeepSeek.builder().clientCertificate(trust, PASSWORD));
        assertRefused("is in PEM", () -> DeepSeek.builder().clientCertificate(pem, PASSWORD));
        assertRefused(
                "DEEPSEEK_TRUST_STORE: ",
                () -> DeepSeek.builder()
                        .network(Map.of(
                                "DEEPSEEK_TRUST_STORE",
                                trust.toString(),
                                "DEEPSEEK_TRUST_STORE_PASSWORD",
                                "wrong-secret")));
        assertRefused(
                "DEEPSEEK_CLIENT_CERTIFICATE_PASSWORD is not set",
                () -> DeepSeek.builder().network(Map.of("DEEPSEEK_CLIENT_CERTIFICATE", client.toString())));
    }

    @Test
    void aContextDecidesEverythingByItself() throws Exception {
        SSLContext context = SSLContext.getDefault();
        assertExcluded(() -> DeepSeek.builder().trustStore(pem).sslContext(context));
        assertExcluded(() -> DeepSeek.builder().sslContext(context).trustStore(pem));
        assertExcluded(
                () -> DeepSeek.builder().clientCertificate(client, PASSWORD).sslContext(context));
        assertExcluded(() -> DeepSeek.builder().sslContext(context).clientCertificate(client, PASSWORD));
    }

    private static void assertExcluded(Runnable calls) {
        assertThatThrownBy(calls::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("sslContext decides");
    }

    private static void assertRefused(String why, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageContaining(why)
                .message()
                .doesNotContain("secret");
    }

    private static void assertAnswers(KeyStore identity, Trust trusting) throws Exception {
        try (TlsFront front = TlsFront.start(authority.context(identity), target());
                DeepSeek model = trusting.in(builder(front)).build()) {
            assertThat(model.ask(Texts.question()).get(30, TimeUnit.SECONDS).finish())
                    .isEqualTo(RemoteReply.Finish.STOP);
        }
    }

    private static void assertRefuses(KeyStore identity, Trust trusting, FailureCause cause) throws Exception {
        int before = service.requests();
        try (TlsFront front = TlsFront.start(authority.context(identity), target());
                DeepSeek model = trusting.in(builder(front)).build()) {
            RemoteException failure = Failures.of(model.ask(Texts.question()));

            assertThat(failure.failureCause()).contains(cause);
            assertThat(failure.mayHaveCostUnseen()).isFalse();
            assertThat(service.requests()).isEqualTo(before);
        }
    }

    private static DeepSeekBuilder builder(TlsFront front) {
        return DeepSeek.builder().apiKey(Texts.KEY).endpoint("https://127.0.0.1:" + front.port());
    }

    private static InetSocketAddress target() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port());
    }

    private static final class CarelessOfOld implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static final class Careless extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
