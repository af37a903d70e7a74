package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.hybridinference.testkit.standin.StandIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many clients, each asking about five times a second and waiting for its answer, with a simulated model that takes 200 ms
 * and fails one call in twenty. Latencies are the clients'.
 */
class LoadTest {
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();
    private static final double PLAIN_P99_MS = 5;

    private final ConcurrentLinkedQueue<Exception> broken = new ConcurrentLinkedQueue<>();
    private final Map<String, LongAdder> sources = new TreeMap<>(Map.of(
            "LOCAL", new LongAdder(),
            "CACHE", new LongAdder(),
            "REMOTE", new LongAdder(),
            "FALLBACK", new LongAdder()));
    private final LongAdder refused = new LongAdder();
    private final Map<String, Histogram> latencies = new ConcurrentHashMap<>();

    @Test
    void losesNothing() throws Exception {
        load(20, Duration.ZERO, Duration.ofSeconds(2));
    }

    @Test
    @Tag("serviceload")
    void losesNothingInAMinuteAndAnswersPlainQuestionsAtOnce() throws Exception {
        JsonNode stats = load(100, Duration.ofSeconds(30), Duration.ofSeconds(60));

        System.out.println("simulated model, 100 clients, 90 s: " + stats);
        latencies.forEach((source, taken) -> System.out.printf(
                "%s: %d answers, p50 %.2f ms, p99 %.2f ms%n",
                source, taken.getTotalCount(), ms(taken, 50), ms(taken, 99)));
        assertThat(ms(latencies.get("LOCAL"), 99)).isLessThan(PLAIN_P99_MS);
    }

    private JsonNode load(int clients, Duration warmUp, Duration time) throws Exception {
        StandIn standIn =
                StandIn.builder().latency(Duration.ofMillis(200)).faults(.05, 1).start();
        try (RunningService running = RunningService.before(standIn, "INFERENCE_TIMEOUT_MS", "3000")) {
            run(running.client, clients, warmUp);
            latencies.clear();
            run(running.client, clients, time);

            JsonNode stats = running.client.get("/stats").json();
            assertThat(broken).isEmpty();
            assertThat(refused.sum()).isZero();
            assertThat(stats.get("local_calls").asLong()).isPositive().isEqualTo(clientsCount("LOCAL"));
            assertThat(stats.get("cache_hits").asLong()).isEqualTo(clientsCount("CACHE"));
            assertThat(stats.get("remote_answers").asLong()).isEqualTo(clientsCount("REMOTE"));
            assertThat(stats.get("fallback_calls").asLong()).isEqualTo(clientsCount("FALLBACK"));
            assertThat(stats.get("errors").asLong()).isZero();
            return stats;
        }
    }

    private long clientsCount(String source) {
        return sources.get(source).sum();
    }

    private static double ms(Histogram taken, double percentile) {
        return taken.getValueAtPercentile(percentile) / 1e6;
    }

    private void run(Client client, int clients, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            int seed = i;
            Thread thread = new Thread(() -> ask(client, seed, end));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(120));
        }
    }

    private void ask(Client client, int seed, long end) {
        Random random = new Random(seed);
        try {
            while (System.nanoTime() - end < 0) {
                String body = random.nextBoolean() ? Bodies.plain() : Bodies.hard(.5 + random.nextInt(400) / 10.0);
                long start = System.nanoTime();
                Client.Reply reply = client.infer(body);
                long taken = System.nanoTime() - start;
                if (reply.status() == 200) {
                    String source = reply.json().get("source").asText();
                    sources.get(source).increment();
                    latencies
                            .computeIfAbsent(source, any -> new ConcurrentHistogram(2))
                            .recordValue(taken);
                } else {
                    refused.increment();
                }
                LockSupport.parkNanos((long) (PAUSE_NANOS * 2 * random.nextDouble()));
            }
        } catch (RuntimeException failed) {
            broken.add(failed);
        }
    }
}
