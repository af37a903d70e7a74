package io.github.hybridinference.examples.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.hybridinference.lab.command.CommandContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command against services that work and others that do not: what it prints, its last line and its exit code. */
class CheckRunTest {
    private static final String KEY = "sk-canary-0123456789";

    private static final String ANSWER = "{\\\"action\\\":\\\"BUY\\\",\\\"confidence\\\":0.6,\\\"risk\\\":\\\"low\\\","
            + "\\\"stop_loss_pct\\\":2,\\\"take_profit_pct\\\":4,\\\"reasoning\\\":\\\"oversold\\\"}";

    /** What the service answers. */
    private record Answer(int status, String body) {}

    private Answer list = new Answer(200, "{\"object\":\"list\",\"data\":[]}");
    private Answer completion = new Answer(500, "");
    private HttpServer server;

    /** One run of the command: its exit code and what it printed. */
    private record Outcome(int code, List<String> out, String err) {
        JsonNode result() throws Exception {
            String last = out.get(out.size() - 1);
            assertThat(last).startsWith("RESULT {");
            return new ObjectMapper().readTree(last.substring("RESULT ".length()));
        }

        String text() {
            return String.join("\n", out);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/models", exchange -> answer(exchange, list));
        server.createContext("/chat/completions", exchange -> answer(exchange, completion));
        server.start();
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void saysThatAGoodServiceCanBeUsedAndWhatTheCheckCost() throws Exception {
        Outcome run = runAgainst(new Answer(200, completion(ANSWER)));

        assertThat(run.code()).isZero();
        assertThat(run.out().get(0)).matches("This check costs at most 0\\.\\d{7} US dollars\\.");
        assertThat(run.text()).contains("usable", "TLS").doesNotContain(KEY);
        JsonNode result = run.result();
        assertThat(result.get("reachable").asBoolean()).isTrue();
        assertThat(result.get("model").asText()).isEqualTo("deepseek-flash");
        assertThat(result.get("json").asBoolean()).isTrue();
        assertThat(result.get("thinking_off").asBoolean()).isTrue();
        assertThat(result.get("latency_ms").asDouble()).isPositive();
        assertThat(result.get("cost_usd").asDouble()).isPositive();
        assertThat(result.get("cause").isNull()).isTrue();
    }

    @Test
    void saysThatTheKeyIsWrong() throws Exception {
        list = new Answer(401, "");
        Outcome run = runAgainst(new Answer(401, ""));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.text()).contains("set a valid API key").doesNotContain(KEY);
        assertThat(run.result().get("cause").asText()).isEqualTo("UNAUTHORIZED");
        assertThat(run.result().get("cost_usd").asDouble()).isZero();
    }

    @Test
    void saysThatTheHostIsNotFound() throws Exception {
        Outcome run = run(Map.of("DEEPSEEK_API_KEY", KEY, "DEEPSEEK_BASE_URL", "https://nowhere.invalid"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.text()).contains("the host's name was not found (nowhere.invalid); check the base URL");
        assertThat(run.result().get("reachable").asBoolean()).isFalse();
        assertThat(run.result().get("model").isNull()).isTrue();
        assertThat(run.result().get("cause").asText()).isEqualTo("NAME_NOT_FOUND");
    }

    @Test
    void saysThatAPageAnswers() throws Exception {
        Outcome run = runAgainst(new Answer(200, "<html>Welcome</html>"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.text()).contains("is /v1 missing");
        assertThat(run.result().get("cause").asText()).isEqualTo("NOT_JSON");
        assertThat(run.result().get("cost_usd").isNull()).isTrue();
    }

    @Test
    void warnsOfAModelWithoutAPrice() throws Exception {
        Outcome run = runAgainst(new Answer(200, completion(ANSWER)), "DEEPSEEK_MODEL", "house-model");

        assertThat(run.code()).isZero();
        assertThat(run.out().get(0)).startsWith("No price is known");
        assertThat(run.text()).contains("set prices");
    }

    @Test
    void saysThatAServiceRepliesInProse() throws Exception {
        Outcome run = runAgainst(new Answer(200, completion("I would buy here.")));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.text()).contains("JSON mode");
        assertThat(run.result().get("json").asBoolean()).isFalse();
        assertThat(run.result().get("cause").asText()).isEqualTo("NO_OBJECT");
    }

    @Test
    void asksForTheKeyInOneSentence() {
        Outcome run = run(Map.of());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().strip())
                .startsWith("check: DEEPSEEK_API_KEY is not set")
                .hasLineCount(1);
    }

    @Test
    void checksASimulatedModelWithoutAKey() throws Exception {
        Outcome run = run(Map.of(), "--simulated");

        assertThat(run.code()).isZero();
        assertThat(run.out().get(0)).contains("costs nothing");
        assertThat(run.result().get("json").asBoolean()).isTrue();
    }

    private Outcome runAgainst(Answer answer, String... variables) {
        completion = answer;
        Map<String, String> environment = new HashMap<>(Map.of(
                "DEEPSEEK_API_KEY",
                KEY,
                "DEEPSEEK_BASE_URL",
                "http://127.0.0.1:" + server.getAddress().getPort()));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return run(environment);
    }

    private static Outcome run(Map<String, String> environment, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandContext context = new CommandContext(
                InputStream.nullInputStream(),
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                environment,
                System::nanoTime);
        int code = Check.run(context, args);
        return new Outcome(code, out.toString().lines().toList(), err.toString());
    }

    private static String completion(String content) {
        return "{\"id\":\"1\",\"object\":\"chat.completion\",\"model\":\"deepseek-flash\",\"choices\":[{\"index\":0,"
                + "\"message\":{\"role\":\"assistant\",\"content\":\"" + content + "\"},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":290,\"completion_tokens\":53,\"total_tokens\":343}}";
    }
}
