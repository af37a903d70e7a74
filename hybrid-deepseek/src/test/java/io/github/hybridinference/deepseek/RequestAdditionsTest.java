package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.audit.EgressLog;
import io.github.hybridinference.remote.Dialect;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.LogCapture;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the owner adds to each request: headers, a query, another path, fields of the body. */
class RequestAdditionsTest {
    private static final String SECRET = "canary-header-value-81";

    private final ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));

    @AfterEach
    void close() {
        server.close();
    }

    private DeepSeekBuilder builder() {
        return DeepSeek.builder().apiKey(Texts.KEY).endpoint(server.url() + "/base");
    }

    private String requestOf(UnaryOperator<DeepSeekBuilder> settings) throws Exception {
        try (DeepSeek model = settings.apply(builder()).build()) {
            model.ask(Texts.question()).get(30, TimeUnit.SECONDS);
        }
        return server.awaitRequest();
    }

    private static String head(String request) {
        return request.substring(0, request.indexOf("\r\n\r\n"));
    }

    private static String body(String request) {
        return request.substring(request.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void takesTheKeysHeaderFromTheDialectUnlessItIsSet() throws Exception {
        String preset = requestOf(builder -> builder.dialect(Dialect.AZURE).model("mine"));
        String set = requestOf(
                builder -> builder.dialect(Dialect.AZURE).model("mine").keyHeader("x-key"));

        assertThat(head(preset)).contains("api-key: " + Texts.KEY).doesNotContain("authorization");
        assertThat(head(set)).contains("x-key: " + Texts.KEY).doesNotContain("api-key", "authorization");
    }

    @Test
    void sendsAzuresKeyVersionAndPath() throws Exception {
        String request = requestOf(builder -> builder.keyHeader("Api-Key")
                .query("api-version", "2024-10-21")
                .query("note", "a b&c=\u00e9+")
                .path("/openai/deployments/mine/chat/completions"));

        assertThat(head(request))
                .startsWith("POST /base/openai/deployments/mine/chat/completions"
                        + "?api-version=2024-10-21&note=a%20b%26c%3D%C3%A9%2B HTTP/1.1\r\n")
                .contains("api-key: " + Texts.KEY)
                .doesNotContainIgnoringCase("authorization", "bearer");
    }

    @Test
    void sendsTheOwnersHeadersAndNothingTwice() throws Exception {
        String request = requestOf(builder -> builder.header("X-Title", " two words ")
                .header("OpenAI-Organization", "org-1")
                .header("User-Agent", "mine"));

        assertThat(head(request).lines().skip(1))
                .containsExactlyInAnyOrder(
                        "host: 127.0.0.1:" + server.port(),
                        "accept: application/json",
                        "content-type: application/json",
                        "user-agent: mine",
                        "authorization: Bearer " + Texts.KEY,
                        "x-title: two words",
                        "openai-organization: org-1",
                        "content-length: " + body(request).getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void sendsAKeyOfEightKilobytes() throws Exception {
        String token = "k".repeat(8_192);
        try (DeepSeek model =
                DeepSeek.builder().apiKey(token).endpoint(server.url()).build()) {
            model.ask(Texts.question()).get(30, TimeUnit.SECONDS);
        }

        assertThat(server.awaitRequest()).contains("authorization: Bearer " + token + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "content-length",
                "Connection",
                "transfer-encoding",
                "accept-encoding",
                "Authorization",
                "content-type",
                "Proxy-Authorization",
                "a b",
                "a:b",
                "a\r\nb",
                "\u00e9",
                ""
            })
    void refusesHeadersThatAreNotTheOwners(String name) {
        assertThatThrownBy(() -> DeepSeek.builder().header(name, SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith(name.matches("[A-Za-z-]+") ? "the header " : "a header's name is ")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET + "\r\nx-other: 1", SECRET + "\n x", SECRET + "\u00e9", SECRET + "\u0000", "", " "})
    void refusesValuesThatAreNoHeadersWithoutRepeatingThem(String value) {
        assertThatThrownBy(() -> DeepSeek.builder().header("x-note", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a header's value is 1 to 8192 visible ASCII characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no-slash", "/a?b", "/a#b", "/a b", "/a/../b", "/a//b", "/a%2", "/a\r\nb", "/"})
    void refusesWhatIsNoPath(String path) {
        assertThatThrownBy(() -> DeepSeek.builder().path(path))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith("a path ");
    }

    @Test
    void takesOneValueForAHeaderWhateverItsCase() {
        DeepSeekBuilder builder = DeepSeek.builder().header("X-A", "1");

        assertThatThrownBy(() -> builder.header("x-a", "2")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder().keyHeader("x-a").header("x-a", "2").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("keyHeader and header have the same name");
    }

    @Test
    void addsFieldsAtTheEndOfABodyThatStillPassesTheCheck() throws Exception {
        String plain = body(requestOf(builder -> builder));
        String more = body(requestOf(builder -> builder.extraBody("user_id", "me \"and\" you \u20ac")
                .extraBody("enable_thinking", false)
                .extraBody("provider", Map.of("order", List.of("a", "b"), "allow", true, "max", new BigDecimal("1.50")))
                .extraBody("nothing", null)));

        assertThat(more)
                .isEqualTo(plain.substring(0, plain.length() - 1)
                        + ",\"enable_thinking\":false,\"nothing\":null"
                        + ",\"provider\":{\"allow\":true,\"max\":1.50,\"order\":[\"a\",\"b\"]}"
                        + ",\"user_id\":\"me \\\"and\\\" you \u20ac\"}");
    }

    /** Whatever plain values are given, the body is the JSON of them, and the check lets it through. */
    @Test
    void writesAnyPlainValueAsJson() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        Random random = new Random(18);
        for (int i = 0; i < 500; i++) {
            Object value = anyValue(random, 0);
            ExtraBody extra = new ExtraBody();
            extra.add("field", value);

            assertThat(mapper.readTree("{" + extra.members().substring(1) + "}").get("field"))
                    .isEqualTo(mapper.readTree(mapper.writeValueAsString(value)));
        }
    }

    private static Object anyValue(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 5 : 7)) {
            case 0 -> random.nextBoolean();
            case 1 -> random.nextInt();
            case 2 -> random.nextLong();
            case 3 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            case 4 -> anyText(random);
            case 5 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(anyValue(random, depth + 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(anyText(random), anyValue(random, depth + 1));
                }
                yield map;
            }
        };
    }

    private static String anyText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            int[] some = {random.nextInt(32), '"', '\\', 'a', 0xe9, 0x20ac, 0x1f600, '/', ' '};
            text.appendCodePoint(some[random.nextInt(some.length)]);
        }
        return text.toString();
    }

    @Test
    void equalFieldsShareCachedAnswersAndOthersDoNot() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("a", 1);
        one.put("b", 2);
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("b", 2);
        other.put("a", 1);

        assertThat(identity(builder().extraBody("x", one).extraBody("y", 1)))
                .isEqualTo(identity(builder().extraBody("y", 1).extraBody("x", other)))
                .isNotEqualTo(identity(builder().extraBody("x", one).extraBody("y", 2)))
                .doesNotContain("a\":1");
        assertThat(identity(builder())).doesNotContain("extra");
    }

    private static String identity(DeepSeekBuilder builder) {
        try (DeepSeek model = builder.build()) {
            return model.identity().toString();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "messages",
                "model",
                "stream",
                "stream_options",
                "n",
                "max_tokens",
                "max_completion_tokens",
                "tools"
            })
    void refusesFieldsThatTheAdapterWrites(String name) {
        assertThatThrownBy(() -> DeepSeek.builder().extraBody(name, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the field " + name + " is written by the adapter");
    }

    @ParameterizedTest
    @CsvSource({"thinking, true", "response_format, true", "temperature, true", "reasoning_effort, false"})
    void refusesFieldsThatTheDialectWrites(String name, boolean refused) {
        DeepSeekBuilder builder = builder().extraBody(name, "x");
        if (refused) {
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the field " + name + " itself");
        } else {
            builder.build().close();
        }
    }

    @Test
    void refusesValuesThatAreNotPlain() {
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        List<Object> values = List.of(
                new Object(),
                Double.NaN,
                Float.POSITIVE_INFINITY,
                'c',
                Map.of(1, 2),
                List.of(new StringBuilder("x")),
                circle,
                "x".repeat(20_000),
                Collections.nCopies(9_000, 1),
                new int[1]);
        for (Object value : values) {
            assertThatThrownBy(() -> DeepSeek.builder().extraBody("x", value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .startsWith("extra fields ");
        }
    }

    @Test
    void refusesTheKeyAnywhereButInItsHeader() {
        List<UnaryOperator<DeepSeekBuilder>> mistakes = List.of(
                builder -> builder.extraBody("user", List.of(Texts.KEY)),
                builder -> builder.query("key", Texts.KEY),
                builder -> builder.path("/" + Texts.KEY + "/chat/completions"));
        for (UnaryOperator<DeepSeekBuilder> mistake : mistakes) {
            assertThatThrownBy(() -> mistake.apply(builder()).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("contains the API key")
                    .message()
                    .doesNotContain(Texts.KEY);
        }
    }

    @Test
    void showsNoHeaderAndNoKeyInAnyText() throws Exception {
        ByteArrayOutputStream egress = new ByteArrayOutputStream();
        StringBuilder sinks = new StringBuilder();
        try (LogCapture log = new LogCapture();
                EgressLog audit = EgressLog.to(egress)) {
            DeepSeekBuilder builder =
                    builder().header("x-note", SECRET).keyHeader("x-key").egressLog(audit);
            sinks.append(builder);
            try (DeepSeek model = builder.build()) {
                model.ask(Texts.question()).get(30, TimeUnit.SECONDS);
                server.script(Replies.response("401 Unauthorized", "", SECRET));
                RemoteException refused = Failures.of(model.ask(Texts.question()));
                assertThat(refused.reason()).isEqualTo(Reason.UNAUTHORIZED);
                sinks.append(model).append(model.identity()).append(Texts.of(refused));
            }
            sinks.append(log.text());
        }
        sinks.append(egress);

        assertThat(server.awaitRequest()).contains("x-note: " + SECRET, "x-key: " + Texts.KEY);
        assertThat(sinks.toString()).contains("Judge").doesNotContain(SECRET, Texts.KEY);
    }

    @Test
    void warmsUpWithTheSameHeadersAndQuery() throws Exception {
        try (DeepSeek model = builder().header("x-note", "1").query("v", "2").build()) {
            model.warmUp();
        }

        assertThat(server.awaitRequest())
                .startsWith("GET /base/models?v=2 HTTP/1.1")
                .contains("x-note: 1");
    }

    @Test
    void extraFieldsCountAsInputInTheQuote() {
        try (DeepSeek plain = builder().build();
                DeepSeek more = builder().extraBody("schema", "x".repeat(1_000)).build()) {
            long added = more.worstCostNanoUsd(Texts.question()).orElseThrow()
                    - plain.worstCostNanoUsd(Texts.question()).orElseThrow();
            long perToken = Dialect.DEEPSEEK
                    .prices()
                    .costNanoUsd("deepseek-flash", 0, 1, 0, Instant.now())
                    .orElseThrow();
            assertThat(added).isGreaterThanOrEqualTo(1_000 * perToken);
        }
    }

    @Test
    void refusesAVeryLongPathWithASentence() {
        String path = "/" + "a".repeat(20_000);
        assertThatThrownBy(() -> builder().path(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsTheKeyWithinAQueryAndInTheEndpoint() {
        assertThatThrownBy(() -> builder().query("auth", "Bearer " + Texts.KEY).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("API key");
        assertThatThrownBy(() -> DeepSeek.builder()
                        .apiKey(Texts.KEY)
                        .endpoint("https://gateway.example/" + Texts.KEY + "/v1")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("API key")
                .message()
                .doesNotContain(Texts.KEY);
    }
}
