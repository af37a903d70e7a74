package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients without a token against the service in a JVM of 256 MB: connections that drip or say nothing, and hostile bodies,
 * beside one client that behaves and measures. {@code mvn test -Pattack -pl hybrid-examples -am} prints the figures.
 */
class AttackTest {
    private static final double LONGEST_MS = 250;
    private static final Duration DRIP = Duration.ofSeconds(4);
    private static final String POST = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    @TempDir
    private Path directory;

    private final LongAdder hostile = new LongAdder();
    private final AtomicBoolean over = new AtomicBoolean();

    /** What a client that behaves saw. */
    private record Seen(Histogram health, Histogram local, long failures) {
        double worstMs() {
            return Math.max(health.getMaxValue(), local.getMaxValue()) / 1e6;
        }

        String json(String phase) {
            return String.format(
                    java.util.Locale.ROOT,
                    "\"%s\":{\"requests\":%d,\"failures\":%d,\"health_p99_ms\":%.1f,\"health_max_ms\":%.1f,"
                            + "\"local_p99_ms\":%.1f,\"local_max_ms\":%.1f}",
                    phase,
                    health.getTotalCount() + local.getTotalCount(),
                    failures,
                    health.getValueAtPercentile(99) / 1e6,
                    health.getMaxValue() / 1e6,
                    local.getValueAtPercentile(99) / 1e6,
                    local.getMaxValue() / 1e6);
        }
    }

    /** In small, for every build: counts instead of times. */
    @Test
    void answersOthersUnderASmallAttack() throws Exception {
        Seen seen = attack(200, 25, Duration.ofSeconds(3), "small");

        assertThat(seen.failures()).isZero();
        assertThat(seen.local().getTotalCount()).isPositive();
    }

    @Test
    @Tag("attack")
    void answersOthersUnderAttack() throws Exception {
        Seen seen = attack(2_000, 500, Duration.ofSeconds(40), "attack");

        assertThat(seen.failures()).isZero();
        assertThat(seen.worstMs()).isLessThan(LONGEST_MS);
    }

