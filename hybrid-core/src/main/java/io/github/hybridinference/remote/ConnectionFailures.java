package io.github.hybridinference.remote;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the exception of a client why a connection could not be opened. Types count, and where the JDK has no type of its
 * own for a cause, a known word in the message; nothing of a message is passed on.
 *
 * @since 0.1.0
 */
public final class ConnectionFailures {
    private static final int MOST_CAUSES = 16; // a chain of causes can be a circle

    private ConnectionFailures() {}

    /**
     * Finds the cause.
     *
     * @param thrown what a client threw, or null
     * @return the most precise cause that is found in the exception and its causes; empty if there is none
     */
    public static Optional<FailureCause> causeOf(@Nullable Throwable thrown) {
        FailureCause found = null;
        Throwable each = thrown;
        for (int i = 0; each != null && i < MOST_CAUSES; i++, each = each.getCause()) {
            FailureCause cause = of(each);
            found = cause == null ? found : cause;
        }
        return Optional.ofNullable(found);
    }

    private static @Nullable FailureCause of(Throwable thrown) {
        if (thrown instanceof UnknownHostException || thrown instanceof UnresolvedAddressException) {
            return FailureCause.NAME_NOT_FOUND;
        }
        if (thrown instanceof NoRouteToHostException || isConnectTimeout(thrown)) {
            return FailureCause.UNREACHABLE;
        }
        if (thrown instanceof ConnectException) {
            return says(thrown, "timed out") ? FailureCause.UNREACHABLE : FailureCause.CONNECTION_REFUSED;
        }
        if (thrown instanceof CertificateExpiredException || thrown instanceof CertificateNotYetValidException) {
            return FailureCause.TLS_EXPIRED;
        }
        if (thrown instanceof CertPathBuilderException || thrown instanceof CertPathValidatorException) {
            return FailureCause.TLS_UNTRUSTED;
        }
        if (thrown instanceof SSLPeerUnverifiedException
                || (thrown.getClass() == CertificateException.class && thrown.getCause() == null)) {
            return FailureCause.TLS_WRONG_NAME; // the JDK throws the second one, which is of no type of its own
        }
        if (thrown instanceof CertificateException) {
            return FailureCause.TLS_FAILED; // such as one that is not for servers
        }
        if (thrown instanceof SSLException) {
            return says(thrown, "unrecognized ssl message") || says(thrown, "not an ssl/tls record")
                    ? FailureCause.NOT_TLS
                    : FailureCause.TLS_FAILED;
        }
        return null;
    }

    private static boolean isConnectTimeout(Throwable thrown) {
        String type = thrown.getClass().getSimpleName();
        return type.equals("HttpConnectTimeoutException") // of java.net.http, a module that is not required here
                || type.equals("ConnectTimeoutException") // of Netty and of Apache's client
                || (thrown instanceof SocketTimeoutException && says(thrown, "connect"));
    }

    private static boolean says(Throwable thrown, String words) {
        return String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT).contains(words);
    }
}
