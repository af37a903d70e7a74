package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.InferenceEngineBuilder;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.testing.LogCapture;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Canaries in key, symbol, fields and the service's words, through every path of an engine with the real adapter, with
 * everything logging at its finest: none in any sink, and none of the caller's at the service.
 */
class CanaryTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    private final LogCapture log = new LogCapture();
    private final List<String> sinks = new CopyOnWriteArrayList<>();
    private final ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
    private final DeepSeek model =
            DeepSeek.builder().apiKey(Texts.KEY).endpoint(server.url()).build();

    private InferenceEngineBuilder engine() {
        return InferenceEngine.builder().remote(model).timeout(LONG).listener(new TextListener(sinks));
    }

    private static MarketSnapshot hard(double rsi) {
        return Texts.secretive().rsi(rsi).build();
    }

    private Inference infer(InferenceEngine engine, MarketSnapshot snapshot) {
        Inference answer = engine.infer(snapshot);
        note(engine, answer, snapshot);
        return answer;
    }

    private void note(InferenceEngine engine, Inference answer, MarketSnapshot snapshot) {
        sinks.add(answer + " " + answer.decisionId() + " " + answer.signal() + " " + answer.rules() + " "
                + answer.scenario() + " " + answer.provenance() + " " + answer.usage() + " " + snapshot);
        sinks.add(engine + " " + engine.stats() + " " + engine.health() + " " + model + " " + model.identity());
        sinks.add(Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .collect(Collectors.joining("\n")));
    }

    @AfterEach
    void findsNoCanaryAnywhere() {
        model.close();
        server.close();
        log.close();
        sinks.add(log.text());
        String all = String.join("\n", sinks);
        assertThat(all).doesNotContain(Texts.KEY).doesNotContain(Texts.CANARY).doesNotContain(Texts.SECRETS);
        assertThat(log.text()).as("our log was looked into").contains("engine built");
        assertThat(log.text()).as("Netty's log was looked into").contains("io.netty");
        for (String request : server.takeRequests()) {
            assertThat(request.replace("authorization: Bearer " + Texts.KEY, ""))
                    .doesNotContain(Texts.KEY)
                    .doesNotContain(Texts.SECRETS);
        }
    }

    @Test
    void whenTheRulesAnswer() {
        try (InferenceEngine engine = engine().build()) {
            engine.warmUp();
            Inference answer =
                    infer(engine, Texts.secretive().rsi(12).volumeRatio(2).build());
            assertThat(answer.source()).isEqualTo(Source.LOCAL);
        }
    }

    @Test
    void whenTheModelAnswersAndTheCacheAfterIt() {
        try (InferenceEngine engine = engine().cachePerSymbol(new byte[32]).build()) {
            assertThat(infer(engine, hard(50)).source()).isEqualTo(Source.REMOTE);
            assertThat(infer(engine, hard(50)).source()).isEqualTo(Source.CACHE);
        }
    }

    @Test
    void whenTheModelIsAskedAgain() {
        AtomicInteger requests = new AtomicInteger();
        server.script((socket, out) -> {
            boolean first = requests.incrementAndGet() == 1;
            (first ? Replies.ok("\n") : Replies.ok(Replies.GOOD)).answer(socket, out);
        });
        try (InferenceEngine engine = engine().build()) {
            assertThat(infer(engine, hard(50)).source()).isEqualTo(Source.REMOTE);
        }
        assertThat(requests).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheServiceFails(Fault fault) {
        boolean hangs = fault.patience().compareTo(Duration.ofSeconds(1)) < 0;
        Duration timeout = hangs ? fault.patience() : LONG;
        server.script(fault.script());
        try (InferenceEngine engine = InferenceEngine.builder()
                .remote(model)
                .timeout(timeout)
                .remoteTimeout(timeout)
                .maxAttempts(1)
                .maxConsecutiveFailures(1)
                .listener(new TextListener(sinks))
                .build()) {
            assertThat(infer(engine, hard(50)).source()).isEqualTo(Source.FALLBACK);
            infer(engine, hard(51)); // before an open breaker
        }
    }

    @Test
    void whenTheServiceSpeaksOfOtherThings() {
        List<ScriptedServer.Script> speeches = List.of(
                Replies.ok(Replies.completion("\"" + Texts.CANARY + "\"", "\"stop\"")),
                Replies.ok("{\"" + Texts.CANARY + "\":[{\"" + Texts.CANARY + "\":"),
                Replies.ok("{\"error\":\"" + Texts.CANARY + "\"}"),
                Replies.response("400 " + Texts.CANARY, "x-request-id: the " + Texts.CANARY + "\r\n", Texts.CANARY),
                Replies.response("429 Wait", "retry-after: " + Texts.CANARY + "\r\n", Texts.CANARY),
                Replies.raw("HTTP/1.1 200 OK\r\ncontent-length: " + Texts.CANARY + "\r\n\r\n"),
                Replies.raw(Texts.CANARY + "\r\n\r\n"));
        for (ScriptedServer.Script speech : speeches) {
            server.script(speech);
            try (InferenceEngine engine = engine().maxAttempts(1).build()) {
                assertThat(infer(engine, hard(50)).source()).isEqualTo(Source.FALLBACK);
            }
        }
        // a complete answer counts, whatever is said about its end
        server.script(Replies.ok(Replies.completion("\"" + Replies.CONTENT + "\"", "\"" + Texts.CANARY + "\"")));
        try (InferenceEngine engine = engine().maxAttempts(1).build()) {
            assertThat(infer(engine, hard(50)).source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void whenTheModelAnswersLate() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        server.script((socket, out) -> {
            answered.await();
            Replies.ok(Replies.GOOD).answer(socket, out);
        });
        ManualTime time = new ManualTime();
        try (InferenceEngine engine = engine().remoteTimeout(LONG.multipliedBy(2))
                .nanoClock(time::nanos)
                .scheduler(time.scheduler())
                .build()) {
            CompletableFuture<Inference> asked = engine.inferAsync(hard(50));
            server.awaitRequest();
            time.advance(LONG);
            Inference answer = asked.get(1, TimeUnit.MINUTES);
            note(engine, answer, hard(50));
            assertThat(answer.degradation()).contains(Degradation.TIMEOUT);
            answered.countDown();
            Inference late = answer.revision()
                    .toCompletableFuture()
                    .get(1, TimeUnit.MINUTES)
                    .orElseThrow();
            note(engine, late, hard(50));
        }
    }

    @Test
    void whenTheModelOrTheEngineIsClosed() throws Exception {
        server.script(ScriptedServer.HANG);
        InferenceEngine engine = engine().build();
        CompletableFuture<Inference> open = engine.inferAsync(hard(50));
        server.awaitRequest();
        engine.close();
        note(engine, open.get(1, TimeUnit.MINUTES), hard(50));
        sinks.add(Texts.of(assertThrows(IllegalStateException.class, () -> engine.infer(hard(50)))));

        model.close();
        try (InferenceEngine another = engine().build()) {
            assertThat(infer(another, hard(50)).source()).isEqualTo(Source.FALLBACK);
        }
    }

    @Test
    void whenTheSettingsAreWrong() {
        try (InferenceEngine engine = engine().build()) {
            infer(engine, hard(50));
        }
        List<Consumer<DeepSeekBuilder>> mistakes = List.of(
                builder -> builder.apiKey(Texts.KEY + "\nx-other: 1"),
                builder -> builder.apiKey(Texts.KEY + "\u00e9"),
                builder -> builder.endpoint("https://" + Texts.KEY + "@api.deepseek.com"),
                builder -> builder.endpoint("https://api.deepseek.com/?key=" + Texts.KEY),
                builder -> builder.endpoint(Texts.KEY + " "),
                builder -> builder.model(Texts.KEY + " "),
                builder -> builder.prompt("1", "json " + Texts.KEY).build(),
                builder -> builder.model(Texts.KEY).build());
        for (Consumer<DeepSeekBuilder> mistake : mistakes) {
            DeepSeekBuilder builder = DeepSeek.builder().apiKey(Texts.KEY);
            RuntimeException refusal = assertThrows(RuntimeException.class, () -> mistake.accept(builder));
            sinks.add(Texts.of(refusal) + builder);
        }
    }

    @Test
    void whenTheEnvironmentOfOpenaiIsSetInAJvmOfItsOwn() throws Exception {
        List<String> environment = new ArrayList<>(List.of("DEEPSEEK_API_KEY=" + Texts.KEY));
        environment.add("DEEPSEEK_BASE_URL=" + server.url());
        environment.add("OPENAI_LOG=debug");
        environment.add("OPENAI_API_KEY=" + Texts.CANARY);
        environment.add("OPENAI_ORG_ID=" + Texts.CANARY);
        environment.add("OPENAI_PROJECT_ID=" + Texts.CANARY);
        environment.add("OPENAI_WEBHOOK_SECRET=" + Texts.CANARY);
        environment.add("OPENAI_BASE_URL=http://127.0.0.1:1/" + Texts.CANARY);
        environment.add("OPENAI_CUSTOM_HEADERS=x-custom: " + Texts.CANARY);

        String output = OtherJvm.run(AskOnce.class, environment);

        sinks.add(output);
        assertThat(output)
                .contains("source=REMOTE")
                .doesNotContain("Judge a market")
                .doesNotContain("oversold");
        List<String> requests = server.takeRequests();
        assertThat(requests).hasSize(2).noneMatch(request -> request.contains(Texts.CANARY));
        assertThat(String.join("\n", requests).toLowerCase(Locale.ROOT))
                .doesNotContain("stainless")
                .doesNotContain("openai-");
        try (InferenceEngine engine = engine().build()) {
            infer(engine, hard(50)); // for the checks that follow every test
        }
    }
}
