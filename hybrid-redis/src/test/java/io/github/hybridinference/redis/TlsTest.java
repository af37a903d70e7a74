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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over TLS, with a certificate for the name {@code localhost} alone, which this JVM is told to trust. */
final class TlsTest {
    private static final String PASSWORD = "a-password";
    private static final Duration FAILOVER = Duration.ofSeconds(60);
    private static final int TLS_PORT = TestRedis.freePort();
    private static final int STRANGE_PORT = TestRedis.freePort();

    @TempDir
    static Path folder;

    private static TestRedis server;

    @BeforeAll
    static void start() throws Exception {
        server = TestRedis.start(tls("cert", "dns:localhost", TLS_PORT));
        System.setProperty(
                "javax.net.ssl.trustStore", folder.resolve("cert.p12").toString());
        System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
        server.say("ACL", "SETUSER", "fleet", "on", ">p@ss", "~*", "+@all");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void keytool(Path store, String names) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=redis",
                        "-ext",
                        "san=" + names,
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
        certificate("other", "dns:localhost");
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
        try (TestRedis strange = TestRedis.start(tls("strange", "dns:localhost", STRANGE_PORT))) {
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

    /** The nodes of a cluster are found by their addresses, so these must be in the certificate. */
    @ParameterizedTest
    @CsvSource({"ip:127.0.0.1, true", "dns:localhost, false"})
    void aClusterIsTrustedByTheAuthorityOfTheBuilderAndByName(String names, boolean trusted) throws Exception {
        String name = "cluster-" + trusted;
        int tlsPort = TestRedis.freePort();
        List<String> arguments = new ArrayList<>(List.of(tls(name, names, tlsPort)));
        String authority = folder.resolve(name + ".pem").toString();
        arguments.addAll(List.of("--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1"));
        arguments.addAll(List.of("--tls-cluster", "yes", "--tls-ca-cert-file", authority));
        try (TestRedis node = TestRedis.start(arguments.toArray(String[]::new))) {
            node.say("CLUSTER", ClusterTest.addSlots(0, ClusterTest.SLOTS));
            Eventually.holds(
                    "all slots are served", () -> node.say("CLUSTER", "INFO").contains("cluster_state:ok"));
            try (RedisSignalCache cache = RedisSignalCache.builder("rediss-cluster://127.0.0.1:" + tlsPort)
                    .timeout(Duration.ofSeconds(1))
                    .certificateAuthority(folder.resolve(name + ".pem"))
                    .connect()) {
                if (trusted) {
                    Entries.store(cache, key("q"), answer("a"));
                }
                assertThat(get(cache, key("q")).isPresent()).isEqualTo(trusted);
                assertThat(cache.state().trouble().isEmpty()).isEqualTo(trusted);
            }
        }
    }

    /**
     * The client addresses the sentinel as {@code localhost}, and the master as the sentinel names it: by address, or by name if it is
     * set up so. The certificate must name both.
     */
    @ParameterizedTest
    @CsvSource({
        "'ip:127.0.0.1,dns:localhost', 127.0.0.1, true",
        "dns:localhost, localhost, true",
        "dns:localhost, 127.0.0.1, false",
        "ip:127.0.0.1, 127.0.0.1, false"
    })
    void sentinelAndMasterAreTrustedByTheAuthorityOfTheBuilderAndByName(String names, String announced, boolean trusted)
            throws Exception {
        String name = "sentinel-" + Integer.toHexString((names + announced).hashCode());
        certificate(name, names);
        int masterPort = TestRedis.freePort();
        int sentinelPort = TestRedis.freePort();
        try (TestRedis master = TestRedis.start(tlsBetweenServers(name, masterPort));
                TestRedis sentinel = TestRedis.start(tlsBetweenServers(name, sentinelPort, "--sentinel"))) {
            sentinel.say("SENTINEL", "CONFIG", "SET", "resolve-hostnames", "yes");
            sentinel.say("SENTINEL", "CONFIG", "SET", "announce-hostnames", "yes");
            sentinel.say("SENTINEL", "MONITOR", "fleet", announced, String.valueOf(masterPort), "1");
            try (RedisSignalCache cache = behind(sentinelPort, name)) {
                if (trusted) {
                    Entries.store(cache, key("q"), answer("a"));
                }
                assertThat(master.say("DBSIZE")).isEqualTo(trusted ? "1" : "0");
                assertThat(get(cache, key("q")).isPresent()).isEqualTo(trusted);
                assertThat(cache.state().trouble().isEmpty()).isEqualTo(trusted);
            }
        }
    }

    @Test
    void theElectedMasterIsUsedOverTls() throws Exception {
        String name = "elected";
        certificate(name, "ip:127.0.0.1,dns:localhost");
        int masterPort = TestRedis.freePort();
        String[] follow = {"--replicaof", "127.0.0.1", String.valueOf(masterPort)};
        int sentinelPort = TestRedis.freePort();
        try (TestRedis master = TestRedis.start(tlsBetweenServers(name, masterPort));
                TestRedis replica = TestRedis.start(tlsBetweenServers(name, TestRedis.freePort(), follow));
                TestRedis sentinel = TestRedis.start(tlsBetweenServers(name, sentinelPort, "--sentinel"))) {
            Eventually.holds(
                    "the replica follows, so that the sentinel need not look for it twice",
                    FAILOVER,
                    () -> replica.say("INFO", "replication").contains("master_link_status:up"));
            sentinel.say("SENTINEL", "MONITOR", "fleet", "127.0.0.1", String.valueOf(masterPort), "1");
            sentinel.say("SENTINEL", "SET", "fleet", "down-after-milliseconds", "1000", "failover-timeout", "5000");
            try (RedisSignalCache cache = behind(sentinelPort, name)) {
                Entries.store(cache, key("q"), answer("a"));
                Eventually.holds(
                        "it is replicated, and the sentinel knows the replica",
                        FAILOVER,
                        () -> replica.say("DBSIZE").equals("1")
                                && sentinel.say("SENTINEL", "MASTER", "fleet").contains("num-slaves, 1"));

                master.kill();

                Eventually.holds(
                        "it answers", FAILOVER, () -> get(cache, key("q")).isPresent());
                assertThat(replica.say("ROLE")).contains("master");
                assertThat(cache.state().trouble()).isEmpty();
            }
        }
    }

    private static RedisSignalCache behind(int sentinelPort, String certificate) {
        return RedisSignalCache.builder("rediss-sentinel://localhost:" + sentinelPort + "#fleet")
                .timeout(Duration.ofSeconds(1))
                .certificateAuthority(folder.resolve(certificate + ".pem"))
                .connect();
    }

    private static String[] tlsBetweenServers(String name, int port, String... more) {
        List<String> arguments = new ArrayList<>(List.of(tlsArguments(name, port)));
        arguments.addAll(List.of("--tls-replication", "yes"));
        arguments.addAll(
                List.of("--tls-ca-cert-file", folder.resolve(name + ".pem").toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static String[] tls(String name, String names, int port) throws Exception {
        certificate(name, names);
        return tlsArguments(name, port);
    }

    private static String[] tlsArguments(String name, int port) {
        return new String[] {
            "--tls-port",
            String.valueOf(port),
            "--tls-cert-file",
            folder.resolve(name + ".pem").toString(),
            "--tls-key-file",
            folder.resolve(name + "-key.pem").toString(),
            "--tls-auth-clients",
            "no"
        };
    }

    /** Makes a certificate, with its key, and writes both to PEM files. */
    private static KeyStore certificate(String name, String names) throws Exception {
        Path store = folder.resolve(name + ".p12");
        keytool(store, names);
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        pem(name + ".pem", "CERTIFICATE", keys.getCertificate("redis").getEncoded());
        pem(
                name + "-key.pem",
                "PRIVATE KEY",
                keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
        return keys;
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
