package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.EngineStats;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.deepseek.ScriptedServer.Script;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What gateways and other services reply, each over a socket and through an engine: what the caller gets, for how many
 * attempts, what it costs, and what health says.
 */
class ForeignRepliesTest {
    /** What a call costs: nothing, what the reply's counts say, or the most that each of its attempts could cost. */
    private enum Charge {
        NOTHING,
        SEEN,
        RESERVED
    }

    private static final String ZEROS = "{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}";

    static Stream<Arguments> replies() {
        return Stream.of(
                row("usage of zeros", usage(ZEROS), "BUY", 1, Charge.RESERVED, ""),
                row("no input", usage(tokens(0, 53)), "BUY", 1, Charge.RESERVED, ""),
                row("no output beside text", usage(tokens(290, 0)), "BUY", 1, Charge.RESERVED, ""),
                row("99 million tokens", usage(tokens(99_000_000, 53)), "BUY", 1, Charge.RESERVED, ""),
                row("more output than asked for", usage(tokens(290, 201)), "BUY", 1, Charge.RESERVED, ""),
                row("as much output as asked for", usage(tokens(290, 200)), "BUY", 1, Charge.SEEN, ""),
                row("finish null", finish("null"), "BUY", 1, Charge.SEEN, ""),
                row("finish eos", finish("\"eos\""), "BUY", 1, Charge.SEEN, ""),
                row("finish end_turn", finish("\"end_turn\""), "BUY", 1, Charge.SEEN, ""),
                row(
                        "finish absent",
                        good(body -> body.replace(",\"finish_reason\":\"stop\"", "")),
                        "BUY",
                        1,
                        Charge.SEEN,
                        ""),
                row("finish sensitive", finish("\"sensitive\""), "BAD_REPLY", 1, Charge.SEEN, ""),
                row("finish error", finish("\"error\""), "BAD_REPLY", 2, Charge.SEEN, ""),
                row(
                        "length behind the object",
                        content(CONTENT + "\\n".repeat(300), "\"length\""),
                        "BUY",
                        1,
                        Charge.SEEN,
                        ""),
                row("content in parts", parts(), "BUY", 1, Charge.SEEN, ""),
                row("HOLD with distances of 0", content(HOLD, "\"stop\""), "HOLD", 1, Charge.SEEN, ""),
                row("a refusal with an example", content(REFUSAL, "\"stop\""), "BAD_REPLY", 1, Charge.SEEN, ""),
                row("fractions for percents", content(FRACTIONS, "\"stop\""), "BAD_REPLY", 1, Charge.SEEN, ""),
                row("two envelopes", Replies.ok(Replies.GOOD + Replies.GOOD), "BAD_REPLY", 1, Charge.SEEN, ""),
                row(
                        "another choice",
                        good(body -> body.replace("\"index\":0", "\"index\":1")),
                        "BAD_REPLY",
                        1,
                        Charge.SEEN,
                        ""),
                row("choices twice", good(ForeignRepliesTest::withChoicesTwice), "BAD_REPLY", 1, Charge.SEEN, ""),
                row("error 402 in a 200", Replies.ok(error("402")), "UNPAID", 1, Charge.NOTHING, ""),
                row(
                        "error 401 in a 200",
                        Replies.ok(error("\"invalid_api_key\"")),
                        "UNAUTHORIZED",
                        1,
                        Charge.NOTHING,
                        ""),
                row("error 400 in a 200", Replies.ok(error("400")), "REJECTED", 1, Charge.NOTHING, "(status 400)"),
                row("error 429 in a 200", Replies.ok(error("429")), "RATE_LIMITED", 3, Charge.NOTHING, ""),
                row(
                        "an unknown error in a 200",
                        Replies.ok(error("\"odd\"")),
                        "UNAVAILABLE",
                        3,
                        Charge.NOTHING,
                        "the service reports an error"),
                row("400", response("400 Bad Request", "", ""), "REJECTED", 1, Charge.NOTHING, "(status 400)"),
                row("401", response("401 Unauthorized", "", ""), "UNAUTHORIZED", 1, Charge.NOTHING, ""),
                row("402", response("402 Payment Required", "", ""), "UNPAID", 1, Charge.NOTHING, ""),
                row("418", response("418 I'm a Teapot", "", ""), "REJECTED", 1, Charge.NOTHING, "(status 418)"),
                row("500", response("500 Server Error", "", ""), "UNAVAILABLE", 3, Charge.NOTHING, "(status 500)"),
                row("503", response("503 Unavailable", "", ""), "UNAVAILABLE", 3, Charge.NOTHING, "(status 503)"),
                row("an odd status", response("999 Denied", "", ""), "UNAVAILABLE", 3, Charge.NOTHING, "(status 599)"),
                row(
                        "429 with Retry-After 60",
                        response("429 Too Many Requests", "retry-after: 60\r\n", ""),
                        "RATE_LIMITED",
                        1,
                        Charge.NOTHING,
                        ""),
                row(
                        "no HTTP",
                        Replies.raw("SSH-2.0-OpenSSH_9.2\r\n\r\n"),
                        "UNAVAILABLE",
                        1,
                        Charge.RESERVED,
                        "does not speak HTTP"),
                row(
                        "a header of 100 KB",
                        response("200 OK", "x-large: " + "x".repeat(100_000) + "\r\n", "{}"),
                        "UNAVAILABLE",
                        1,
                        Charge.RESERVED,
                        "headers of the response are too large"),
                row("a connection that breaks", BREAKS_OFF, "UNAVAILABLE", 3, Charge.RESERVED, "the connection broke"),
                row("base_resp in a 200", Replies.ok(BASE_RESP), "UNPAID", 1, Charge.NOTHING, ""),
                row(
                        "a page",
                        response("200 OK", "", "<html><body>Welcome</body></html>"),
                        "UNAVAILABLE",
                        1,
                        Charge.RESERVED,
                        "is /v1 missing"),
                row(
                        "event streams only",
                        response("200 OK", "", "data: {\"choices\":[]}\n\n"),
                        "UNAVAILABLE",
                        1,
                        Charge.RESERVED,
                        "event stream"),
                row("gzip unasked", compressed("gzip"), "BUY", 1, Charge.SEEN, ""),
                row("deflate unasked", compressed("deflate"), "BUY", 1, Charge.SEEN, ""),
                row(
                        "an unknown encoding",
                        response("200 OK", "content-encoding: br\r\n", "x"),
                        "UNAVAILABLE",
                        1,
                        Charge.RESERVED,
                        "compressed"),
                row(
                        "301",
                        response("301 Moved Permanently", "location: https://api.example.org/v1\r\n", ""),
                        "REJECTED",
                        1,
                        Charge.NOTHING,
                        "redirects to api.example.org"),
                row(
                        "308 to an odd place",
                        response("308 Permanent Redirect", "location: //<script>/\r\n", ""),
                        "REJECTED",
                        1,
                        Charge.NOTHING,
                        "the service redirects; set"),
                row("404", response("404 Not Found", "", ""), "REJECTED", 1, Charge.NOTHING, "is /v1 missing"),
                row(
                        "407",
                        response("407 Proxy Authentication Required", "", ""),
                        "REJECTED",
                        1,
                        Charge.NOTHING,
                        "proxy"),
                row(
                        "400 of a model that only streams",
                        response(
                                "400 Bad Request",
                                "",
                                errorMessage("This model only support stream mode, please enable"
                                        + " the stream parameter to access the model. canary-text")),
                        "REJECTED",
                        1,
                        Charge.NOTHING,
                        "event streams only"),
                row(
                        "400 of a model that thinks",
                        response(
                                "400 Bad Request",
                                "",
                                errorMessage(
                                        "parameter.enable_thinking must be set to false for" + " non-streaming calls")),
                        "REJECTED",
                        1,
                        Charge.NOTHING,
                        "switch thinking off"),
                row(
                        "another 400",
                        response("400 Bad Request", "", errorMessage("Upstream said no.")),
                        "REJECTED",
                        1,
                        Charge.NOTHING,
                        ""),
                row("413", response("413 Payload Too Large", "", ""), "REJECTED", 1, Charge.NOTHING, "too large"),
                row(
                        "a firewall's 403",
                        response(
                                "403 Forbidden",
                                "server: cloudflare\r\ncontent-type: text/plain\r\n",
                                "error code: 1010"),
                        "REJECTED",
                        1,
                        Charge.NOTHING,
                        "firewall"),
                row(
                        "the service's own 403",
                        response("403 Forbidden", "server: cloudflare\r\ncontent-type: application/json\r\n", "{}"),
                        "UNAUTHORIZED",
                        1,
                        Charge.NOTHING,
                        ""));
    }

