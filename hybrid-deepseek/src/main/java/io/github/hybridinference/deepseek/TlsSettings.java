package io.github.hybridinference.deepseek;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates are trusted and which one is shown. Whatever is set, the host's name and the validity of its certificate
 * are checked. Not thread-safe.
 */
final class TlsSettings {
    private @Nullable TrustManagerFactory trusted;
    private @Nullable KeyManagerFactory own;
    private @Nullable SSLContext context;

    void trustStore(Path file, @Nullable String password) {
        refuseBoth(context != null);
        refuseTwice(trusted, "trustStore");
        trusted = trust(KeyStoreFiles.certificates(file, password));
    }

    void clientCertificate(Path file, String password) {
        refuseBoth(context != null);
        refuseTwice(own, "clientCertificate");
        own = KeyStoreFiles.keys(file, password);
    }

    void context(SSLContext owners) {
        refuseTwice(context, "sslContext");
        refuseBoth(trusted != null || own != null);
        context = owners;
    }

    /** Takes what is not set here from other settings, unless these have a context, which decides everything. */
    void orElse(TlsSettings others) {
        if (context == null) {
            trusted = trusted == null ? others.trusted : trusted;
            own = own == null ? others.own : own;
        }
    }

    private static void refuseTwice(@Nullable Object before, String setter) {
        if (before != null) {
            throw new IllegalStateException(setter + " was already set");
        }
    }

    private static void refuseBoth(boolean both) {
        if (both) {
            throw new IllegalStateException(
                    "sslContext decides what is trusted and shown: set either it, or trustStore and clientCertificate");
        }
    }

    private static TrustManagerFactory trust(KeyStore certificates) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(certificates);
            return factory;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("this Java runtime cannot use a trust store", unusable);
        }
    }

    /** What is not set is as this Java runtime has it, the properties javax.net.ssl.trustStore included. */
    SslContext build() {
        return context == null ? standard() : OwnersTls.of(context);
    }

    private SslContext standard() {
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(
                            SslProvider.JDK) // looking for OpenSSL costs a fresh JVM as much as all the rest of Netty
                    .trustManager(trusted)
                    .keyManager(own)
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();
        } catch (SSLException unusable) {
            throw new IllegalStateException("this Java runtime offers no TLS", unusable);
        }
    }
}
