package io.github.hybridinference.deepseek;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/** Reads certificates and keys. The exceptions repeat neither a path nor a password. */
final class KeyStoreFiles {
    private static final String PEM = "-----BEGIN ";
    private static final long LARGEST_BYTES = 16L << 20;

    private KeyStoreFiles() {}

    /** The certificates of a key store (PKCS12 or JKS), or of a file in PEM, which has no password. */
    static KeyStore certificates(Path file, @Nullable String password) {
        byte[] content = read(file);
        KeyStore store = isPem(content) ? ofPem(content) : load(file, password);
        if (!holds(store, false)) {
            throw refused(
                    "holds no certificate that Java would trust: add one by keytool -importcert, or use a file in PEM");
        }
        return store;
    }

    /** The key and the certificate of a client, in a key store (PKCS12 or JKS) whose key has the same password. */
    static KeyManagerFactory keys(Path file, String password) {
        if (isPem(read(file))) {
            throw refused("is in PEM: put key and certificate into one PKCS12 file (openssl pkcs12 -export)");
        }
        KeyStore store = load(file, password);
        if (!holds(store, true)) {
            throw refused("holds no key");
        }
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password.toCharArray());
            return factory;
        } catch (GeneralSecurityException unusable) {
            throw refused("has a key that its password does not open");
        }
    }

    private static byte[] read(Path file) {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw refused("is too large");
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw refused(Files.exists(file) ? "cannot be read" : "does not exist");
        }
    }

    private static KeyStore load(Path file, @Nullable String password) {
        try {
            return KeyStore.getInstance(file.toFile(), password == null ? null : password.toCharArray());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unreadable) {
            throw refused("is no key store (PKCS12 or JKS), or its password is wrong");
        }
    }

    private static KeyStore ofPem(byte[] content) {
        try (InputStream in = new ByteArrayInputStream(content)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("certificate-" + store.size(), each);
            }
            return store;
        } catch (IOException | GeneralSecurityException malformed) {
            throw refused("holds a certificate that cannot be read");
        }
    }

    private static boolean isPem(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1).contains(PEM);
    }

    /** Whether it has a certificate that is trusted, or else a key. */
    private static boolean holds(KeyStore store, boolean key) {
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (key ? store.isKeyEntry(alias) : store.isCertificateEntry(alias)) {
                    return true;
                }
            }
            return false;
        } catch (GeneralSecurityException notLoaded) {
            throw new IllegalStateException(notLoaded);
        }
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("the file " + why);
    }
}
