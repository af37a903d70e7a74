package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.testkit.standin.StandIn;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
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
            try (ServiceProcess service = ServiceProcess.start(
                    directory,
                    Map.of(
                            "DEEPSEEK_API_KEY", "test-key-0123456789",
                            "DEEPSEEK_BASE_URL", standIn.baseUrl().toString(),
                            "INFERENCE_TIMEOUT_MS", "20000",
                            "PORT", "0"))) {
                Client client = new Client(service.port());
                Load load = new Load(client);
                load.untilAnswered(40);

                service.process.destroy();

                service.exitCode();
                load.join();
                assertThat(load.broken).isEmpty();
                assertThat(load.statuses).containsOnly(200);
                assertThat(Files.readString(directory.resolve("logs/app.log")))
                        .contains("service stopped", "\"level\":\"INFO\"")
                        .doesNotContain("BTC-USDT", "64120", "test-key");
            }
        }
    }

    /** As the guide says: a file beside the service sets token and cap, and the environment wins over it. */
    @Test
    void holdsWhatItsEnvFileSets() throws Exception {
        String lines = """
                # settings
                export API_TOKEN='a-token-of#the-env-file' # a secret
                DAILY_BUDGET_USD=4.50 # a day
                PORT=1
                DAILY_BUDGET=5
                """;
        Files.writeString(directory.resolve(".env"), "\uFEFF" + lines.replace("\n", "\r\n"));
        try (ServiceProcess service =
                ServiceProcess.start(directory, Map.of("PORT", "0", "CACHE_TTL", "60", "DEEPSEEK_APIKEY", "a-key"))) {
            Client client = new Client(service.port());

            assertThat(client.get("/stats").status()).isEqualTo(401);
            Client.Reply known = client.get("/stats", "Authorization", "Bearer a-token-of#the-env-file");
            assertThat(known.status()).isEqualTo(200);
            assertThat(known.json().at("/budget/cap_usd").asDouble()).isEqualTo(4.5);
            assertThat(service.console())
                    .contains(
                            "DAILY_BUDGET is not a variable of this service and has no effect; is DAILY_BUDGET_USD meant?",
                            "DEEPSEEK_APIKEY is not a variable of this service and has no effect; is DEEPSEEK_API_KEY meant?",
                            "  API_TOKEN=set (.env)",
                            "  DAILY_BUDGET_USD=4.50 (.env)",
                            "  PORT=0 (environment)",
                            "  HOST=127.0.0.1 (default)")
                    .doesNotContain("a-token-of", "a-key");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, http, PORT must be a whole number from 0 to 65535",
        "MODEL_DIALECT, canary, 'MODEL_DIALECT cannot be used: a dialect is one of deepseek, '",
    })
    void endsWithOneLineOnAWrongValue(String variable, String value, String sentence) throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, Map.of(variable, value))) {
            assertThat(service.exitCode()).isEqualTo(2);
            assertThat(service.console().lines())
                    .singleElement()
                    .asString()
                    .startsWith("hybrid-inference: " + sentence);
        }
    }

    @Test
    void endsWithOneLineOnATakenPort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServiceProcess service =
                        ServiceProcess.start(directory, Map.of("PORT", Integer.toString(taken.getLocalPort())))) {
            assertThat(service.exitCode()).isEqualTo(2);
            assertThat(service.console().lines())
                    .singleElement()
                    .asString()
                    .startsWith("hybrid-inference: PORT " + taken.getLocalPort() + " cannot be listened on");
        }
    }

    /** Neither what Jetty says of malformed requests nor their number may get into the log. */
    @Test
    void logsNothingOfARequestAndEachKindOfProblemOnce() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, Map.of("PORT", "0"))) {
            int port = service.port();
            for (int i = 0; i < 100; i++) {
                send(port, "GET /s3cr3t HTTP/1.1\r\nHost: s3cr3t-a\r\nHost: s3cr3t-b\r\n\r\n");
                send(port, "GET /s3cr3t%%zz HTTP/1.1\r\nHost: localhost\r\ns3cr3t\r\n\r\n");
                send(port, "s3cr3t\r\n\r\n");
                send(port, "POST /api/v1/inference HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{s3cr3t");
            }
            String log = service.console() + Files.readString(directory.resolve("logs/app.log"));

            assertThat(log).contains("service started").doesNotContain("s3cr3t");
            assertThat(Files.readAllLines(directory.resolve("logs/app.log"))).hasSizeLessThan(20);
            assertThat(new Client(port)
                            .get("/stats")
                            .json()
                            .at("/http/requests/none/400")
                            .asInt())
                    .isPositive();
        }
    }

    private static void send(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException reset) {
            // as good as an answer
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
}