    private Seen attack(int slow, int bodies, Duration time, String name) throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, Map.of("PORT", "0"), "-Xmx256m")) {
            int port = service.port();
            Behaved client = new Behaved(port);
            client.ask(Duration.ofSeconds(name.equals("small") ? 1 : 10)); // the JVM compiles
            Seen before = client.ask(Duration.ofSeconds(name.equals("small") ? 1 : 10));
            Attackers attackers = new Attackers(port, slow, bodies);
            Seen under = client.ask(time);
            attackers.close();
            long end = System.nanoTime();
            Seen after = null;
            double recoveredS = -1;
            while (System.nanoTime() - end < TimeUnit.SECONDS.toNanos(10)) {
                after = client.ask(Duration.ofSeconds(1));
                if (after.failures() == 0 && after.worstMs() < LONGEST_MS) {
                    recoveredS = (System.nanoTime() - end) / 1e9;
                    break;
                }
            }
            assertThat(after).isNotNull();
            String log = service.console() + Files.readString(directory.resolve("logs/app.log"));
            boolean outOfMemory = log.contains("OutOfMemory");
            System.out.printf(
                    java.util.Locale.ROOT,
                    "RESULT {\"test\":\"%s\",\"slow_connections\":%d,\"hostile_clients\":%d,\"hostile_bodies_sent\":%d,%s,%s,%s,"
                            + "\"recovered_s\":%.1f,\"out_of_memory\":%b,\"log_bytes\":%d}%n",
                    name,
                    slow,
                    bodies,
                    hostile.sum(),
                    before.json("before"),
                    under.json("under_attack"),
                    after.json("after"),
                    recoveredS,
                    outOfMemory,
                    log.length());
            assertThat(outOfMemory).isFalse();
            assertThat(recoveredS).as("seconds until all was normal").isPositive();
            return under;
        }
    }

    /** Asks for health and for an answer of the rules twenty times a second, over connections of its own. */
    private static final class Behaved {
        private static final Duration TIMEOUT = Duration.ofSeconds(5);

        private final HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
        private final HttpRequest health;
        private final HttpRequest local;

        Behaved(int port) {
            String base = "http://127.0.0.1:" + port;
            health = HttpRequest.newBuilder(URI.create(base + "/health"))
                    .timeout(TIMEOUT)
                    .build();
            local = HttpRequest.newBuilder(URI.create(base + "/api/v1/inference"))
                    .timeout(TIMEOUT)
                    .POST(BodyPublishers.ofString(Bodies.plain()))
                    .build();
        }

        Seen ask(Duration time) throws InterruptedException {
            Histogram healths = new Histogram(3);
            Histogram locals = new Histogram(3);
            CountDownLatch done = new CountDownLatch(1);
            LongAdder failures = new LongAdder();
            ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
            timer.scheduleWithFixedDelay(
                    () -> {
                        ask(health, healths, failures);
                        ask(local, locals, failures);
                    },
                    0,
                    50,
                    TimeUnit.MILLISECONDS);
            timer.schedule(done::countDown, time.toMillis(), TimeUnit.MILLISECONDS);
            done.await();
            timer.shutdown();
            assertThat(timer.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            return new Seen(healths, locals, failures.sum());
        }

        private void ask(HttpRequest request, Histogram taken, LongAdder failures) {
            long start = System.nanoTime();
            try {
                HttpResponse<String> reply = http.send(request, BodyHandlers.ofString());
                if (reply.statusCode() != 200) {
                    failures.increment();
                }
            } catch (IOException | InterruptedException failed) {
                failures.increment();
            }
            taken.recordValue(System.nanoTime() - start);
        }
    }

    /** Half of the connections say nothing or drip a header, half drip a body; each that is closed is opened again. */
    private final class Attackers implements AutoCloseable {
        private final int port;
        private final Socket[] slow;
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final List<byte[]> bodies = hostileBodies();

        Attackers(int port, int slowConnections, int hostileClients) {
            this.port = port;
            this.slow = new Socket[slowConnections];
            int perThread = 100;
            for (int from = 0; from < slowConnections; from += perThread) {
                int first = from;
                threads.execute(() -> drip(first, Math.min(first + perThread, slow.length)));
            }
            for (int i = 0; i < hostileClients; i++) {
                byte[] body = bodies.get(i % bodies.size());
                threads.execute(() -> sendHostile(body));
            }
        }

        private void drip(int from, int to) {
            while (!over.get()) {
                for (int i = from; i < to && !over.get(); i++) {
                    try {
                        if (slow[i] == null) {
                            slow[i] = new Socket(InetAddress.getLoopbackAddress(), port);
                            slow[i].getOutputStream().write(beginning(i));
                        } else if (i % 4 != 0) {
                            slow[i].getOutputStream().write('a');
                        }
                    } catch (IOException closed) {
                        close(slow[i]);
                        slow[i] = null;
                    }
                }
                pause();
            }
        }

        private byte[] beginning(int i) {
            return switch (i % 4) {
                case 0 -> new byte[0];
                case 1 -> ascii("GET /health HTTP/1.1\r\nHost: localhost\r\nX: ");
                default -> ascii(String.format(POST, "/api/v1/inference") + "Content-Length: 60000\r\n\r\n");
            };
        }

        private void pause() {
            try {
                pauseEnded().await(DRIP.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        private CountDownLatch pauseEnded() {
            return ended;
        }

        private final CountDownLatch ended = new CountDownLatch(1);

        private void sendHostile(byte[] request) {
            while (!over.get()) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket.setSoTimeout(20_000);
                    socket.getOutputStream().write(request);
                    hostile.increment();
                    while (socket.getInputStream().read(new byte[1_024]) > 0 && !over.get()) {
                        // to its end, or until the service closes it
                    }
                } catch (IOException refused) {
                    pauseShortly();
                }
            }
        }

        private void pauseShortly() {
            try {
                ended.await(100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() throws InterruptedException {
            over.set(true);
            ended.countDown();
            threads.shutdownNow();
            threads.awaitTermination(30, TimeUnit.SECONDS);
            for (Socket socket : slow) {
                close(socket);
            }
        }

        private void close(Socket socket) {
            try {
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException gone) {
                // it is closed all the same
            }
        }
    }

    /** 24,000 keys, deep nesting, long numbers, and batches of them. */
    private static List<byte[]> hostileBodies() {
        String keys = IntStream.range(0, 24_000)
                .mapToObj(i -> "\"k" + i + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
        String features = "{\"symbol\":\"A\",\"timeframe\":\"1h\",\"features\":" + keys.substring(0, 60_000)
                + "\"z\":1}}";
        List<byte[]> requests = new ArrayList<>();
        requests.add(request("/api/v1/inference/batch", keys.substring(0, Math.min(keys.length(), 250_000))));
        requests.add(request("/api/v1/inference", keys));
        requests.add(request("/api/v1/inference", features));
        requests.add(request("/api/v1/inference/batch", "[" + "{\"symbol\":\"A\",\"timeframe\":\"1h\"},".repeat(6_000) + "{}]"));
        requests.add(request("/api/v1/inference", "[".repeat(60_000)));
        requests.add(request("/api/v1/inference/batch", "[1" + "9".repeat(200_000) + "]"));
        return requests;
    }

    private static byte[] request(String path, String body) {
        return ascii(String.format(POST, path) + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
