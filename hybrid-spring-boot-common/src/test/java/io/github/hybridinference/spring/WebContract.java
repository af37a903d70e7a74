package io.github.hybridinference.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An application with web server and actuator whose only model cannot be reached. */
@SpringBootTest(
        classes = WebContract.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "hybrid.models[0].api-key=${SOME_VARIABLE}",
            "SOME_VARIABLE=" + WebContract.KEY,
            "hybrid.models[0].base-url=http://127.0.0.1:1",
            "hybrid.models[0].headers.x-note=" + WebContract.HEADER,
            "hybrid.models[0].proxy=http://user:" + WebContract.PROXY_PASSWORD + "@127.0.0.1:1",
            "hybrid.models[0].tls.trust-store-password=" + WebContract.STORE_PASSWORD,
            "hybrid.models[0].tls.client-certificate-password=" + WebContract.STORE_PASSWORD,
            "hybrid.breaker.max-consecutive-failures=1",
            "hybrid.max-attempts=1",
            "hybrid.budget.per-day=5.00",
            "hybrid.cache.secret=" + WebContract.CACHE_SECRET,
            "hybrid.redis.integrity-secret=" + WebContract.REDIS_SECRET,
            "hybrid.redis.accepted-integrity-secret=" + WebContract.REDIS_SECRET + "-before",
            "hybrid.redis.enabled=false",
            "hybrid.redis.uri=redis://user:" + WebContract.PASSWORD + "@localhost",
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.env.show-values=always",
            "management.endpoint.configprops.show-values=always",
            "management.endpoint.health.show-details=always",
            "management.endpoint.health.group.engine.include=hybrid",
            "management.health.redis.enabled=false"
        })
public abstract class WebContract {
    static final String KEY = "sk-0123456789abcdef";
    static final String CACHE_SECRET = "cache-secret-cache-secret";
    static final String REDIS_SECRET = "redis-secret-redis-secret-redis-secret";
    static final String HEADER = "hd1"; // short, so that it is hidden by its property's name only
    static final String PASSWORD = "pa55word-of-redis";
    static final String PROXY_PASSWORD = "pa55word-of-proxy";
    static final String STORE_PASSWORD = "pa55word-of-store";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Value("${local.server.port}")
    private int port;

    /** A user's application. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {
        @Autowired
        private InferenceEngine engine;

        @GetMapping("/signal")
        Inference signal(@RequestParam("rsi") double rsi) {
            return engine.infer(MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                    .rsi(rsi)
                    .volumeRatio(1.9)
                    .volatilityPct(2.1)
                    .build());
        }
    }

    @Test
    void writesAnAnswerAsJson() throws Exception {
        JsonNode answer = get("/signal?rsi=17.4", 200);
        assertThat(answer.get("signal").asText()).isEqualTo("BUY");
        assertThat(answer.get("source").asText()).isEqualTo("LOCAL");
        assertThat(answer.has("symbol")).isFalse();
    }

    @Test
    void staysUpWhileTheBreakerIsOpenAndTheRulesAnswer() throws Exception {
        assertThat(get("/signal?rsi=50", 200).get("source").asText()).isEqualTo("FALLBACK");
        JsonNode whole = get("/actuator/health", 200);
        assertThat(whole.get("status").asText()).isEqualTo("UP");
        JsonNode engine = whole.get("components").get("hybrid");
        assertThat(engine.get("status").asText()).isEqualTo("DEGRADED");
        JsonNode model = engine.get("details").get("deepseek-flash");
        assertThat(model.get("status").asText()).isEqualTo("UNHEALTHY");
        assertThat(model.get("cause").asText()).contains("UNAVAILABLE");
        assertThat(model.get("cure").asText()).contains("the proxy's address and port");
        assertThat(model.has("nextTry")).isTrue();
        assertThat(get("/actuator/health/hybrid", 200).get("status").asText()).isEqualTo("DEGRADED");
        get("/actuator/health/engine", 200); // a probe of the engine alone
    }

    @Test
    void reportsStatisticsAndBudget() throws Exception {
        get("/signal?rsi=17.4", 200);
        JsonNode report = get("/actuator/hybrid", 200);
        assertThat(report.get("inferences").get("local").asLong()).isPositive();
        assertThat(report.get("budget").get("capUsd").asDouble()).isEqualTo(5);
        assertThat(report.get("parts").get("local_model").get("status").asText())
                .isEqualTo("HEALTHY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/env",
                "/actuator/configprops",
                "/actuator/env/hybrid.models[0].api-key",
                "/actuator/env/hybrid.models[0].headers.x-note"
            })
    void showsNoSecret(String endpoint) throws Exception {
        HttpResponse<String> shown = send(endpoint.replace("[", "%5B").replace("]", "%5D"));
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body())
                .contains("******")
                .doesNotContain(
                        KEY,
                        CACHE_SECRET,
                        REDIS_SECRET,
                        PASSWORD,
                        PROXY_PASSWORD,
                        STORE_PASSWORD,
                        "\"" + HEADER + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hybrid.inference", "hybrid.breaker.state", "hybrid.infer"})
    void metersAndObserves(String meter) throws Exception {
        get("/signal?rsi=17.4", 200);
        assertThat(get("/actuator/metrics/" + meter, 200).get("name").asText()).isEqualTo(meter);
    }

    private JsonNode get(String path, int status) throws IOException, InterruptedException {
        HttpResponse<String> response = send(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return new ObjectMapper().readTree(response.body());
    }

    private HttpResponse<String> send(String path) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
