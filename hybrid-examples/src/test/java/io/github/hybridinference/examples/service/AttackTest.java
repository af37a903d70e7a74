package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients without a token against the service in a JVM of 256 MB: connections that drip or say nothing, and hostile bodies,
 * from a process of less priority, since attackers are on machines of their own, beside one client that behaves and measures.
 * {@code mvn test -Pattack -pl hybrid-examples -am} prints the figures.
 */
class AttackTest {
    private static final double LONGEST_MS = 250;

    @TempDir
    private Path directory;

    /** What a client that behaves saw. */
    private record Seen(Histogram health, Histogram local, long failures) {
        /** Not the maximum, which is also that of the machine's other work; the result has both. */
        double p99Ms() {
            return Math.max(health.getValueAtPercentile(99), local.getValueAtPercentile(99)) / 1e6;
        }

        String json(String phase) {
            return String.format(
                    Locale.ROOT,
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
        assertThat(seen.p99Ms()).isLessThan(LONGEST_MS);
    }

    private Seen attack(int slow, int bodies, Duration time, String name) throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, Map.of("PORT", "0"), "-Xmx256m")) {
            int port = service.port();
            Behaved client = new Behaved(port);
            client.ask(Duration.ofSeconds(name.equals("small") ? 1 : 10)); // the JVM compiles
            Seen before = client.ask(Duration.ofSeconds(name.equals("small") ? 1 : 10));
            Process attackers = Attackers.start(port, slow, bodies);
            Seen under = client.ask(time);
            long hostile = Attackers.stop(attackers);
            long end = System.nanoTime();
            Seen after = null;
            double recoveredS = -1;
            while (System.nanoTime() - end < TimeUnit.SECONDS.toNanos(10)) {
                after = client.ask(Duration.ofSeconds(1));
                if (after.failures() == 0 && after.p99Ms() < LONGEST_MS) {
                    recoveredS = (System.nanoTime() - end) / 1e9;
                    break;
                }
            }
            assertThat(after).isNotNull();
            String log = service.console() + Files.readString(directory.resolve("logs/app.log"));
            boolean outOfMemory = log.contains("OutOfMemory");
            System.out.printf(
                    Locale.ROOT,
                    "RESULT {\"test\":\"%s\",\"slow_connections\":%d,\"hostile_clients\":%d,\"hostile_bodies_sent\":%d,%s,%s,%s,"
                            + "\"recovered_s\":%.1f,\"out_of_memory\":%b,\"log_bytes\":%d}%n",
                    name,
                    slow,
                    bodies,
                    hostile,
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

        @SuppressWarnings("FutureReturnValueIgnored") // the latch says when it is over
        Seen ask(Duration time) throws InterruptedException {
            System.gc(); // now, and not while this measures
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
}
