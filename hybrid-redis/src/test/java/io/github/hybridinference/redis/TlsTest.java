package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.answer;
import static io.github.hybridinference.redis.Entries.get;
import static io.github.hybridinference.redis.Entries.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, with a certificate for the name {@code localhost} alone, which this JVM is told to trust. */
final class TlsTest {
    private static final String PASSWORD = "a-password";
    private static final int TLS_PORT = TestRedis.freePort();
    private static final int STRANGE_PORT = TestRedis.freePort();

    @TempDir
    static Path folder;

    private static TestRedis server;

    @BeforeAll
    static void start() throws Exception {
        Path store = folder.resolve("store.p12");
        keytool(store);
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        pem("cert.pem", "CERTIFICATE", keys.getCertificate("redis").getEncoded());
        pem(
                "key.pem",
                "PRIVATE KEY",
                keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
        System.setProperty("javax.net.ssl.trustStore", store.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
        server = TestRedis.start(
                "--tls-port",
                String.valueOf(TLS_PORT),
                "--tls-cert-file",
                folder.resolve("cert.pem").toString(),
                "--tls-key-file",
                folder.resolve("key.pem").toString(),
                "--tls-auth-clients",
                "no");
        server.say("ACL", "SETUSER", "fleet", "on", ">p@ss", "~*", "+@all");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void keytool(Path store) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private static void pem(String name, String what, byte[] content) throws IOException {
        Files.writeString(
                folder.resolve(name),
                "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + what + "-----\n");
    }

    private static RedisSignalCache connect(String host) {
        return RedisSignalCache.builder("rediss://fleet:p%40ss@" + host + ":" + TLS_PORT + "/2")
                .timeout(Duration.ofSeconds(1))
                .connect();
    }

    @Test
    void speaksOverTlsAsAUserToADatabase() {
        try (RedisSignalCache cache = connect("localhost")) {
            Entries.store(cache, key("secret"), answer("over TLS"));

            assertThat(get(cache, key("secret"))).contains(answer("over TLS"));
            assertThat(server.say("INFO", "keyspace")).contains("db2:keys=1");
        }
    }

    @Test
    void trustsNoServerOfAnotherName() {
        try (RedisSignalCache cache = connect("127.0.0.1")) {
            assertThat(get(cache, key("secret"))).isEmpty();
            assertThat(cache.state().trouble()).isPresent();
        }
    }

    @Test
    void speaksToNoServerWithoutTls() {
        try (RedisSignalCache cache = RedisSignalCache.connect("rediss://localhost:" + server.port())) {
            assertThat(get(cache, key("secret"))).isEmpty();
            assertThat(cache.state().trouble()).isPresent();
        }
    }

    /** This JVM trusts the server's certificate; the builder's file is in the place of that. */
    @Test
    void trustsTheAuthorityOfTheBuilderAndNoOther() throws Exception {
        Path other = folder.resolve("other.p12");
        keytool(other);
        KeyStore keys = KeyStore.getInstance(other.toFile(), PASSWORD.toCharArray());
        pem("other.pem", "CERTIFICATE", keys.getCertificate("redis").getEncoded());
        String url = "rediss://fleet:p%40ss@localhost:" + TLS_PORT + "/3";
        try (RedisSignalCache cache = RedisSignalCache.builder(url)
                .timeout(Duration.ofSeconds(1))
                .certificateAuthority(folder.resolve("other.pem"))
                .connect()) {
            assertThat(get(cache, key("secret"))).isEmpty();
            assertThat(cache.state().trouble()).isPresent();
        }
        try (RedisSignalCache cache = RedisSignalCache.builder(url)
                .timeout(Duration.ofSeconds(1))
                .certificateAuthority(folder.resolve("cert.pem"))
                .connect()) {
            Entries.store(cache, key("own authority"), answer("over TLS"));
            assertThat(cache.state().trouble()).isEmpty();
        }
    }

    /** A fresh JVM setting: with none that trusts the server, the builder's file alone suffices. */
    @Test
    void theAuthorityOfTheBuilderSufficesByItself() throws Exception {
        try (TestRedis strange = TestRedis.start(tls(folder.resolve("strange"), "strange"))) {
            assertThat(strange.say("PING")).isEqualTo("PONG");
            String url = "rediss://localhost:" + STRANGE_PORT;
            try (RedisSignalCache cache =
                    RedisSignalCache.builder(url).timeout(Duration.ofSeconds(1)).connect()) {
                assertThat(cache.state().trouble())
                        .as("the JVM does not trust it")
                        .isPresent();
            }
            try (RedisSignalCache cache = RedisSignalCache.builder(url)
                    .timeout(Duration.ofSeconds(1))
                    .certificateAuthority(folder.resolve("strange.pem"))
                    .connect()) {
                Entries.store(cache, key("q"), answer("a"));
            }
        }
    }

    private static String[] tls(Path store, String name) throws Exception {
        keytool(store);
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        pem(name + ".pem", "CERTIFICATE", keys.getCertificate("redis").getEncoded());
        pem(
                name + "-key.pem",
                "PRIVATE KEY",
                keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
        return new String[] {
            "--tls-port",
            String.valueOf(STRANGE_PORT),
            "--tls-cert-file",
            folder.resolve(name + ".pem").toString(),
            "--tls-key-file",
            folder.resolve(name + "-key.pem").toString(),
            "--tls-auth-clients",
            "no"
        };
    }

    @Test
    void refusesAFileWithoutCertificatesAndAnAddressWithoutTls() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        RedisSignalCacheBuilder builder = RedisSignalCache.builder("rediss://localhost:1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.certificateAuthority(empty))
                .withMessageContaining("no certificate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.certificateAuthority(folder.resolve("absent.pem")))
                .withMessageContaining("cannot be read");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisSignalCache.builder("redis://localhost:1")
                        .certificateAuthority(folder.resolve("cert.pem")))
                .withMessageContaining("with TLS");
    }
}