    private static String errorMessage(String message) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"invalid_request_error\"}}";
    }

    private static final Script BREAKS_OFF = (socket, out) -> {
        Replies.raw("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{").answer(socket, out);
        out.flush();
        socket.close();
    };
    private static final String CONTENT = Replies.CONTENT;
    private static final String HOLD = CONTENT.replace("BUY", "HOLD")
            .replace("stop_loss_pct\\\":2", "stop_loss_pct\\\":0")
            .replace("take_profit_pct\\\":4", "take_profit_pct\\\":0");
    private static final String REFUSAL = "I can't advise. If I could: " + CONTENT + " - please consult an advisor.";
    private static final String FRACTIONS = CONTENT.replace("stop_loss_pct\\\":2", "stop_loss_pct\\\":0.02");
    private static final String BASE_RESP =
            "{\"id\":\"x\",\"choices\":null,\"base_resp\":{\"status_code\":1008,\"status_msg\":\"insufficient balance\"}}";

    @ParameterizedTest(name = "{0}")
    @MethodSource("replies")
    void isReadAsItIsMeant(String name, Script script, String outcome, int attempts, Charge charge, String cause) {
        try (ScriptedServer server = new ScriptedServer(script);
                InferenceEngine engine = engine(server.url())) {
            Inference answer = engine.infer(Texts.market(1));
            EngineStats stats = engine.stats();
            String health = engine.health()
                    .component("deepseek-flash")
                    .map(EngineHealth.Component::detail)
                    .orElseThrow();

            if (answer.source() == Source.REMOTE) {
                assertThat(answer.signal().action()).isEqualTo(Action.valueOf(outcome));
            } else {
                assertThat(answer.degradation().map(Enum::name)).contains(outcome);
            }
            assertThat(stats.upstreamAttempts()).isEqualTo(attempts);
            assertThat(health).contains(cause).doesNotContain(Texts.KEY).doesNotContain("script>");
            assertThat(cause.isEmpty()).isEqualTo(!health.contains(";"));
            assertThat(stats.failureCauses().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(cause.isEmpty() ? 0 : attempts);
            assertThat(answer.latency()).isLessThan(Duration.ofSeconds(10)); // nothing waits for a time-out
            assertThat(stats.totalCostNanoUsd())
                    .isEqualTo(engine.stats().budget().spentNanoUsd());
            switch (charge) {
                case NOTHING -> {
                    assertThat(stats.totalCostNanoUsd()).isZero();
                    assertThat(answer.usage().costNanoUsd()).hasValue(0);
                }
                case SEEN -> {
                    assertThat(answer.usage().costNanoUsd()).hasValue(stats.totalCostNanoUsd());
                    assertThat(stats.totalCostNanoUsd()).isPositive();
                    assertThat(stats.unseenCostNanoUsd()).isZero();
                }
                case RESERVED -> {
                    assertThat(stats.unseenCostNanoUsd()).isPositive();
                    assertThat(stats.totalCostNanoUsd()).isEqualTo(stats.unseenCostNanoUsd());
                    assertThat(answer.usage().costNanoUsd()).isEmpty();
                }
            }
        }
    }

    /** A pause in milliseconds that cannot be read does not hide the one in seconds. */
    @Test
    void waitsAsLongAsItIsToldWhereAnotherHeaderIsJunk() {
        Script limited = response("429 Too Many Requests", "retry-after-ms: soon\r\nretry-after: 1\r\n", "");
        AtomicInteger requests = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((socket, out) ->
                        (requests.getAndIncrement() == 0 ? limited : Replies.ok(Replies.GOOD)).answer(socket, out));
                InferenceEngine engine = engine(server.url())) {
            Inference answer = engine.infer(Texts.market(1));
            assertThat(answer.source()).isEqualTo(Source.REMOTE);
            assertThat(answer.latency()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(requests).hasValue(2);
        }
    }

    @Test
    void asksNobodyForAsLongAsTheServiceSaid() {
        try (ScriptedServer server = new ScriptedServer(response("429 Too Many Requests", "retry-after: 60\r\n", ""));
                InferenceEngine engine = engine(server.url())) {
            for (int i = 0; i < 8; i++) {
                assertThat(engine.infer(Texts.market(i)).degradation()).contains(Degradation.RATE_LIMITED);
            }
            assertThat(server.requests()).isEqualTo(1);
            assertThat(engine.health().component("deepseek-flash").orElseThrow().detail())
                    .contains("asked to wait");
        }
    }

    private static InferenceEngine engine(String url) {
        return InferenceEngine.builder()
                .remote(DeepSeek.builder().apiKey(Texts.KEY).endpoint(url).build())
                .timeout(Duration.ofSeconds(30))
                .budget(Budget.perDay("1"))
                .ownParts()
                .build();
    }

    private static Arguments row(
            String name, Script script, String outcome, int attempts, Charge charge, String cause) {
        return Arguments.of(name, script, outcome, attempts, charge, cause);
    }

    private static Script good(UnaryOperator<String> change) {
        return Replies.ok(change.apply(Replies.GOOD));
    }

    private static Script usage(String usage) {
        return good(body -> body.replace(Replies.USAGE, "\"usage\":" + usage));
    }

    private static String tokens(long input, long output) {
        return "{\"prompt_tokens\":" + input + ",\"completion_tokens\":" + output + "}";
    }

    private static Script finish(String json) {
        return Replies.ok(Replies.completion('"' + CONTENT + '"', json));
    }

    private static Script content(String text, String finish) {
        return Replies.ok(Replies.completion('"' + text + '"', finish));
    }

    private static Script parts() {
        int half = CONTENT.indexOf("confidence");
        String json = "[{\"type\":\"thinking\",\"text\":\"SELL\"},{\"type\":\"text\",\"text\":\""
                + CONTENT.substring(0, half) + "\"},{\"type\":\"text\",\"text\":\"" + CONTENT.substring(half) + "\"}]";
        return Replies.ok(Replies.completion(json, "\"stop\""));
    }

    private static String withChoicesTwice(String body) {
        int start = body.indexOf("\"choices\"");
        int end = body.indexOf("\"usage\"");
        return body.substring(0, end) + body.substring(start, end) + body.substring(end);
    }

    private static String error(String code) {
        return "{\"error\":{\"code\":" + code + ",\"message\":\"no\"}}";
    }

    private static Script response(String status, String headers, String body) {
        return Replies.response(status, headers, body);
    }

    private static Script compressed(String encoding) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out =
                encoding.equals("gzip") ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
            out.write(Replies.GOOD.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        String head =
                "HTTP/1.1 200 OK\r\ncontent-encoding: " + encoding + "\r\ncontent-length: " + bytes.size() + "\r\n\r\n";
        return (socket, out) -> {
            out.write(head.getBytes(StandardCharsets.UTF_8));
            bytes.writeTo(out);
        };
    }
}
