package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.FailureCause;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Checks the name and the validity of a server's certificate once more after the handshake, since a trust manager of the
 * model's owner may accept everything: an extended one replaces the JDK's checks. The name is compared as the JDK does it
 * (RFC 2818): with the alternative names, or with the common name if there is no alternative one of a host.
 */
final class PeerCheck {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final Pattern ADDRESS = Pattern.compile(".*:.*|\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,+]+)");

    private PeerCheck() {}

    /** What is wrong with the certificate that was shown for a host, or empty if nothing is. */
    static Optional<FailureCause> problem(SSLSession session, String host) {
        try {
            return problem((X509Certificate) session.getPeerCertificates()[0], host);
        } catch (SSLPeerUnverifiedException none) {
            return Optional.of(FailureCause.TLS_UNTRUSTED);
        }
    }

    /** The same of the certificate itself. */
    static Optional<FailureCause> problem(X509Certificate certificate, String host) {
        try {
            if (!isFor(certificate, host)) {
                return Optional.of(FailureCause.TLS_WRONG_NAME);
            }
            certificate.checkValidity();
            return Optional.empty();
        } catch (CertificateParsingException malformed) {
            return Optional.of(FailureCause.TLS_WRONG_NAME);
        } catch (CertificateException notNow) {
            return Optional.of(FailureCause.TLS_EXPIRED);
        }
    }

    private static boolean isFor(X509Certificate certificate, String host) throws CertificateParsingException {
        if (ADDRESS.matcher(host).matches()) {
            return names(certificate, IP_ADDRESS).stream().anyMatch(name -> isSameAddress(name, host));
        }
        List<String> names = names(certificate, DNS_NAME);
        if (names.isEmpty()) {
            Matcher common =
                    COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName());
            return common.find() && matches(common.group(1), host);
        }
        return names.stream().anyMatch(name -> matches(name, host));
    }

    private static List<String> names(X509Certificate certificate, int type) throws CertificateParsingException {
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        return all == null
                ? List.of()
                : all.stream()
                        .filter(name -> Integer.valueOf(type).equals(name.get(0)))
                        .flatMap(name -> name.get(1) instanceof String text ? Stream.of(text) : Stream.empty())
                        .toList();
    }

    /** Whether a name, whose first label may be a {@code *}, is that of a host. */
    private static boolean matches(String name, String host) {
        String pattern = name.toLowerCase(Locale.ROOT);
        String plain = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (!pattern.startsWith("*.")) {
            return pattern.equals(plain);
        }
        int dot = plain.indexOf('.');
        return dot > 0 && pattern.indexOf('.', 2) > 0 && pattern.substring(1).equals(plain.substring(dot));
    }

    private static boolean isSameAddress(String one, String other) {
        try {
            // both are addresses, so that nothing is looked up
            return ADDRESS.matcher(one).matches() && InetAddress.getByName(one).equals(InetAddress.getByName(other));
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }
}
