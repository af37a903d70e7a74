package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.testkit.standin.StandIn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminationTest {
    @TempDir
    private Path directory;

    @Test
    void answersAllThatWasAcceptedBeforeItEnds() throws Exception {
        try (StandIn standIn = StandIn.builder().latency(Duration.ofMillis(500)).start()) {
            Process process = start(Map.of(
                    "DEEPSEEK_API_KEY", "test-key-0123456789",
                    "DEEPSEEK_BASE_URL", standIn.baseUrl().toString(),
                    "INFERENCE_TIMEOUT_MS", "20000",
                    "PORT", "0"));
            try {
                Client client = new Client(port(process));
                Load load = new Load(client);
                load.untilAnswered(40);

                process.destroy();

                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                load.join();
                assertThat(load.broken).isEmpty();
                assertThat(load.statuses).containsOnly(200);
                assertThat(Files.readString(directory.resolve("logs/app.log")))
                        .contains("service stopped", "\"level\":\"INFO\"")
                        .doesNotContain("BTC-USDT", "64120", "test-key");
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /** As the guide says: a file beside the service sets token and cap, and the environment wins over it. */
    @Test
    void holdsWhatItsEnvFileSets() throws Exception {
        Files.writeString(
                directory.resolve(".env"),
                "# settings\nAPI_TOKEN=a-token-of-the-env-file\nDAILY_BUDGET_USD=4.50\nPORT=1\n");
        Process process = start(Map.of("PORT", "0", "CACHE_TTL", "60"));
        try {
            Client client = new Client(port(process));

            assertThat(client.get("/stats").status()).isEqualTo(401);
            Client.Reply known = client.get("/stats", "Authorization", "Bearer a-token-of-the-env-file");
            assertThat(known.status()).isEqualTo(200);
            assertThat(known.json().at("/budget/cap_usd").asDouble()).isEqualTo(4.5);
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, http, PORT must be a whole number from 0 to 65535",
        "MODEL_DIALECT, canary, 'MODEL_DIALECT cannot be used: a dialect is one of deepseek, '",
    })
    void endsWithOneLineOnAWrongValue(String variable, String value, String sentence) throws Exception {
        Process process = start(Map.of(variable, value));
        try (BufferedReader errors = process.errorReader()) {
            assertThat(errors.readLine()).startsWith("hybrid-inference: " + sentence);
            assertThat(errors.readLine()).isNull();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(2);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Clients that ask until the service has stopped listening. */
    private static final class Load {
        private static final int CLIENTS = 16;

        final ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<Exception> broken = new ConcurrentLinkedQueue<>();
        private final List<Thread> threads = new ArrayList<>();
        private final CountDownLatch warm = new CountDownLatch(40);
        private final AtomicInteger count = new AtomicInteger();

        Load(Client client) {
            for (int i = 0; i < CLIENTS; i++) {
                Thread thread = new Thread(() -> ask(client));
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
        }

        private void ask(Client client) {
            try {
                while (true) {
                    int number = count.incrementAndGet();
                    String body = number % 2 == 0 ? Bodies.plain() : Bodies.hard(number % 80 / 10.0 + .1);
                    statuses.add(client.infer(body).status());
                    warm.countDown();
                }
            } catch (UncheckedIOException over) {
                if (!(over.getCause() instanceof ConnectException)) {
                    broken.add(over);
                }
            }
        }

        void untilAnswered(int answers) throws InterruptedException {
            assertThat(warm.await(60, TimeUnit.SECONDS))
                    .as("%d answers", answers)
                    .isTrue();
        }

        void join() throws InterruptedException {
            for (Thread thread : threads) {
                thread.join(60_000);
            }
        }
    }

    private static int port(Process process) throws IOException {
        String line = process.inputReader().readLine();
        assertThat(line).startsWith("LISTENING http://127.0.0.1:");
        return URI.create(line.substring("LISTENING ".length())).getPort();
    }

    private Process start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServiceMain.class.getName())
                .directory(directory.toFile());
        builder.environment()
                .keySet()
                .removeIf(
                        name -> name.startsWith("DEEPSEEK_") || name.startsWith("MODEL_") || name.equals("REDIS_URL"));
        builder.environment().putAll(environment);
        if (environment.size() > 1) {
            builder.redirectError(directory.resolve("console.log").toFile());
        }
        return builder.start();
    }
}
