package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.FailureCause;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells from its exceptions why a connection could not be opened. Their messages are not passed on. */
final class ConnectFailures {
    private static final int MOST_CAUSES = 16;

    private ConnectFailures() {}

    /** The most precise cause that is found in an exception and its causes. */
    static FailureCause causeOf(@Nullable Throwable thrown) {
        FailureCause found = FailureCause.UNREACHABLE;
        Throwable each = thrown;
        for (int i = 0; each != null && i < MOST_CAUSES; i++, each = each.getCause()) {
            FailureCause cause = of(each);
            found = cause == null ? found : cause;
        }
        return found;
    }

    private static @Nullable FailureCause of(Throwable thrown) {
        if (thrown instanceof UnknownHostException) {
            return FailureCause.NAME_NOT_FOUND;
        }
        if (thrown instanceof ConnectTimeoutException || thrown instanceof NoRouteToHostException) {
            return FailureCause.UNREACHABLE;
        }
        if (thrown instanceof ConnectException) {
            return FailureCause.CONNECTION_REFUSED;
        }
        if (thrown instanceof NotSslRecordException) {
            return FailureCause.NOT_TLS;
        }
        if (thrown instanceof CertificateExpiredException || thrown instanceof CertificateNotYetValidException) {
            return FailureCause.TLS_EXPIRED;
        }
        if (thrown instanceof CertPathBuilderException || thrown instanceof CertPathValidatorException) {
            return FailureCause.TLS_UNTRUSTED;
        }
        if (thrown instanceof CertificateException && thrown.getCause() == null) {
            return FailureCause.TLS_WRONG_NAME; // the JDK has no type of its own for it
        }
        return thrown instanceof SSLException ? FailureCause.TLS_FAILED : null;
    }
}
