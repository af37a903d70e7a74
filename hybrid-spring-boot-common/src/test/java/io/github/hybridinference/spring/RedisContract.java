package io.github.hybridinference.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.cache.CallLease;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.redis.RedisBudget;
import io.github.hybridinference.redis.RedisSignalCache;
import io.github.hybridinference.testkit.network.PrivateAuthority;
import io.github.hybridinference.testkit.network.TlsFront;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import redis.embedded.core.ExecutableProvider;

/** Applications that share a Redis. */
public abstract class RedisContract {
    private static final String PASSWORD = "p@ss:word/1";

    /** Kills Redis as soon as the pipe to this JVM breaks, so that it does not outlive a JVM that is killed. */
    private static final String GUARD = "\"$@\" >/dev/null 2>&1 & cat >/dev/null; kill -9 $!";

    private static Process redis;
    private static int port;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(Application.class)
            .withPropertyValues(
                    "hybrid.warm-up=false",
                    "hybrid.redis.timeout=900ms",
                    "hybrid.timeout=20s",
                    "hybrid.remote-timeout=20s");

    @BeforeAll
    static void startRedis(@TempDir Path home) throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String binary = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
        if (binary == null) {
            binary = ExecutableProvider.newJarResourceProvider(home.toFile())
                    .get()
                    .getPath();
        }
        List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "sh", binary));
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir", home.toString()));
        command.addAll(List.of("--save", "", "--appendonly", "no", "--requirepass", PASSWORD));
        redis = new ProcessBuilder(command).start();
        await().atMost(Duration.ofSeconds(30)).until(RedisContract::accepts);
    }

    private static boolean accepts() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @AfterAll
    static void stopRedis() throws IOException {
        redis.getOutputStream().close();
    }

    /** A user's application. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @Bean
        ModelInProcess model() {
            return ModelInProcess.replying("model");
        }
    }

    static Stream<List<String>> addresses() {
        String encoded = "p%40ss%3Aword%2F1";
        return Stream.of(
                List.of("hybrid.redis.uri=redis://:" + encoded + "@localhost:" + port, "hybrid.redis.prefix=by-uri:"),
                List.of(
                        "spring.data.redis.host=localhost",
                        "spring.data.redis.port=" + port,
                        "spring.data.redis.password=" + PASSWORD,
                        "hybrid.redis.prefix=by-spring:"));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void sharesAnswersAndBudget(List<String> address) {
        ApplicationContextRunner application = runner.withPropertyValues(address.toArray(new String[0]))
                .withPropertyValues("hybrid.budget.per-day=5.00");
        application.run(one -> {
            assertThat(one.getBean(Budget.class)).isInstanceOf(RedisBudget.class);
            assertThat(one.getBean(CallLease.class)).isInstanceOf(RedisSignalCache.class);
            assertThat(one.getBean(InferenceEngine.class)
                            .infer(Snapshots.complex())
                            .source())
                    .isEqualTo(Source.REMOTE);
        });
        application.run(other -> {
            assertThat(other.getBean(InferenceEngine.class)
                            .infer(Snapshots.complex())
                            .source())
                    .isEqualTo(Source.CACHE);
            InferenceEngine engine = other.getBean(InferenceEngine.class);
            engine.infer(Snapshots.complex(51)); // the account is read when something is reserved
            await().untilAsserted(() ->
                    assertThat(engine.stats().budget().spentNanoUsd()).isGreaterThanOrEqualTo(2));
        });
    }

    @Test
    void signsWhatItShares() {
        ApplicationContextRunner application = runner.withPropertyValues(
                "hybrid.redis.uri=redis://:p%40ss%3Aword%2F1@localhost:" + port, "hybrid.redis.prefix=signed:");
        String secret = "hybrid.redis.integrity-secret=" + "a".repeat(32);
        String next = "hybrid.redis.integrity-secret=" + "b".repeat(32);
        application
                .withPropertyValues(secret)
                .run(one -> assertThat(sourceIn(one)).isEqualTo(Source.REMOTE));
        application
                .withPropertyValues(next, "hybrid.redis.accepted-integrity-secret=" + "a".repeat(32))
                .run(other -> assertThat(sourceIn(other)).isEqualTo(Source.CACHE));
        application
                .withPropertyValues(next)
                .run(stranger -> assertThat(sourceIn(stranger)).isEqualTo(Source.REMOTE));
    }

    /** Redis behind TLS, by a certificate that Java does not trust. */
    @Test
    void trustsTheAuthorityOfItsFile(@TempDir Path folder) throws IOException {
        PrivateAuthority authority = new PrivateAuthority();
        Path file = Files.writeString(folder.resolve("redis-ca.pem"), authority.pem());
        try (TlsFront front = TlsFront.start(
                authority.context(authority.issue("localhost")),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            ApplicationContextRunner application =
                    runner.withPropertyValues("hybrid.redis.uri=rediss://:p%40ss%3Aword%2F1@localhost:" + front.port());
            application.run(stranger -> assertThat(isAway(stranger)).isTrue());
            application
                    .withPropertyValues("hybrid.redis.ca-file=" + file)
                    .run(known -> await().atMost(Duration.ofSeconds(30)).until(() -> !isAway(known)));
        }
    }

    private static boolean isAway(AssertableApplicationContext context) {
        return context.getBean(RedisSignalCache.class).state().trouble().isPresent();
    }

    private static Source sourceIn(AssertableApplicationContext context) {
        return context.getBean(InferenceEngine.class).infer(Snapshots.complex()).source();
    }

    @Test
    void prefersDetailsThatAreABean() {
        runner.withBean(HybridRedisConnectionDetails.class, () -> () -> "redis://:p%40ss%3Aword%2F1@localhost:" + port)
                .withPropertyValues("hybrid.redis.uri=redis://127.0.0.1:1", "hybrid.redis.prefix=by-bean:")
                .run(context -> assertThat(
                                context.getBean(RedisSignalCache.class).state().trouble())
                        .isEmpty());
    }

    @Test
    void isTurnedOff() {
        runner.withPropertyValues("hybrid.redis.enabled=false", "hybrid.budget.per-day=5.00")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(RedisSignalCache.class)
                        .doesNotHaveBean(RedisBudget.class)
                        .hasSingleBean(Budget.class));
    }

    @Test
    void keepsABudgetOfItsOwn() {
        runner.withPropertyValues(
                        "hybrid.redis.uri=redis://127.0.0.1:1",
                        "hybrid.budget.per-day=5.00",
                        "hybrid.budget.shared=false")
                .run(context -> assertThat(context.getBean(Budget.class)).isNotInstanceOf(RedisBudget.class));
    }
}
