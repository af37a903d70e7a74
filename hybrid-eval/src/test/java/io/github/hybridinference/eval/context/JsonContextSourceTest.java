package io.github.hybridinference.eval.context;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.ApiKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonContextSourceTest {
    private static final WireMockServer SERVER = new WireMockServer(WireMockConfiguration.options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .jettyStopTimeout(50L));
    private static final String SECRET = "sk-canary-5f3a";
    private static final ContextQuery QUERY = new ContextQuery("BTC-USDT", Timeframe.H1, Instant.EPOCH);

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @BeforeEach
    void forget() {
        SERVER.resetAll();
    }

    private static URI address() {
        return URI.create("http://127.0.0.1:" + SERVER.port() + "/figures?key=" + SECRET);
    }

    private static JsonContextSourceBuilder source() {
        return JsonContextSource.get("mood", address())
                .map("/data/0/value", Feature.FEAR_GREED_INDEX)
                .map("/rate", Feature.FUNDING_RATE_PCT, 100)
                .header("X-Key", ApiKey.of(SECRET));
    }

    private static void serve(ResponseDefinitionBuilder response) {
        SERVER.stubFor(any(anyUrl()).willReturn(response));
    }

    private static CompletableFuture<Map<Feature, Double>> fetch(JsonContextSource source, Duration patience) {
        return source.fetch(QUERY, Deadline.after(patience));
    }

    private static Map<Feature, Double> read(String document) throws Exception {
        serve(okJson(document));
        return fetch(source().build(), Duration.ofSeconds(30)).get(30, TimeUnit.SECONDS);
    }

    /** Why it failed; what its stack trace and messages say has nothing of ours or the service's in it. */
    private static Throwable failure(JsonContextSource source, Duration patience) {
        Throwable thrown = catchThrowable(() -> fetch(source, patience).get(30, TimeUnit.SECONDS));
        assertThat(thrown).isInstanceOf(java.util.concurrent.ExecutionException.class);
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).doesNotContain(SECRET).doesNotContain("canary");
        return thrown.getCause();
    }

    @Test
    void readsFiguresByTheDeclaredMapping() throws Exception {
        assertThat(read("{\"data\":[{\"value\":23}],\"rate\":0.0001,\"else\":\"ignored\"}"))
                .isEqualTo(Map.of(Feature.FEAR_GREED_INDEX, 23.0, Feature.FUNDING_RATE_PCT, 0.01));
        SERVER.verify(getRequestedFor(urlEqualTo("/figures?key=" + SECRET))
                .withHeader("X-Key", equalTo(SECRET))
                .withHeader("Accept", equalTo("application/json")));
    }

    @Test
    void readsNumbersThatAreWrittenAsText() throws Exception {
        assertThat(read("{\"data\":[{\"value\":\"40\"}],\"rate\":\"-0.00025\"}"))
                .isEqualTo(Map.of(Feature.FEAR_GREED_INDEX, 40.0, Feature.FUNDING_RATE_PCT, -0.025));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "\"\"",
                "\"neutral\"",
                "\"NaN\"",
                "\"1e3\"",
                "\"0x10\"",
                "\"1,000\"",
                "\"1.2.3\"",
                "\"-\"",
                "\"12d\"",
                "[40]",
                "{\"value\":40}",
                "\" 40\"",
                "\"٤٠\""
            })
    void takesNothingElseForANumber(String value) throws Exception {
        assertThat(read("{\"data\":[{\"value\":" + value + "}]}")).isEmpty();
    }

    @Test
    void leavesOutWhatIsMissing() throws Exception {
        assertThat(read("{\"rate\":0.0002}")).isEqualTo(Map.of(Feature.FUNDING_RATE_PCT, 0.02));
        assertThat(read("[]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary",
                "{\"rate\":1} canary",
                "{\"rate\":1,\"rate\":2}",
                "{\"rate\":NaN}",
                "{\"canary\":",
                "<html>canary</html>"
            })
    void failsOnADocumentThatIsNotJson(String document) {
        serve(okJson(document));
        assertThat(failure(source().build(), Duration.ofSeconds(30))).isInstanceOf(ContextFailure.class);
    }

    @Test
    void failsOnANumberOrANestingBeyondReason() {
        serve(okJson("{\"rate\":" + "1".repeat(1_000) + "}"));
        failure(source().build(), Duration.ofSeconds(30));
        serve(okJson("[".repeat(100) + "]".repeat(100)));
        failure(source().build(), Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 401, 404, 429, 500, 503})
    void failsOnEveryStatusButOk(int status) {
        serve(aResponse()
                .withStatus(status)
                .withHeader("Location", "/canary")
                .withBody(status == 204 ? null : "canary"));
        assertThat(failure(source().build(), Duration.ofSeconds(30))).hasMessage("status " + status);
        SERVER.verify(1, getRequestedFor(anyUrl())); // a redirection is not followed
    }

    @Test
    void breaksOffWhereADocumentIsTooLong() {
        serve(okJson("{\"rate\":\"" + "1".repeat(100_000) + "\"}"));
        failure(source().maxBytes(10_000).build(), Duration.ofSeconds(30));
    }

    @Test
    void takesADocumentOfJustTheLimit() throws Exception {
        String document = "{\"rate\":0.0001}";
        serve(okJson(document));
        assertThat(fetch(source().maxBytes(document.length()).build(), Duration.ofSeconds(30))
                        .get(30, TimeUnit.SECONDS))
                .hasSize(1);
    }

    @Test
    void holdsTheDeadlineWhileTheBodyDrips() {
        serve(okJson("{\"rate\":1}").withChunkedDribbleDelay(10, 20_000));
        assertThat(failure(source().build(), Duration.ofMillis(300)))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
    }

    @Test
    void holdsTheDeadlineWhileTheServiceIsSilent() {
        serve(okJson("{\"rate\":1}").withFixedDelay(20_000));
        assertThat(failure(source().build(), Duration.ofMillis(300)))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void failsWhenTheConnectionBreaks(Fault fault) {
        serve(aResponse().withFault(fault));
        assertThat(failure(source().build(), Duration.ofSeconds(30))).isInstanceOf(ContextFailure.class);
    }

    @Test
    void asksTheAddressOfTheSymbolAndSharesADocumentBetweenQueriesOfOne() {
        serve(okJson("{}"));
        JsonContextSource source = JsonContextSource.get(
                        "funding", query -> address().resolve("/of?symbol=" + query.symbol()))
                .map("/rate", Feature.FUNDING_RATE_PCT)
                .build();
        fetch(source, Duration.ofSeconds(30)).join();
        SERVER.verify(getRequestedFor(urlEqualTo("/of?symbol=BTC-USDT")));
        assertThat(source.cacheKey(QUERY))
                .isEqualTo(source.cacheKey(new ContextQuery("BTC-USDT", Timeframe.D1, Instant.now())))
                .isNotEqualTo(source.cacheKey(new ContextQuery("ETH-USDT", Timeframe.H1, Instant.EPOCH)));
    }

    @Test
    void sendsNothingInTheClearToAnotherMachine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonContextSource.get("x", URI.create("http://example.com/?key=" + SECRET)))
                .withMessageNotContaining(SECRET);
        JsonContextSource late = JsonContextSource.get("x", query -> URI.create("http://example.com/?key=" + SECRET))
                .map("/a", Feature.SENTIMENT_SCORE)
                .build();
        assertThat(failure(late, Duration.ofSeconds(30))).isInstanceOf(ContextFailure.class);
    }

    @Test
    void refusesMistakesAtTheCallThatMakesThem() {
        JsonContextSourceBuilder builder = source();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.map("data", Feature.SENTIMENT_SCORE));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.map("/x", Feature.FUNDING_RATE_PCT));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.map("/x", Feature.SENTIMENT_SCORE, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.header("a\nb", ApiKey.of(SECRET)))
                .withMessageNotContaining(SECRET);
        assertThatIllegalStateException()
                .isThrownBy(() -> builder.header("x-key", ApiKey.of(SECRET))) // names of headers have no case
                .withMessageContaining("header was already set");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxBytes(0));
        assertThatIllegalStateException()
                .isThrownBy(() -> JsonContextSource.get("x", address()).build());
    }

    @Test
    void showsNoAddressAndNoSecret() {
        assertThat(source().build()).hasToString("JsonContextSource[mood]");
        assertThat(QUERY).hasToString("ContextQuery[1h]");
    }
}
