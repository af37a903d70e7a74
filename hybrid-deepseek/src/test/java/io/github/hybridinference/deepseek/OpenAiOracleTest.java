package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClientImpl;
import com.openai.core.ClientOptions;
import com.openai.core.RequestOptions;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpResponse;
import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.openai.OpenAiModel;
import io.github.hybridinference.openai.OpenAiModelBuilder;
import io.github.hybridinference.remote.ChatPrompt;
import io.github.hybridinference.remote.ChatQuestion;
import io.github.hybridinference.remote.ChatSettings;
import io.github.hybridinference.remote.Dialect;
import io.github.hybridinference.remote.Dialect.Effort;
import io.github.hybridinference.remote.Dialect.Output;
import io.github.hybridinference.remote.Dialect.Thinking;
import io.github.hybridinference.remote.Dialect.TokenLimit;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** openai-java, by way of hybrid-openai, writes the same bytes as this module and reads the same out of a reply. */
class OpenAiOracleTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-24T05:00:00Z"), ZoneOffset.UTC);

    private final Wire wire = new Wire();

    @Test
    void writesTheSameBytesForAnyQuestionAndAnySettings() throws Exception {
        Random random = new Random(20_261_128);
        for (int i = 0; i < 300; i++) {
            Dialect dialect = anyDialect(random);
            String name = any(random, List.of("m", "deepseek-flash", "org/model:7b@x", "gpt-5.1_mini"));
            String prompt = anyPrompt(random);
            int limit = 16 + random.nextInt(65_521);
            RemoteRequest request = BodyCheckTest.question(
                    BodyCheckTest.anySnapshot(random, Resolution.COARSE), BodyCheckTest.anyProblem(random));
            assertSameBytes(dialect, name, prompt, limit, request);
        }
    }

    private void assertSameBytes(Dialect dialect, String name, String prompt, int limit, RemoteRequest request)
            throws Exception {
        ChatSettings settings = ChatSettings.of(
                "127.0.0.1", dialect, name, ChatPrompt.of("t", prompt), limit, PriceTable.standard(), NOW);
        byte[] ours = RequestTemplate.of(settings).body(ChatQuestion.of(request));
        try (OpenAiModel theirs = over(wire)
                .dialect(dialect)
                .model(name)
                .prompt("t", prompt)
                .maxOutputTokens(limit)
                .build()) {
            theirs.ask(request).get(60, TimeUnit.SECONDS);

            assertThat(new String(ours, StandardCharsets.UTF_8))
                    .isEqualTo(new String(wire.sent, StandardCharsets.UTF_8));
            assertThat(theirs.identity()).isEqualTo(settings.identity());
        }
        assertThat(wire.url).endsWith("/chat/completions");
    }

    static Stream<Dialect> presets() {
        return Presets.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void writesTheSameBytesForEachPreset(Dialect preset) throws Exception {
        assertSameBytes(preset, "some-model", ChatPrompt.STANDARD.text(), 200, Texts.question());
    }

    @ParameterizedTest
    @MethodSource("replies")
    void readsTheSame(String body) {
        ChatSettings settings = ChatSettings.of("127.0.0.1", null, null, null, null, null, NOW);
        wire.reply = body.getBytes(StandardCharsets.UTF_8);
        try (OpenAiModel theirs = over(wire).clock(NOW).build()) {
            assertThat(outcomeOf(() -> new ReplyTranslator(settings.costs(), NOW)
                            .translate(Texts.question(), new Response(200, name -> null, Body.of(wire.reply)))))
                    .isEqualTo(outcomeOf(() -> theirs.ask(Texts.question()).join()));
        }
    }

    static Stream<String> replies() {
        String usage = Replies.USAGE;
        Stream<String> whole = Stream.of(
                Replies.GOOD,
                "  \n\n" + Replies.GOOD + "\n",
                "",
                "\n\n\n",
                "null",
                "[]",
                "17",
                "<html><body>Welcome</body></html>",
                "{}",
                "{\"error\":{\"message\":\"no\"}}",
                "{\"error\":null," + usage + "}",
                "{\"error\":{\"message\":\"no\"}," + Replies.GOOD.substring(1),
                "{\"choices\":[]," + usage + "}",
                "{\"choices\":null," + usage + "}",
                "{\"choices\":{}," + usage + "}",
                "{\"choices\":[{}]," + usage + "}",
                "{\"choices\":[{\"message\":null}]," + usage + "}",
                "{\"model\":\"deepseek-flash\"," + usage + "}",
                Replies.GOOD.replace("\"deepseek-flash\"", "\"deepseek-v4-pro\""),
                Replies.GOOD.replace("\"deepseek-flash\"", "\"<b>\\n\""),
                Replies.GOOD.replace("\"deepseek-flash\"", "null"),
                Replies.GOOD.replace("\"deepseek-flash\"", "7"),
                Replies.GOOD.replace("\"id\":\"1\",", "\"system_fingerprint\":\"fp_1\","),
                Replies.GOOD.replace("\"id\":\"1\",", "\"system_fingerprint\":\"f\u00fc \\n\","),
                Replies.GOOD.replace("\"id\":\"1\",", "\"system_fingerprint\":null,"),
                Replies.GOOD.replace("\"id\":\"1\",", "\"system_fingerprint\":{\"a\":7},"),
                Replies.GOOD.replace("\"id\":\"1\",", "\"id\":1,\"new\":{\"a\":[1,{\"b\":null}]},"));
        Stream<String> contents = Stream.of(
                        "null",
                        "\"\"",
                        "\"   \"",
                        "17",
                        "[{\"type\":\"text\",\"text\":\"x\"}]",
                        "{}",
                        "\"\\u20ac \\ud83d\\ude00 \\\\ \\\" \\n\"",
                        "\"" + Replies.CONTENT + "\",\"reasoning_content\":\"so\"")
                .map(content -> Replies.completion(content, "\"stop\""));
        Stream<String> finishes = Stream.of(
                        "\"stop\"",
                        "\"length\"",
                        "\"content_filter\"",
                        "\"tool_calls\"",
                        "\"function_call\"",
                        "\"insufficient_system_resource\"",
                        "\"eos\"",
                        "\"STOP\"",
                        "null",
                        "1",
                        "{}")
                .map(finish -> Replies.completion("\"x\"", finish));
        Stream<String> usages = Stream.of(
                        "null",
                        "{}",
                        "[]",
                        "\"none\"",
                        "{\"prompt_tokens\":100,\"completion_tokens\":20,\"prompt_tokens_details\":{\"cached_tokens\":64}}",
                        "{\"prompt_tokens\":100,\"completion_tokens\":20,\"total_tokens\":150,\"prompt_tokens_details\":null}",
                        "{\"prompt_tokens\":100,\"completion_tokens\":20,\"completion_tokens_details\":{\"reasoning_tokens\":7}}",
                        "{\"prompt_tokens\":100,\"completion_tokens\":20,\"prompt_cache_hit_tokens\":100,\"cost\":{\"x\":[1,2]}}",
                        "{\"prompt_tokens\":0,\"completion_tokens\":0}",
                        "{\"prompt_tokens\":5}",
                        "{\"prompt_tokens\":null,\"completion_tokens\":2}",
                        "{\"prompt_tokens\":-1,\"completion_tokens\":2}",
                        "{\"prompt_tokens\":\"5\",\"completion_tokens\":2}",
                        "{\"prompt_tokens\":1e3,\"completion_tokens\":2}",
                        "{\"prompt_tokens\":5.5,\"completion_tokens\":2}",
                        "{\"prompt_tokens\":99999999999999999999999,\"completion_tokens\":2}",
                        "{\"prompt_tokens\":5,\"completion_tokens\":2,\"prompt_cache_hit_tokens\":6}",
                        "{\"prompt_tokens\":5,\"completion_tokens\":2,\"prompt_cache_hit_tokens\":\"6\"}")
                .map(counts -> Replies.GOOD.replace(usage, "\"usage\":" + counts));
        Random random = new Random(7);
        Stream<String> cut = Stream.generate(() -> Replies.GOOD.substring(0, random.nextInt(Replies.GOOD.length())))
                .limit(40);
        return Stream.of(whole, contents, finishes, usages, cut).flatMap(each -> each);
    }

    @Test
    void readsTheFingerprint() {
        wire.reply = Replies.GOOD
                .replace("\"id\":\"1\",", "\"system_fingerprint\":\"fp_1\",")
                .getBytes(StandardCharsets.UTF_8);
        try (OpenAiModel theirs = over(wire).clock(NOW).build()) {
            assertThat(theirs.ask(Texts.question()).join().fingerprint()).isEqualTo("fp_1");
        }
    }

    private interface Reading {
        RemoteReply read();
    }

    /** All that an engine gets to see. */
    private static String outcomeOf(Reading reading) {
        try {
            RemoteReply reply = reading.read();
            return reply.text() + "|" + reply.finish() + "|" + reply.usage() + "|" + reply.model() + "|"
                    + reply.fingerprint();
        } catch (RuntimeException thrown) {
            RemoteException failure = RemoteException.of(thrown);
            return failure.reason() + "|" + failure.status() + "|" + failure.problem() + "|" + failure.usage() + "|"
                    + failure.mayHaveCostUnseen();
        }
    }

    private static OpenAiModelBuilder over(Wire wire) {
        return OpenAiModel.over(new OpenAIClientImpl(ClientOptions.builder()
                .httpClient(wire)
                .baseUrl("http://127.0.0.1:1")
                .apiKey(Texts.KEY)
                .build()));
    }

    private static Dialect anyDialect(Random random) {
        Dialect dialect = any(random, Presets.ALL);
        if (random.nextInt(3) > 0) {
            dialect = Dialect.named("gateway", "").withOutput(any(random, List.of(Output.values())));
            Thinking field = any(random, List.of(Thinking.values()));
            boolean hasEfforts = field == Thinking.EFFORT || field == Thinking.TYPE_AND_EFFORT;
            dialect = dialect.withThinking(field)
                    .withEffort(
                            any(random, hasEfforts ? List.of(Effort.values()) : List.of(Effort.NONE, Effort.DEFAULT)))
                    .withTokenLimit(any(random, List.of(TokenLimit.values())));
            int hundredths = random.nextInt(201);
            dialect = random.nextBoolean() ? dialect.withTemperature(hundredths / 100.0) : dialect.withoutTemperature();
        }
        return dialect;
    }

    /** With everything that JSON has an escape for, and what it has none for. */
    private static String anyPrompt(Random random) {
        StringBuilder prompt = new StringBuilder("json ");
        List<String> parts = List.of(
                "a",
                "\"",
                "\\",
                "/",
                "\n",
                "\r",
                "\t",
                "\b",
                "\f",
                "\u0000",
                "\u001f",
                "\u007f",
                "\u20ac",
                "\u2028",
                "\u2029",
                "\ud83d\ude00",
                "\u6d4b",
                "<",
                "&",
                "'");
        for (int i = random.nextInt(60); i > 0; i--) {
            prompt.append(any(random, parts));
        }
        return prompt.append("end").toString();
    }

    private static <T> T any(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Keeps the request and answers from memory. */
    private static final class Wire implements HttpClient {
        private byte[] reply = Replies.GOOD.getBytes(StandardCharsets.UTF_8);
        private byte[] sent = {};
        private String url = "";

        @Override
        public HttpResponse execute(HttpRequest request, RequestOptions options) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            request.body().writeTo(body);
            sent = body.toByteArray();
            url = request.url();
            InputStream in = new ByteArrayInputStream(reply);
            return new HttpResponse() {
                @Override
                public int statusCode() {
                    return 200;
                }

                @Override
                public Headers headers() {
                    return Headers.builder().build();
                }

                @Override
                public InputStream body() {
                    return in;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
