package io.github.hybridinference.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.LogLevel;
import io.github.hybridinference.audit.EgressLog;
import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.Dialect;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteReply.Finish;
import io.github.hybridinference.remote.RemoteRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is the owner's client's and what is ours. The table of faults is in hybrid-deepseek, for both adapters. */
class OpenAiModelTest {
    private static final String KEY = "sk-canary-4f7a91c2e6b8";
    private static final String CANARY = "canary-of-the-service";
    private static final String GOOD =
            "{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"deepseek-flash\","
                    + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"{}\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":290,\"completion_tokens\":53,\"total_tokens\":343}}";

    private final WireMockServer server =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(post(anyUrl()).willReturn(okJson(GOOD)));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void usesTheOwnersHeadersAndAddsNoneThatTellOfTheMachine() throws Exception {
        OpenAIClient client =
                plain().putHeader("X-Team", "alpha").organization("org-1").build();
        try (OpenAiModel model = OpenAiModel.over(client).build()) {
            assertThat(ask(model).finish()).isEqualTo(Finish.STOP);
        } finally {
            client.close();
        }

        LoggedRequest sent = sent();
        assertThat(sent.getUrl()).isEqualTo("/chat/completions");
        assertThat(sent.getHeader("authorization")).isEqualTo("Bearer " + KEY);
        assertThat(sent.getHeader("x-team")).isEqualTo("alpha");
        assertThat(sent.getHeader("openai-organization")).isEqualTo("org-1");
        assertThat(sent.getHeaders().keys())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("x-stainless"));
        assertThat(sent.getHeaders().all().toString())
                .doesNotContain(System.getProperty("os.version"))
                .doesNotContain(System.getProperty("java.version"));
    }

    @Test
    void asksADeploymentAtAzureWithAzuresCredentials() throws Exception {
        OpenAIClient azure = OpenAIOkHttpClient.builder()
                .baseUrl(server.baseUrl())
                .credential(AzureApiKeyCredential.create(KEY))
                .azureServiceVersion(AzureOpenAIServiceVersion.fromString("2025-04-01-preview"))
                .build();
        try (OpenAiModel model = OpenAiModel.over(azure)
                .dialect(Dialect.OPENAI)
                .model("my-deployment")
                .prices(PriceTable.perMillionTokens()
                        .cachedInput("0.1")
                        .input("0.2")
                        .output("0.3"))
                .build()) {
            assertThat(ask(model).usage().costNanoUsd()).isPresent();
        } finally {
            azure.close();
        }

        assertThat(sent().getHeader("api-key")).isEqualTo(KEY);
        assertThat(sent().getBodyAsString())
                .contains("\"model\":\"my-deployment\"")
                .contains("max_completion_tokens")
                .doesNotContain("thinking");
    }

    @Test
    void leavesRetriesToTheEngine() {
        server.stubFor(post(anyUrl())
                .willReturn(aResponse()
                        .withStatus(503)
                        .withHeader("retry-after", "7")
                        .withBody(CANARY)));
        OpenAIClient client = plain().maxRetries(5).build();
        try (OpenAiModel model = OpenAiModel.over(client).build()) {
            RemoteException failure = failureOf(model.ask(request(Resolution.COARSE)));

            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
            assertThat(failure).hasNoCause().message().doesNotContain(CANARY);
        } finally {
            client.close();
        }
        assertThat(server.getAllServeEvents()).hasSize(1);
    }

    @Test
    void printsNoBodyWhateverTheClientsLogLevel() throws Exception {
        OpenAIClient client = plain().logLevel(LogLevel.DEBUG).build();
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (OpenAiModel model = OpenAiModel.over(client).build()) {
            ask(model);
        } finally {
            System.setErr(before);
            client.close();
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("rsi_14");
    }

    @Test
    void leavesTheClientOpen() throws Exception {
        OpenAIClient client = plain().build();
        try (OpenAiModel one = OpenAiModel.over(client).build()) {
            ask(one);
        }
        try (OpenAiModel other = OpenAiModel.over(client).build()) {
            assertThat(ask(other).finish()).isEqualTo(Finish.STOP);
        } finally {
            client.close();
        }
    }

    @Test
    void endsACancelledCallAtOnceThoughItsClientDoesNot() {
        server.stubFor(post(anyUrl()).willReturn(okJson(GOOD).withFixedDelay(2_000)));
        OpenAIClient client = plain().build();
        try (OpenAiModel model = OpenAiModel.over(client).build()) {
            CompletableFuture<RemoteReply> asked = model.ask(request(Resolution.COARSE));
            asked.cancel(true);

            assertThat(asked).isDone();
            assertThat(failureOf(asked).reason()).isEqualTo(Reason.CANCELLED);
        } finally {
            client.close();
        }
    }

    @Test
    void writesTheBodyThatIsSentIntoTheEgressLog() throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        OpenAIClient client = plain().build();
        try (EgressLog egress = EgressLog.to(log);
                OpenAiModel model = OpenAiModel.over(client).egressLog(egress).build()) {
            ask(model);
        } finally {
            client.close();
        }
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("decision-1")
                .contains("localhost:" + server.port())
                .contains("rsi_14");
    }

    @Test
    void warmingUpAsksForTheListOfModelsOnly() {
        server.stubFor(get(anyUrl()).willReturn(okJson("{\"object\":\"list\",\"data\":[]}")));
        OpenAIClient client = plain().build();
        try (OpenAiModel model = OpenAiModel.over(client).build()) {
            model.warmUp();
        } finally {
            client.close();
        }
        assertThat(server.getAllServeEvents())
                .extracting(event -> event.getRequest().getMethod() + " "
                        + event.getRequest().getUrl())
                .containsExactly("GET /models");
    }

    @Test
    void letsFineFiguresGoNowhereButToThisMachine() throws Exception {
        OpenAIClient elsewhere = OpenAIOkHttpClient.builder()
                .baseUrl("https://no-such-host.invalid")
                .apiKey(KEY)
                .build();
        OpenAIClient here = plain().build();
        try (OpenAiModel far =
                        OpenAiModel.over(elsewhere).dialect(Dialect.DEEPSEEK).build();
                OpenAiModel near = OpenAiModel.over(here).build()) {
            assertThat(failureOf(far.ask(request(Resolution.FINE))).reason()).isEqualTo(Reason.PRIVACY);
            assertThat(near.ask(request(Resolution.FINE))
                            .get(60, TimeUnit.SECONDS)
                            .finish())
                    .isEqualTo(Finish.STOP);
        } finally {
            elsewhere.close();
            here.close();
        }
    }

    @Test
    void refusesMistakesAtTheCallThatMakesThem() {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl("https://api.openai.com/v1")
                .apiKey(KEY)
                .build();
        try {
            assertThatThrownBy(() -> OpenAiModel.over(client).build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the client's base URL is not DeepSeek's: set dialect");
            assertThatThrownBy(() ->
                            OpenAiModel.over(client).dialect(Dialect.OPENAI).build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("set model");
            assertThatThrownBy(() -> OpenAiModel.over(client).maxInFlight(0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> OpenAiModel.over(client).model("a").model("b"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("model was already set");
        } finally {
            client.close();
        }
    }

    @Test
    void bringsNoNetty() {
        assertThatThrownBy(() -> Class.forName("io.netty.channel.Channel")).isInstanceOf(ClassNotFoundException.class);
    }

    private OpenAIOkHttpClient.Builder plain() {
        return OpenAIOkHttpClient.builder().baseUrl(server.baseUrl()).apiKey(KEY);
    }

    private LoggedRequest sent() {
        return server.getAllServeEvents().get(0).getRequest();
    }

    private static RemoteReply ask(OpenAiModel model) throws Exception {
        return model.ask(request(Resolution.COARSE)).get(60, TimeUnit.SECONDS);
    }

    private static RemoteRequest request(Resolution resolution) {
        AnonymizedSnapshot snapshot = AnonymizedSnapshot.builder(Timeframe.H1, resolution)
                .put(Feature.RSI_14, 27)
                .build();
        return new RemoteRequest(snapshot, Optional.empty(), Deadline.after(Duration.ofSeconds(60)), "decision-1");
    }

    private static RemoteException failureOf(CompletableFuture<RemoteReply> asked) {
        Throwable thrown = asked.handle((reply, failure) -> failure)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        assertThat(thrown).isInstanceOf(RemoteException.class);
        return (RemoteException) thrown;
    }
}
