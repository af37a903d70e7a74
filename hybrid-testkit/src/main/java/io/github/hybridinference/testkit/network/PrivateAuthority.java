package io.github.hybridinference.testkit.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority that exists in this object alone, as firms have one of their own. Nothing trusts it by itself.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class PrivateAuthority {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int LINE_LENGTH = 64;

    /** The password of the key stores in memory; on disk they get another one. */
    private static final char[] IN_MEMORY = {};

    private final AtomicLong serial = new AtomicLong(1);
    private final KeyPair keys = newKeys();
    private final X509Certificate certificate;

    /** Makes an authority with a key of its own, valid for a day. */
    public PrivateAuthority() {
        Instant now = now();
        certificate = sign(keys.getPublic(), "authority", "", now.minus(DAY), now.plus(DAY));
    }

    /**
     * Issues a certificate that is valid today.
     *
     * @param host the host's name or IPv4 address, or the name of a client
     * @return a key store with one key, whose password is empty, and its chain
     */
    public KeyStore issue(String host) {
        return issue(host, now().minus(DAY), now().plus(DAY));
    }

    /**
     * Issues a certificate.
     *
     * @param host the host's name or IPv4 address, or the name of a client
     * @param from when it begins to be valid
     * @param to when it ends to be valid
     * @return a key store with one key, whose password is empty, and its chain
     */
    public KeyStore issue(String host, Instant from, Instant to) {
        KeyPair own = newKeys();
        try {
            KeyStore store = emptyStore();
            X509Certificate[] chain = {sign(own.getPublic(), host, host, from, to), certificate};
            store.setKeyEntry("key", own.getPrivate(), IN_MEMORY, chain);
            return store;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Returns what makes a client trust this authority.
     *
     * @return a key store with its certificate
     */
    public KeyStore trustStore() {
        try {
            KeyStore store = emptyStore();
            store.setCertificateEntry("authority", certificate);
            return store;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Returns its certificate as text.
     *
     * @return the certificate in PEM
     */
    public String pem() {
        try {
            String text =
                    Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Writes a key store to a file.
     *
     * @param store a key store of this class
     * @param file the file
     * @param password the password of the file and of its key
     * @throws IOException if the file cannot be written
     */
    public static void write(KeyStore store, Path file, String password) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore copy = emptyStore();
            char[] secret = password.toCharArray();
            if (store.isKeyEntry("key")) {
                copy.setKeyEntry("key", store.getKey("key", IN_MEMORY), secret, store.getCertificateChain("key"));
            } else {
                copy.setCertificateEntry("authority", store.getCertificate("authority"));
            }
            copy.store(out, secret);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Makes the context of a server or of a client.
     *
     * @param identity its certificate, as {@link #issue} returns it
     * @return a context that shows the certificate, and trusts this authority alone
     */
    public SSLContext context(KeyStore identity) {
        try {
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(identity, IN_MEMORY);
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(trustStore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private X509Certificate sign(PublicKey key, String subject, String host, Instant from, Instant to) {
        try {
            byte[] content = Der.certificateContent(serial.getAndIncrement(), key, subject, host, from, to);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(content);
            byte[] encoded = Der.signed(content, signature.sign());
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyStore emptyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, IN_MEMORY);
            return store;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Instant now() {
        return Clock.systemUTC().instant();
    }
}
