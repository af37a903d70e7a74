package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.ApiKey;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.LogCapture;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that rotate, before a server that accepts the newest one only. */
class KeySupplierTest {
    private final ExecutorService workers = Executors.newFixedThreadPool(16);
    private final ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private volatile String newest = "sk-canary-1";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(workers);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestHeaders().getFirst("authorization").substring("Bearer ".length());
        exchange.getRequestBody().readAllBytes();
        boolean good = key.equals(newest);
        (good ? accepted : refused).add(key);
        byte[] body = (good ? Replies.GOOD : "{}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(good ? 200 : 401, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private DeepSeek model(Supplier<ApiKey> keys) {
        return DeepSeek.builder()
                .apiKey(keys)
                .endpoint("http://127.0.0.1:" + server.getAddress().getPort())
                .build();
    }

    private static InferenceEngine engine(DeepSeek model) {
        return InferenceEngine.builder()
                .remote(model)
                .cache(SignalCache.none())
                .timeout(Duration.ofMinutes(1))
                .remoteTimeout(Duration.ofMinutes(1))
                .build();
    }

    @Test
    void asksAgainAfterARefusalAndTriesOnceMore() {
        AtomicInteger asked = new AtomicInteger();
        newest = "sk-canary-2";
        try (DeepSeek model = model(() -> ApiKey.of("sk-canary-" + asked.incrementAndGet()));
                InferenceEngine engine = engine(model)) {
            assertThat(engine.infer(Texts.market(1)).source()).isEqualTo(Source.REMOTE);
            assertThat(engine.stats().unseenCostNanoUsd()).isZero();
        }
        assertThat(asked).hasValue(2);
        assertThat(refused).containsExactly("sk-canary-1");
        assertThat(accepted).containsExactly("sk-canary-2");
    }

    @Test
    void doesNotSendAKeyAgainThatWasJustRefused() {
        newest = "sk-canary-2";
        try (DeepSeek model = model(() -> ApiKey.of("sk-canary-1"));
                InferenceEngine engine = engine(model)) {
            Inference answer = engine.infer(Texts.market(1));

            assertThat(answer.degradation()).contains(Degradation.UNAUTHORIZED);
            assertThat(engine.health().toString()).contains("UNAUTHORIZED");
        }
        assertThat(refused).containsExactly("sk-canary-1");
    }

    @Test
    void sendsARefusedKeyAgainAfterASecond() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
        KeySource keys = KeySource.from(() -> ApiKey.of("sk-canary-1"), nanos::get);
        RemoteException refusal = keys.failed(
                keys.next(), RemoteException.ofStatus(Reason.UNAUTHORIZED, 401, Optional.empty(), Optional.empty()));

        assertThat(refusal.isRetryable()).isTrue();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
        assertThatThrownBy(keys::next).isSameAs(refusal);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(keys.next()).isNotNull();
    }

    @Test
    void aKeyWithoutASupplierIsTriedOnce() {
        try (DeepSeek model = DeepSeek.builder()
                        .apiKey("sk-canary-0")
                        .endpoint("http://127.0.0.1:" + server.getAddress().getPort())
                        .build();
                InferenceEngine engine = engine(model)) {
            assertThat(engine.infer(Texts.market(1)).degradation()).contains(Degradation.UNAUTHORIZED);
        }
        assertThat(refused).containsExactly("sk-canary-0");
    }

    /** Each call is answered, with at most one refusal of its own; a key that is no longer given is not sent any more. */
    @Test
    void losesNoCallWhileKeysRotateUnderAHundredCalls() throws Exception {
        int rotations = 20;
        int calls = 100;
        try (DeepSeek model = model(() -> ApiKey.of(newest));
                InferenceEngine engine = engine(model)) {
            for (int rotation = 0; rotation < rotations; rotation++) {
                List<CompletableFuture<Inference>> answers = new ArrayList<>();
                for (int i = 0; i < calls; i++) {
                    if (i == calls / 2) {
                        newest = "sk-canary-" + (rotation + 2);
                    }
                    answers.add(engine.inferAsync(Texts.market(i)));
                }
                for (CompletableFuture<Inference> answer : answers) {
                    assertThat(answer.get(1, TimeUnit.MINUTES).source()).isEqualTo(Source.REMOTE);
                }
                assertThat(refused).as("the newest key is never refused").doesNotContain(newest);
            }
            int total = rotations * calls;
            assertThat(accepted).as("each call is answered once").hasSize(total);
            assertThat(refused.size()).as("refusals").isLessThanOrEqualTo(total);
            // a refusal that the adapter remembers is an attempt, too, though nothing was sent
            assertThat(engine.stats().upstreamAttempts())
                    .isBetween((long) accepted.size() + refused.size(), 2L * total);
            assertThat(engine.stats().unseenCostNanoUsd()).isZero();
        }
    }

    @Test
    void failsBeforeSendingIfTheSupplierFails() {
        List<Supplier<ApiKey>> rubbish = List.of(
                () -> null,
                () -> {
                    throw new IllegalStateException("the token sk-canary-1 has expired");
                },
                () -> ApiKey.of("sk-canary-1\nx: y"));
        try (LogCapture log = new LogCapture()) {
            for (Supplier<ApiKey> supplier : rubbish) {
                try (DeepSeek model = model(supplier)) {
                    model.warmUp();
                    RemoteException failure = Failures.of(model.ask(Texts.question()));

                    assertThat(failure.reason()).isEqualTo(Reason.UNAUTHORIZED);
                    assertThat(failure.failureCause()).contains(FailureCause.NO_KEY);
                    assertThat(failure.mayHaveCostUnseen()).isFalse();
                    assertThat(failure.isRetryable()).isFalse();
                    assertThat(Texts.of(failure)).doesNotContain("canary");
                }
            }
            assertThat(log.text()).doesNotContain("canary");
        }
        assertThat(accepted).isEmpty();
        assertThat(refused).isEmpty();
    }

    @Test
    void asksTheSupplierOnTheThreadThatAsksTheModelOnceForEachRequest() throws Exception {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        try (DeepSeek model = model(() -> {
            threads.add(Thread.currentThread());
            return ApiKey.of(newest);
        })) {
            assertThat(threads).isEmpty();
            model.ask(Texts.question()).get(1, TimeUnit.MINUTES);
            model.ask(Texts.question()).get(1, TimeUnit.MINUTES);
        }
        assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
    }

    @Test
    void sendsNothingIfTheSupplierTookTheWholeDeadline() {
        AtomicInteger asked = new AtomicInteger();
        try (DeepSeek model = model(() -> {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(60);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            asked.incrementAndGet();
            return ApiKey.of(newest);
        })) {
            RemoteException failure = Failures.of(model.ask(Texts.question(Duration.ofMillis(50))));

            assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(failure.mayHaveCostUnseen()).isFalse();
        }
        assertThat(asked).hasValue(1);
        assertThat(accepted).isEmpty();
    }

    @Test
    void stopsABodyThatHoldsTheKeyOfTheMoment() {
        try (DeepSeek model = model(() -> ApiKey.of("Judge"))) { // a word of the prompt
            RemoteException failure = Failures.of(model.ask(Texts.question()));

            assertThat(failure.reason()).isEqualTo(Reason.PRIVACY);
        }
        assertThat(refused).isEmpty();
    }
}
