package io.github.hybridinference.testkit.standin;

import static io.github.hybridinference.testkit.standin.StandInClient.content;
import static io.github.hybridinference.testkit.standin.StandInClient.finishReason;
import static io.github.hybridinference.testkit.standin.StandInClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandInTest {

    private static final String FIGURES =
            "{\"rsi_14\":27.4,\"macd_pct\":-0.19,\"bb_percent_b\":0.12,\"volatility_pct\":2.1}";

    private final StandIn standIn = StandIn.builder().start();
    private final StandInClient client = new StandInClient(standIn);

    @AfterEach
    void close() {
        standIn.close();
    }

    @Test
    void repliesInTheShapeOfTheService() {
        HttpResponse<String> response = client.ask(FIGURES);
        JsonNode reply = json(response);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.headers().firstValue("x-ds-trace-id"))
                .hasValue(reply.path("id").textValue());
        assertThat(reply.path("object").textValue()).isEqualTo("chat.completion");
        assertThat(reply.path("created").isIntegralNumber()).isTrue();
        assertThat(reply.at("/choices/0/message/role").textValue()).isEqualTo("assistant");
        assertThat(finishReason(response)).isEqualTo("stop");
        assertThat(reply.at("/usage/completion_tokens_details/reasoning_tokens").intValue())
                .isZero();
    }

    @Test
    void saysInModelAndReasoningThatItIsSimulated() {
        HttpResponse<String> response = client.ask(FIGURES);

        assertThat(json(response).path("model").textValue()).isEqualTo("deepseek-flash-simulated");
        assertThat(json(content(response)).path("reasoning").textValue()).startsWith("simulated model:");
    }

    @Test
    void answersTheSameQuestionAlike() {
        assertThat(content(client.ask(FIGURES))).isEqualTo(content(client.ask(FIGURES)));
        assertThat(content(client.ask("{\"rsi_14\":81}"))).isNotEqualTo(content(client.ask(FIGURES)));
    }

    @Test
    void takesTheFiguresOfTheLastMessageOfTheUser() {
        HttpResponse<String> response = client.ask(body -> body.withArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", "Mind the format. {\"rsi_14\":90}"));

        assertThat(content(response)).contains("{\"rsi_14\":90}");
    }

    @Test
    void readsContentGivenAsParts() {
        HttpResponse<String> response = client.ask(body -> {
            ObjectNode message = body.putArray("messages").addObject().put("role", "user");
            message.putArray("content").addObject().put("type", "text").put("text", "json for {\"rsi_14\":64}");
        });

        assertThat(content(response)).contains("{\"rsi_14\":64}");
    }

    @Test
    void countsTheSystemMessageAsCachedFromTheSecondCallOnInWholeBlocks() {
        JsonNode first = json(client.ask(FIGURES)).path("usage");
        JsonNode second = json(client.ask("{\"rsi_14\":55}")).path("usage");

        int systemBlocks = TokenEstimate.estimate(StandInClient.SYSTEM) / PrefixCache.BLOCK;
        assertThat(systemBlocks).isPositive();
        assertThat(first.path("prompt_cache_hit_tokens").intValue()).isZero();
        assertThat(first.path("prompt_cache_miss_tokens")).isEqualTo(first.path("prompt_tokens"));
        assertThat(second.path("prompt_cache_hit_tokens").intValue()).isEqualTo(systemBlocks * PrefixCache.BLOCK);
        assertThat(second.path("prompt_cache_hit_tokens").intValue()
                        + second.path("prompt_cache_miss_tokens").intValue())
                .isEqualTo(second.path("prompt_tokens").intValue());
        assertThat(second.path("total_tokens").intValue())
                .isEqualTo(second.path("prompt_tokens").intValue()
                        + second.path("completion_tokens").intValue());
    }

    @Test
    void thinksAndChargesForItUnlessToldNotTo() {
        JsonNode reply = json(client.ask(body -> body.remove("thinking")));

        assertThat(reply.at("/choices/0/message/reasoning_content").textValue()).startsWith("simulated model:");
        int reasoning =
                reply.at("/usage/completion_tokens_details/reasoning_tokens").intValue();
        assertThat(reasoning)
                .isPositive()
                .isLessThan(reply.at("/usage/completion_tokens").intValue());
    }

    @Test
    void stopsAtTheLimitOfTokens() {
        HttpResponse<String> response = client.ask(body -> body.put("max_tokens", 10));

        assertThat(finishReason(response)).isEqualTo("length");
        assertThat(json(response).at("/usage/completion_tokens").intValue()).isEqualTo(10);
    }

    @Test
    void refusesACallWithoutToken() {
        HttpRequest.Builder request = HttpRequest.newBuilder(standIn.baseUrl().resolve("/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"));

        assertThat(client.send(request).statusCode()).isEqualTo(401);
        assertThat(client.send(request.setHeader("Authorization", "Bearer ")).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"model\":",
                "[]",
                "{}",
                "{\"model\":\"deepseek-flash\"}",
                "{\"model\":\"deepseek-flash\",\"messages\":[]}",
                "{\"model\":\"deepseek-chat\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "{\"model\":\"deepseek-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} {}",
            })
    void refusesABodyItCannotUse(String body) {
        HttpResponse<String> response = client.send(client.post(body));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/type").textValue()).isEqualTo("invalid_request_error");
    }

    @Test
    void refusesFormatsThatTheServiceRefuses() {
        assertThat(client.ask(body -> body.putObject("response_format").put("type", "json_schema"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.ask(body -> body.putArray("messages")
                                .addObject()
                                .put("role", "user")
                                .put("content", "no such word"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void servesModelsBalanceAndOldPaths() {
        assertThat(json(client.get("/models")).at("/data/0/id").textValue()).isEqualTo("deepseek-flash");
        assertThat(json(client.get("/user/balance")).path("is_available").booleanValue())
                .isTrue();
        assertThat(client.send(client.request("/v1/chat/completions")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        StandInClient.question(FIGURES).toString())))
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.get("/elsewhere").statusCode()).isEqualTo(404);
    }

    @Test
    void countsChatCallsAndReusesConnections() {
        client.get("/models");
        client.ask(FIGURES);
        client.send(client.post("not json"));

        assertThat(standIn.requests()).isEqualTo(2);
        assertThat(standIn.openConnections()).isEqualTo(1);
        assertThat(standIn.stats().connections()).isEqualTo(1);
        assertThat(json(client.get("/stand-in/stats")).path("answered").intValue())
                .isEqualTo(2);
    }
}
