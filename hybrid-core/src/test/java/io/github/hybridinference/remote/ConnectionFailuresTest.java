package io.github.hybridinference.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the exceptions of the JDK and of clients over it say about a connection that could not be opened. */
class ConnectionFailuresTest {
    static Stream<Arguments> known() {
        return Stream.of(
                Arguments.of(new UnknownHostException("a.b"), FailureCause.NAME_NOT_FOUND),
                Arguments.of(
                        caused(new ConnectException(), new UnresolvedAddressException()), FailureCause.NAME_NOT_FOUND),
                Arguments.of(new ConnectException("Connection refused"), FailureCause.CONNECTION_REFUSED),
                Arguments.of(new ConnectException("Connection timed out"), FailureCause.UNREACHABLE),
                Arguments.of(new NoRouteToHostException(), FailureCause.UNREACHABLE),
                Arguments.of(new SocketTimeoutException("Connect timed out"), FailureCause.UNREACHABLE),
                Arguments.of(new SSLPeerUnverifiedException("host"), FailureCause.TLS_WRONG_NAME),
                Arguments.of(
                        handshake(new CertificateException("No subject alternative DNS name matching a.b found.")),
                        FailureCause.TLS_WRONG_NAME),
                Arguments.of(
                        handshake(caused(new CertificateException(), new CertPathBuilderException())),
                        FailureCause.TLS_UNTRUSTED),
                Arguments.of(
                        handshake(caused(
                                new CertificateException(),
                                new CertPathValidatorException(new CertificateExpiredException()))),
                        FailureCause.TLS_EXPIRED),
                Arguments.of(handshake(new CertificateNotYetValidException()), FailureCause.TLS_EXPIRED),
                Arguments.of(new SSLException("Unsupported or unrecognized SSL message"), FailureCause.NOT_TLS),
                Arguments.of(new SSLHandshakeException("protocol_version"), FailureCause.TLS_FAILED));
    }

    @ParameterizedTest
    @MethodSource("known")
    void isFoundAlsoWithinTheExceptionsOfAClient(Throwable thrown, FailureCause cause) {
        assertThat(ConnectionFailures.causeOf(thrown)).contains(cause);
        assertThat(ConnectionFailures.causeOf(new IllegalStateException("client", new IOException("io", thrown))))
                .contains(cause);
    }

    @Test
    void isNotGuessed() {
        assertThat(ConnectionFailures.causeOf(null)).isEmpty();
        assertThat(ConnectionFailures.causeOf(new IOException("unexpected end of stream")))
                .isEmpty();
        assertThat(ConnectionFailures.causeOf(new SocketTimeoutException("Read timed out")))
                .isEmpty();
    }

    @Test
    void endsThoughTheCausesAreACircle() {
        Exception first = new IllegalStateException();
        first.initCause(new IOException(first));
        assertThat(ConnectionFailures.causeOf(first)).isEmpty();
    }

    @Test
    void isFoundInWhatTheJdksClientThrows() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        assertThat(ConnectionFailures.causeOf(thrownFor("http://127.0.0.1:" + port)))
                .contains(FailureCause.CONNECTION_REFUSED);
        assertThat(ConnectionFailures.causeOf(thrownFor("http://nowhere.invalid")))
                .contains(FailureCause.NAME_NOT_FOUND);
    }

    private static Exception thrownFor(String url) throws InterruptedException {
        try {
            HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding());
            throw new AssertionError("it answered");
        } catch (IOException failed) {
            return failed;
        }
    }

    private static SSLHandshakeException handshake(Throwable cause) {
        return caused(new SSLHandshakeException("handshake"), cause);
    }

    private static <T extends Throwable> T caused(T thrown, Throwable cause) {
        thrown.initCause(cause);
        return thrown;
    }

    /** As the JDK throws one of a type of its own for a certificate that is not for servers. */
    @Test
    void aCertificateThatIsRefusedForAnotherReasonHasNoWrongName() {
        CertificateException refused = new CertificateEncodingException("Extended key usage does not permit use");

        assertThat(ConnectionFailures.causeOf(refused)).contains(FailureCause.TLS_FAILED);
    }
}
