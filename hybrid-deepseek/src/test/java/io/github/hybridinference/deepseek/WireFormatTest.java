package io.github.hybridinference.deepseek;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.remote.ChatPrompt;
import io.github.hybridinference.remote.Dialect;
import io.github.hybridinference.remote.Dialect.Effort;
import io.github.hybridinference.remote.Dialect.Output;
import io.github.hybridinference.remote.Dialect.Thinking;
import io.github.hybridinference.remote.RemoteRequest;
import io.github.hybridinference.remote.ReplyProblem;
import io.github.hybridinference.remote.ReplySchema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireFormatTest {
    private static final String QUESTION =
            "1h crypto\\n{\\\"rsi_14\\\":27,\\\"rsi_14_4h\\\":41,\\\"bb_percent_b\\\":0.05,"
                    + "\\\"%\\\":{\\\"macd_hist\\\":-0.04,\\\"volatility\\\":2.2}}";

    private final WireMockServer server =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(post(WireMock.anyUrl()).willReturn(okJson(Replies.GOOD)));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void sendsExactlyTheseBytes() throws Exception {
        LoggedRequest request = ask(DeepSeek.builder(), Texts.question());

        String prompt = new ObjectMapper().writeValueAsString(ChatPrompt.STANDARD.text());
        assertThat(request.getBodyAsString())
                .isEqualTo("{\"messages\":[{\"content\":" + prompt + ",\"role\":\"system\"},{\"content\":\"" + QUESTION
                        + "\",\"role\":\"user\"}],\"model\":\"deepseek-flash\",\"max_tokens\":200,"
                        + "\"response_format\":{\"type\":\"json_object\"},\"temperature\":0.0,"
                        + "\"thinking\":{\"type\":\"disabled\"}}");
        assertThat(request.getUrl()).isEqualTo("/chat/completions");
    }

    @Test
    void sendsNoHeaderThatTellsOfTheMachine() throws Exception {
        LoggedRequest request = ask(DeepSeek.builder(), Texts.question());

        assertThat(request.getHeaders().all())
                .extracting(header -> header.key().toLowerCase(java.util.Locale.ROOT) + "=" + header.firstValue())
                .containsExactlyInAnyOrder(
                        "host=127.0.0.1:" + server.port(),
                        "accept=application/json",
                        "content-type=application/json",
                        "user-agent=hybrid-inference",
                        "authorization=Bearer " + Texts.KEY,
                        "content-length=" + request.getBody().length);
    }

    @Test
    void putsTheComplaintLastAndLeavesTheRestAsItWas() throws Exception {
        RemoteRequest again = new RemoteRequest(
                Texts.snapshot(),
                Optional.of(ReplyProblem.TRUNCATED),
                Deadline.after(Duration.ofSeconds(20)),
                "decision-1");

        String first = ask(DeepSeek.builder(), Texts.question()).getBodyAsString();
        String second = ask(DeepSeek.builder(), again).getBodyAsString();

        assertThat(second).isEqualTo(first.replace(QUESTION, QUESTION + "\\n" + ReplyProblem.TRUNCATED.complaint()));
    }

    @Test
    void sendsTheOwnersPromptInPlaceOfOurs() throws Exception {
        LoggedRequest request = ask(DeepSeek.builder().prompt("mine", "Reply in \"json\".\n"), Texts.question());

        assertThat(request.getBodyAsString())
                .startsWith("{\"messages\":[{\"content\":\"Reply in \\\"json\\\".\",\"role\":\"system\"},");
    }

    private static final String JSON = "'response_format':{'type':'json_object'}";

    static List<Expected> dialects() {
        return List.of(
                new Expected(
                        Dialect.DEEPSEEK,
                        "{'max_tokens':200," + JSON + ",'temperature':0.0,'thinking':{'type':'disabled'}}"),
                new Expected(
                        Dialect.DEEPSEEK.withEffort(Effort.DEFAULT),
                        "{'max_tokens':4096," + JSON + ",'temperature':0.0,'thinking':{'type':'enabled'}}"),
                new Expected(
                        Dialect.DEEPSEEK.withEffort(Effort.MINIMAL),
                        "{'max_tokens':4096," + JSON
                                + ",'temperature':0.0,'thinking':{'type':'enabled'},'reasoning_effort':'low'}"),
                new Expected(
                        Dialect.DEEPSEEK.withEffort(Effort.LOW),
                        "{'max_tokens':4096," + JSON
                                + ",'temperature':0.0,'thinking':{'type':'enabled'},'reasoning_effort':'low'}"),
                new Expected(
                        Dialect.DEEPSEEK.withEffort(Effort.MEDIUM),
                        "{'max_tokens':4096," + JSON
                                + ",'temperature':0.0,'thinking':{'type':'enabled'},'reasoning_effort':'high'}"),
                new Expected(
                        Dialect.DEEPSEEK.withEffort(Effort.HIGH),
                        "{'max_tokens':4096," + JSON
                                + ",'temperature':0.0,'thinking':{'type':'enabled'},'reasoning_effort':'high'}"),
                new Expected(
                        Dialect.DEEPSEEK.withEffort(Effort.XHIGH),
                        "{'max_tokens':4096," + JSON
                                + ",'temperature':0.0,'thinking':{'type':'enabled'},'reasoning_effort':'high'}"),
                new Expected(
                        Dialect.DEEPSEEK.withEffort(Effort.MAX),
                        "{'max_tokens':4096," + JSON
                                + ",'temperature':0.0,'thinking':{'type':'enabled'},'reasoning_effort':'max'}"),
                new Expected(Dialect.OPENAI, "{'max_completion_tokens':200," + JSON + ",'temperature':0.0}"),
                new Expected(
                        Dialect.OPENAI
                                .withoutTemperature()
                                .withThinking(Thinking.EFFORT)
                                .withEffort(Effort.MINIMAL),
                        "{'max_completion_tokens':4096," + JSON + ",'reasoning_effort':'minimal'}"),
                new Expected(
                        Dialect.OPENAI.withoutTemperature().withThinking(Thinking.EFFORT),
                        "{'max_completion_tokens':200," + JSON + ",'reasoning_effort':'none'}"),
                new Expected(Dialect.AZURE, "{'max_completion_tokens':200," + JSON + ",'temperature':0.0}"),
                new Expected(
                        Dialect.GEMINI, "{'max_tokens':200," + JSON + ",'temperature':0.0,'reasoning_effort':'none'}"),
                new Expected(
                        Dialect.GEMINI_3,
                        "{'max_tokens':4096," + JSON + ",'temperature':0.0,'reasoning_effort':'low'}"),
                new Expected(Dialect.QWEN, "{'max_tokens':200," + JSON + ",'temperature':0.0,'enable_thinking':false}"),
                new Expected(
                        Dialect.KIMI,
                        "{'max_tokens':200," + JSON + ",'temperature':0.6,'thinking':{'type':'disabled'}}"),
                new Expected(Dialect.KIMI_THINKING, "{'max_tokens':4096," + JSON + ",'temperature':1.0}"),
                new Expected(
                        Dialect.GLM,
                        "{'max_tokens':200," + JSON + ",'temperature':0.0,'thinking':{'type':'disabled'}}"),
                new Expected(
                        Dialect.DOUBAO,
                        "{'max_completion_tokens':200," + JSON + ",'temperature':0.0,'thinking':{'type':'disabled'}}"),
                new Expected(
                        Dialect.OPENROUTER,
                        "{'max_tokens':200," + JSON + ",'temperature':0.0,'reasoning_effort':'none'}"),
                new Expected(Dialect.CLAUDE, "{'max_tokens':200}"),
                new Expected(
                        Dialect.OLLAMA, "{'max_tokens':200," + JSON + ",'temperature':0.0,'reasoning_effort':'none'}"),
                new Expected(
                        Dialect.VLLM,
                        "{'max_tokens':200," + JSON
                                + ",'temperature':0.0,'chat_template_kwargs':{'enable_thinking':false}}"),
                new Expected(
                        Dialect.VLLM.withEffort(Effort.DEFAULT),
                        "{'max_tokens':4096," + JSON
                                + ",'temperature':0.0,'chat_template_kwargs':{'enable_thinking':true}}"),
                new Expected(
                        Dialect.LLAMA_CPP,
                        "{'max_tokens':200," + JSON
                                + ",'temperature':0.0,'chat_template_kwargs':{'enable_thinking':false}}"),
                new Expected(
                        Dialect.VLLM.withOutput(Output.JSON_SCHEMA),
                        "{'max_tokens':200,'response_format':{'type':'json_schema','json_schema':{'name':'signal',"
                                + "'strict':true,'schema':" + ReplySchema.JSON + "}},'temperature':0.0,"
                                + "'chat_template_kwargs':{'enable_thinking':false}}"));
    }

    @Test
    void expectsSomethingOfEachPreset() {
        assertThat(dialects()).extracting(Expected::dialect).containsAll(Presets.ALL);
    }

    /** What a dialect sends besides the model and the messages. */
    record Expected(Dialect dialect, String json) {}

    @ParameterizedTest
    @MethodSource("dialects")
    void speaksEachDialect(Expected expected) throws Exception {
        LoggedRequest request =
                ask(DeepSeek.builder().dialect(expected.dialect()).model("some-model"), Texts.question());

        ObjectMapper mapper = new ObjectMapper();
        JsonNode body = mapper.readTree(request.getBody());
        assertThat(body.path("model").asText()).isEqualTo("some-model");
        ((com.fasterxml.jackson.databind.node.ObjectNode) body).remove(List.of("model", "messages"));
        assertThat(body).isEqualTo(mapper.readTree(expected.json().replace('\'', '"')));
    }

    @Test
    void keepsThePathOfTheEndpoint() throws Exception {
        try (DeepSeek model = DeepSeek.builder()
                .endpoint(server.baseUrl() + "/v1beta/openai/")
                .build()) {
            model.ask(Texts.question()).get(30, TimeUnit.SECONDS);
        }

        assertThat(server.getAllServeEvents().get(0).getRequest().getUrl())
                .isEqualTo("/v1beta/openai/chat/completions");
    }

    @Test
    void sendsNoAuthorizationWithoutAKey() throws Exception {
        try (DeepSeek model = DeepSeek.builder().endpoint(server.baseUrl()).build()) {
            model.ask(Texts.question()).get(30, TimeUnit.SECONDS);
        }

        assertThat(server.getAllServeEvents().get(0).getRequest().getHeaders().all())
                .extracting(HttpHeader::key)
                .noneMatch(name -> name.equalsIgnoreCase("authorization"));
    }

    @Test
    void warmingUpAsksForTheListOfModelsOnly() {
        try (DeepSeek model =
                DeepSeek.builder().apiKey(Texts.KEY).endpoint(server.baseUrl()).build()) {
            model.warmUp();
        }

        assertThat(server.getAllServeEvents())
                .extracting(event -> event.getRequest().getMethod() + " "
                        + event.getRequest().getUrl())
                .containsExactly("GET /models");
    }

    private LoggedRequest ask(DeepSeekBuilder builder, RemoteRequest question) throws Exception {
        server.resetRequests();
        try (DeepSeek model = builder.apiKey(Texts.KEY)
                .endpoint("http://127.0.0.1:" + server.port())
                .build()) {
            model.ask(question).get(30, TimeUnit.SECONDS);
        }
        return server.getAllServeEvents().get(0).getRequest();
    }
}
