package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.testkit.standin.Behaviour;
import io.github.hybridinference.testkit.standin.StandIn;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServiceTest {
    @TempDir
    private Path directory;

    private RunningService running;

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    private Client rulesOnly(String... variables) throws CommandException {
        running = RunningService.rulesOnly(variables);
        return running.client;
    }

    private Client before(StandIn.Builder standIn, String... variables) throws CommandException {
        running = RunningService.before(standIn.start(), variables);
        return running.client;
    }

    @Test
    void answersAPlainQuestionByTheRules() throws CommandException {
        Client.Reply reply = rulesOnly().infer(Bodies.plain());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().fieldNames())
                .toIterable()
                .containsExactly(
                        "decision_id",
                        "signal",
                        "confidence",
                        "risk_level",
                        "stop_loss_pct",
                        "take_profit_pct",
                        "reasoning",
                        "source",
                        "scenario",
                        "scenario_reason",
                        "degradation",
                        "model",
                        "prompt_version",
                        "latency_ms",
                        "cost_usd",
                        "tokens",
                        "valid_until",
                        "fields_dropped",
                        "system_fingerprint",
                        "evidence",
                        "commentary");
        assertThat(reply.json().get("source").asText()).isEqualTo("LOCAL");
        assertThat(reply.json().get("scenario").asText()).isEqualTo("SIMPLE");
        assertThat(reply.json().get("degradation").isNull()).isTrue();
    }

    /** A model that this version has no price for, under a hard cap. */
    @ParameterizedTest
    @ValueSource(strings = {"netty", "openai-java"})
    void asksAnotherModelUnderACapOnceItsPricesAreSet(String modelClient) throws CommandException, IOException {
        Client without = before(
                StandIn.builder(),
                "MODEL_CLIENT",
                modelClient,
                "MODEL_DIALECT",
                "openai",
                "DEEPSEEK_MODEL",
                "model-a",
                "DAILY_BUDGET_USD",
                "1");
        assertThat(without.get("/health").json().at("/details/prices").asText()).contains("no price is known");
        assertThat(without.get("/health").json().at("/status").asText()).isEqualTo("degraded");
        assertThat(without.infer(Bodies.hard(1.1)).json().get("degradation").asText())
                .isEqualTo("BUDGET");

        Queue<String> gateway = new ConcurrentLinkedQueue<>();
        Path file = directory.resolve("prices.csv");
        Files.writeString(file, "model,from,to,hours,cache_hit,cache_miss,output\n*,2026-01-01,,,1,2,3\n");
        running.close();
        Client with = before(
                StandIn.builder().script(request -> {
                    gateway.add(request.headers().getOrDefault("x-gateway", ""));
                    return Behaviour.answer();
                }),
                "MODEL_CLIENT",
                modelClient,
                "MODEL_DIALECT",
                "openai",
                "DEEPSEEK_MODEL",
                "model-a",
                "DAILY_BUDGET_USD",
                "1",
                "MODEL_PRICES_FILE",
                file.toString(),
                "MODEL_HEADERS",
                "x-gateway=canary-header",
                "MODEL_QUERY",
                "api-version=1");
        JsonNode answer = with.infer(Bodies.hard(1.1)).json();
        assertThat(answer.get("source").asText()).isEqualTo("REMOTE");
        assertThat(answer.get("cost_usd").asDouble()).isPositive();
        assertThat(gateway).containsExactly("canary-header");
        assertThat(with.get("/health").body() + with.get("/stats").body()).doesNotContain("canary-header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"netty", "openai-java"})
    void asksTheModelOnceAndRemembers(String modelClient) throws CommandException {
        Client client = before(StandIn.builder(), "MODEL_CLIENT", modelClient);

        JsonNode first = client.infer(Bodies.hard(1.1)).json();
        JsonNode second = client.infer(Bodies.hard(1.1)).json();

        assertThat(first.get("source").asText()).isEqualTo("REMOTE");
        assertThat(first.get("tokens").asLong()).isPositive();
        assertThat(first.get("cost_usd").asDouble()).isPositive();
        assertThat(second.get("source").asText()).isEqualTo("CACHE");
        assertThat(second.get("cost_usd").asDouble()).isZero();
        assertThat(second.get("decision_id")).isNotEqualTo(first.get("decision_id"));
    }

    @Test
    void takesEachFieldOfADocumentedRequest() throws CommandException {
        JsonNode answer = rulesOnly()
                .infer("{\"symbol\":\"BTC-USDT\",\"timeframe\":\"1h\",\"market_data\":{\"price\":64120.5,"
                        + "\"volume_ratio\":1.9,\"volatility_pct\":2.1,\"price_change_1h_pct\":-0.8},"
                        + "\"features\":{\"rsi_14\":27.4,\"macd\":-120.3,\"macd_signal\":-98.1,\"bb_lower\":63900,"
                        + "\"bb_middle\":64800,\"bb_upper\":65700},\"sentiment_data\":{\"fear_greed_index\":31},"
                        + "\"on_chain_data\":{\"exchange_netflow_zscore\":1.2},\"timeout_ms\":800}")
                .json();

        assertThat(answer.get("fields_dropped").asInt()).isZero();
        assertThat(answer.get("confidence").asDouble()).isPositive();
    }

    @Test
    void acceptsCamelCaseAndDropsWhatItDoesNotKnow() throws CommandException {
        Client client = rulesOnly();

        JsonNode answer = client.infer("{\"symbol\":\"BTC-USDT\",\"timeframe\":\"1h\",\"marketData\":"
                        + "{\"price\":64120.5,\"volumeRatio\":1.9,\"volatilityPct\":1.1,\"accountId\":42,\"mood\":3},"
                        + "\"features\":{\"rsi14\":17},\"timeoutMs\":800,\"extra\":{\"deep\":[1]}}")
                .json();

        assertThat(answer.get("source").asText()).isEqualTo("LOCAL");
        // beside an account's field a bare price and volume ratio may be the account's too
        assertThat(answer.get("fields_dropped").asInt()).isEqualTo(5);
        assertThat(client.get("/stats").json().get("sensitive_fields_blocked").asInt())
                .isEqualTo(3);
    }

    @Test
    void readsTheNamesOfTheVocabularyThatIsNamed() throws CommandException {
        Client client = rulesOnly();
        String figures = "\"timeframe\":\"1h\",\"features\":{\"CCI\":120,\"SLOWK\":17,\"ROC\":2.5}}";

        assertThat(client.infer("{\"symbol\":\"A\"," + figures)
                        .json()
                        .get("fields_dropped")
                        .asInt())
                .isEqualTo(2);
        for (String name : List.of("TA_LIB", "ta_lib")) {
            assertThat(client.infer("{\"symbol\":\"A\",\"vocabulary\":\"" + name + "\"," + figures)
                            .json()
                            .get("fields_dropped")
                            .asInt())
                    .as(name)
                    .isZero();
        }
        assertThat(client.post(
                                "/api/v1/inference/batch",
                                "[{\"symbol\":\"A\",\"vocabulary\":\"TALIB\"," + figures + "]")
                        .json()
                        .get("message")
                        .asText())
                .startsWith("[0].vocabulary must be one of");
    }

    @Test
    void answersABatchInOrderUnderOneDeadline() throws CommandException {
        Client client = before(StandIn.builder().script(request -> Behaviour.hang()));

        Client.Reply reply = client.post(
                "/api/v1/inference/batch",
                "[" + Bodies.plain() + "," + Bodies.hard(1.2, 300) + "," + Bodies.plain() + "]");

        assertThat(reply.json().findValuesAsText("source")).containsExactly("LOCAL", "FALLBACK", "LOCAL");
        assertThat(reply.json().get(1).get("degradation").asText()).isEqualTo("TIMEOUT");
    }

    @Test
    void keepsTheLateAnswerForALaterLookUp() throws CommandException {
        Client client = before(StandIn.builder().latency(Duration.ofMillis(1_500)));

        JsonNode answer = client.infer(Bodies.hard(1.3, 100)).json();
        String path = "/api/v1/inference/" + answer.get("decision_id").asText();
        Client.Reply pending = client.get(path);

        assertThat(answer.get("degradation").asText()).isEqualTo("TIMEOUT");
        assertThat(pending.status()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(30)).until(() -> client.get(path).status() == 200);
        JsonNode late = client.get(path).json();
        assertThat(late.get("source").asText()).isEqualTo("REMOTE");
        assertThat(late.get("decision_id")).isEqualTo(answer.get("decision_id"));
        assertThat(client.get("/api/v1/inference/nobody-knows").status()).isEqualTo(404);
    }

    @Test
    void refusesAFallbackIfToldToButNotALackOfData() throws CommandException {
        Client client = before(
                StandIn.builder().script(request -> Behaviour.status(402, Map.of(), "{}")),
                "FALLBACK_TO_LOCAL",
                "false");

        Client.Reply refused = client.infer(Bodies.hard(1.4));
        Client.Reply noData = client.infer("{\"symbol\":\"BTC-USDT\",\"timeframe\":\"1h\"}");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().get("error").asText()).isEqualTo("unpaid");
        assertThat(refused.json().has("decision_id")).isTrue();
        assertThat(noData.status()).isEqualTo(200);
        assertThat(noData.json().get("degradation").asText()).isEqualTo("NO_DATA");
    }

    @Test
    void tellsItsHealthWithCauses() throws CommandException {
        Client client = before(StandIn.builder().script(request -> Behaviour.status(401, Map.of(), "{}")));
        assertThat(client.get("/health").json().get("status").asText()).isEqualTo("healthy");

        client.infer(Bodies.hard(1.5));
        Client.Reply health = client.get("/health");

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().get("status").asText()).isEqualTo("degraded");
        assertThat(health.json().at("/components/deepseek").asText()).isEqualTo("unhealthy");
        assertThat(health.json().at("/components/local_model").asText()).isEqualTo("healthy");
        assertThat(health.json().at("/components/redis").asText()).isEqualTo("disabled");
        assertThat(health.json().at("/details/deepseek").asText()).contains("UNAUTHORIZED", "next try");
    }

    @Test
    void saysThatItRunsWithoutAModelOrWithFinerFigures() throws CommandException {
        Client client = rulesOnly("ENABLE_ANONYMIZATION", "false", "DEEPSEEK_BASE_URL", "http://127.0.0.1:9");

        JsonNode details = client.get("/health").json().get("details");

        assertThat(details.get("deepseek").asText()).contains("DEEPSEEK_API_KEY is not set");
        assertThat(details.get("anonymization").asText()).contains("nine digits");
    }

    @Test
    void countsWithTheNamesOfTheOriginalAndBalances() throws CommandException {
        Client client = before(StandIn.builder(), "DAILY_BUDGET_USD", "5.00");
        for (int i = 0; i < 3; i++) {
            client.infer(Bodies.plain());
            client.infer(Bodies.hard(2));
        }

        JsonNode stats = client.get("/stats").json();

        assertThat(stats.get("total_requests").asInt()).isEqualTo(6);
        assertThat(stats.get("local_calls").asInt()).isEqualTo(3);
        assertThat(stats.get("cache_hits").asInt()).isEqualTo(2);
        assertThat(stats.get("deepseek_calls").asInt()).isEqualTo(1);
        assertThat(stats.get("fallback_calls").asInt()).isZero();
        assertThat(stats.get("errors").asInt()).isZero();
        assertThat(stats.get("cache_hit_rate").asDouble()).isBetween(33.3, 33.4);
        assertThat(stats.get("deepseek_usage_rate").asDouble()).isBetween(16.6, 16.7);
        assertThat(stats.get("consecutive_failures").asInt()).isZero();
        assertThat(stats.at("/deepseek_stats/total_tokens").asInt()).isPositive();
        assertThat(stats.at("/deepseek_stats/total_cost").asDouble())
                .isEqualTo(stats.at("/budget/spent_usd").asDouble());
        assertThat(stats.at("/budget/cap_usd").asDouble()).isEqualTo(5);
        assertThat(stats.at("/latency_ms/local/p99").asDouble()).isPositive();
        assertThat(stats.get("cost_per_1000_requests").asDouble()).isPositive();
        assertThat(stats.has("coalesced_requests")).isTrue();
        assertThat(stats.has("degradations")).isTrue();
        assertThat(stats.has("fields_dropped")).isTrue();
    }

    @Test
    void saysWhyTheModelCannotBeReachedAndWhatToDo() throws CommandException {
        Client client =
                rulesOnly("DEEPSEEK_API_KEY", "test-key-0123456789", "DEEPSEEK_BASE_URL", "https://nowhere.invalid");
        client.infer(Bodies.hard(1.1));

        JsonNode health = client.get("/health").json();
        assertThat(health.get("status").asText()).isEqualTo("degraded");
        assertThat(health.at("/components/deepseek").asText()).isEqualTo("degraded");
        assertThat(health.at("/details/deepseek").asText())
                .contains("the host's name was not found (nowhere.invalid); check the base URL");

        JsonNode stats = client.get("/stats").json();
        assertThat(stats.at("/failure_causes/NAME_NOT_FOUND").asInt()).isPositive();
        assertThat(stats.get("reply_problems")).isEmpty();
        assertThat(stats.at("/cures/NAME_NOT_FOUND").asText()).contains("check the base URL");

        String meters = client.get("/metrics").body();
        assertThat(meters)
                .containsPattern("hybrid_remote_failure_causes_total\\{cause=\"name_not_found\"[^}]*} [1-9]")
                .containsPattern("hybrid_remote_reply_problems_total\\{problem=\"prose\"[^}]*} 0");
    }

    @Test
    void saysAtTheStartThatTheBudgetRefusesAModelWithoutAPrice() throws CommandException {
        Client client = rulesOnly(
                "DEEPSEEK_API_KEY", "test-key-0123456789",
                "DEEPSEEK_BASE_URL", "http://127.0.0.1:1",
                "DEEPSEEK_MODEL", "house-model",
                "DAILY_BUDGET_USD", "5");

        JsonNode health = client.get("/health").json();
        assertThat(health.get("status").asText()).isEqualTo("degraded");
        assertThat(health.at("/details/prices").asText()).contains("house-model", "set its prices");
    }

    @Test
    void showsThePageToBrowsersAndInformationToOthers() throws CommandException {
        Client client = rulesOnly();

        Client.Reply page = client.get("/", "Accept", "text/html,application/xhtml+xml");
        Client.Reply information = client.get("/", "Accept", "*/*");

        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'sha256-", "style-src 'sha256-")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContainPattern("<[^>]* style=").doesNotContainPattern("<[^>]* on[a-z]+=");
        String guide = "https://github.com/hybrid-inference/hybrid-inference/blob/main/docs/guide.md";
        String licence = "/*! https://github.com/leeoniya/uPlot";
        assertThat(page.body()
                        .replace("http://www.w3.org/2000/svg", "")
                        .replace(guide, "")
                        .replace(licence, ""))
                .as("asks no other host for anything")
                .doesNotContain("http://", "https://", "src=");
        assertThat(information.json().fieldNames())
                .toIterable()
                .containsExactly("name", "version", "model", "uptime_s");
        assertThat(information.json().get("version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void asksForItsTokenWhereverThereAreFigures() throws CommandException {
        Client client = rulesOnly("API_TOKEN", "0123456789abcdef");
        String right = "Bearer 0123456789abcdef";

        for (String path : new String[] {"/stats", "/metrics", "/api/v1/dashboard", "/api/v1/inference/x"}) {
            assertThat(client.get(path).status()).isEqualTo(401);
            assertThat(client.get(path, "Authorization", "Bearer 0123456789abcdeX")
                            .status())
                    .isEqualTo(401);
            assertThat(client.get(path, "Authorization", right).status()).isIn(200, 404);
        }
        assertThat(client.infer(Bodies.plain()).status()).isEqualTo(401);
        assertThat(client.post("/api/v1/inference", Bodies.plain(), "Authorization", right)
                        .status())
                .isEqualTo(200);
        assertThat(client.get("/health").status()).isEqualTo(200);
        assertThat(client.get("/stats", "Authorization", right)
                        .json()
                        .at("/http/auth_failures")
                        .asInt())
                .isEqualTo(9);
    }

    @Test
    void showsTheComponentsOfItsHealthOnlyToThoseWithTheToken() throws CommandException {
        Client client = rulesOnly("API_TOKEN", "0123456789abcdef");

        assertThat(client.get("/health").body()).isEqualTo("{\"status\":\"healthy\"}");
        assertThat(client.get("/health", "Authorization", "Bearer 0123456789abcdef")
                        .json()
                        .at("/components/local_model")
                        .asText())
                .isEqualTo("healthy");
    }

    @Test
    void countsRequestsByRouteAndStatus() throws CommandException {
        Client client = rulesOnly();
        client.infer(Bodies.plain());
        client.infer("{");
        client.get("/api/v1/inference/nobody-knows");
        client.get("/no-such-path");

        JsonNode requests = client.get("/stats").json().at("/http/requests");
        assertThat(requests.at("/POST ~1api~1v1~1inference/200").asInt()).isEqualTo(1);
        assertThat(requests.at("/POST ~1api~1v1~1inference/400").asInt()).isEqualTo(1);
        assertThat(requests.at("/GET ~1api~1v1~1inference~1{}/404").asInt()).isEqualTo(1);
        assertThat(requests.at("/none/404").asInt()).isEqualTo(1);
        assertThat(client.get("/metrics").body())
                .containsPattern("hybrid_http_requests_total\\{route=\"POST /api/v1/inference\",status=\"400\"} 1")
                .contains(
                        "jvm_memory_used_bytes", "hybrid_http_connections_rejected_total{cause=\"header_timeout\"} 0");
    }

    @Test
    void isAskedUnderListedNames() throws CommandException {
        Client client = rulesOnly("ALLOWED_HOSTS", "trading.example, other.example");

        assertThat(client.post("/api/v1/inference", Bodies.plain(), "Origin", "https://trading.example")
                        .status())
                .isEqualTo(200);
        assertThat(client.post("/api/v1/inference", Bodies.plain(), "Origin", "null")
                        .status())
                .isEqualTo(403);
    }

    /** Answers that need no model are given however many wait for one. */
    @Test
    void answersByRulesAndCacheWhileAllPlacesWaitForTheModel() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Client client = before(
                StandIn.builder()
                        .script(request -> asked.incrementAndGet() == 1 ? Behaviour.answer() : Behaviour.hang()),
                "INFERENCE_TIMEOUT_MS",
                "30000"); // so that the breaker does not open before all places are taken
        assertThat(client.infer(Bodies.hard(1)).json().get("source").asText()).isEqualTo("REMOTE");
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < PendingInferences.MOST; i++) {
            waiting.add(client.send("/api/v1/inference", Bodies.hard(1.1 + i / 10.0, 25_000)));
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.infer(Bodies.hard(99)).status() == 429);

        assertThat(client.infer(Bodies.plain()).json().get("source").asText()).isEqualTo("LOCAL");
        assertThat(client.infer(Bodies.hard(1)).json().get("source").asText()).isEqualTo("CACHE");
        assertThat(client.infer(Bodies.hard(99)).header("Retry-After")).isEqualTo("1");
        assertThat(client.get("/health").status()).isEqualTo(200);
        waiting.forEach(reply -> reply.cancel(true));
    }

    @Test
    void refusesPagesOfOtherSites() throws CommandException {
        Client client = rulesOnly();

        assertThat(client.post("/api/v1/inference", Bodies.plain(), "Origin", "https://example.com")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void feedsTheDashboardWithDecisionsAndTheirReasons() throws CommandException {
        Client client = rulesOnly();
        for (int i = 0; i < 60; i++) {
            client.infer(Bodies.plain());
        }

        JsonNode data = client.get("/api/v1/dashboard").json();

        assertThat(data.get("decisions")).hasSize(50);
        assertThat(data.at("/decisions/0/answer/reasoning").asText()).isNotBlank();
        for (JsonNode window : data.get("windows")) {
            assertThat(window.at("/sources/0").asText()).isEqualTo("local");
            long counted = 0;
            for (JsonNode step : window.get("steps")) {
                counted += step.get(1).asLong();
            }
            assertThat(counted).as(window.get("name").asText()).isEqualTo(60);
        }
        assertThat(data.at("/now/requests").asLong()).isEqualTo(60);
        assertThat(data.at("/symbols/0/requests/local").asLong()).isEqualTo(60);
        assertThat(data.get("time").asLong()).isCloseTo(System.currentTimeMillis(), within(60_000L));
    }

    @Test
    void tellsWhatADecisionWasMadeFrom() throws CommandException {
        Client client = rulesOnly();
        String id = client.infer(Bodies.plain()).json().get("decision_id").asText();

        JsonNode detail = client.get("/api/v1/dashboard/" + id).json();

        assertThat(detail.at("/figures/rsi_14").asDouble()).isEqualTo(17);
        assertThat(detail.at("/rules/action").asText())
                .isEqualTo(detail.at("/decision/answer/signal").asText());
        assertThat(client.get("/api/v1/dashboard/unknown").status()).isEqualTo(404);
    }
}
