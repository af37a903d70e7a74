package io.github.hybridinference.examples.ownmodel;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;
import com.anthropic.core.http.Interceptor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.BlockingChatModel;
import io.github.hybridinference.remote.ChatPrompt;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteReply.Finish;
import io.github.hybridinference.remote.RemoteRequest;
import io.github.hybridinference.testkit.contract.RemoteModelContract;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claude by its official client fulfils what every model owes the engine, before a simulated service. */
class ClaudeChatTest extends RemoteModelContract {
    private static final String KEY = "sk-ant-none";
    private static final String MODEL = "claude-haiku-4-5";

    private final WireMockServer server =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    private final Semaphore started = new Semaphore(0);
    private final Semaphore givenUp = new Semaphore(0);
    private final AnthropicClient client = start();
    private final BlockingChatModel model = ClaudeChat.over(client, MODEL)
            .prices(PriceTable.perMillionTokens().cachedInput("0.1").input("1").output("5"))
            .build();

    private AnthropicClient start() {
        server.start();
        return AnthropicOkHttpClient.builder()
                .baseUrl(server.baseUrl())
                .apiKey(KEY)
                .addInterceptor(Interceptor.syncOnly(this::watched))
                .build();
    }

    /** Counts the exchanges that begin, and those that end without a response. */
    private HttpResponse watched(HttpClient http, HttpRequest request, RequestOptions options) {
        started.release();
        try {
            return http.execute(request, options);
        } catch (RuntimeException noResponse) {
            givenUp.release();
            throw noResponse;
        }
    }

    @AfterEach
    void stop() {
        model.close();
        client.close();
        server.stop();
    }

    @Override
    protected RemoteModel modelOf(Service service) {
        answer(
                switch (service) {
                    case ANSWERS -> okJson(message("end_turn", 0));
                    case HANGS -> okJson(message("end_turn", 0)).withFixedDelay(20_000);
                    case FAILS -> aResponse().withStatus(529);
                    case REFUSES_THE_KEY -> aResponse().withStatus(401);
                });
        return model;
    }

    private void answer(ResponseDefinitionBuilder response) {
        server.stubFor(post("/v1/messages").willReturn(response));
    }

    private static String message(String reason, int cached) {
        return "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-haiku-4-5-20251001\","
                + "\"content\":[{\"type\":\"text\",\"text\":\"{}\",\"citations\":null}],\"stop_reason\":\"" + reason
                + "\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":100,\"cache_creation_input_tokens\":20,"
                + "\"cache_read_input_tokens\":" + cached + ",\"output_tokens\":40}}";
    }

    @Override
    protected void awaitRequest() throws Exception {
        assertThat(started.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    protected boolean awaitGivenUp() throws Exception {
        return givenUp.tryAcquire(10, TimeUnit.SECONDS);
    }

    /** OkHttp does not heed an interrupt while it waits for a response: the call ends at its deadline. */
    @Override
    protected Duration patienceOfTheCancelled() {
        return Duration.ofSeconds(2);
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn,STOP",
        "stop_sequence,STOP",
        "max_tokens,LENGTH",
        "refusal,CONTENT_FILTER",
        "tool_use,TOOL_CALLS",
        "pause_turn,UNKNOWN"
    })
    void passesOnWhyItStopped(String reason, Finish finish) throws Exception {
        answer(okJson(message(reason, 0)));

        assertThat(ask().finish()).isEqualTo(finish);
    }

    @Test
    void countsWhatWasReadFromTheCacheApart() throws Exception {
        answer(okJson(message("end_turn", 60)));

        RemoteReply reply = ask();

        long cost = 60 * 100 + 120 * 1_000 + 40 * 5_000;
        assertThat(reply.usage()).isEqualTo(new Usage(60, 120, 40, 0, OptionalLong.of(cost)));
        assertThat(reply.model()).isEqualTo("claude-haiku-4-5-20251001");
        assertThat(reply.text()).isEqualTo("{}");
    }

    @Test
    void sendsBothMessagesAndTriesOnce() throws Exception {
        answer(okJson(message("end_turn", 0)));
        ask();

        LoggedRequest request = server.getAllServeEvents().get(0).getRequest();
        JsonNode body = new ObjectMapper().readTree(request.getBody());
        assertThat(body.path("system").asText()).isEqualTo(ChatPrompt.STANDARD.text());
        assertThat(body.path("messages").path(0).path("content").asText()).startsWith("1h");
        assertThat(body.path("max_tokens").asInt()).isEqualTo(200);

        server.resetRequests();
        answer(aResponse().withStatus(529));
        assertThat(model.ask(request()).handle((reply, failure) -> failure).get(60, TimeUnit.SECONDS))
                .isNotNull();
        assertThat(server.getAllServeEvents()).hasSize(1);
    }

    private RemoteReply ask() throws Exception {
        return model.ask(request()).get(60, TimeUnit.SECONDS);
    }

    private static RemoteRequest request() {
        AnonymizedSnapshot snapshot = AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                .put(Feature.RSI_14, 27)
                .build();
        return new RemoteRequest(snapshot, Optional.empty(), Deadline.after(Duration.ofSeconds(30)), "decision-1");
    }
}
