package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.remote.ChatPrompt;
import io.github.hybridinference.remote.ChatQuestion;
import io.github.hybridinference.remote.Dialect;
import io.github.hybridinference.testing.LogCapture;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeepSeekBuilderTest {
    @Test
    void asksForAKeyInTheEnvironment() {
        assertThatThrownBy(() -> DeepSeek.fromEnv(Map.of("DEEPSEEK_API_KEY", " ")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the environment variable DEEPSEEK_API_KEY is not set");
    }

    @Test
    void readsTheThreeVariables() {
        try (DeepSeek model = DeepSeek.fromEnv(Map.of(
                "DEEPSEEK_API_KEY", Texts.KEY + "\n",
                "DEEPSEEK_BASE_URL", "http://127.0.0.1:1",
                "DEEPSEEK_MODEL", "deepseek-v4-pro"))) {
            assertThat(model.identity().model()).isEqualTo("deepseek-v4-pro");
            assertThat(model.toString()).isEqualTo("DeepSeek[deepseek-v4-pro]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://127.0.0.1",
                "api.deepseek.com",
                "https://user:secret@api.deepseek.com",
                "https://api.deepseek.com?secret",
                "https://api.deepseek.com#secret",
                "https://api deepseek.com/secret",
                ""
            })
    void refusesAnEndpointWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> DeepSeek.builder().endpoint(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .message()
                .doesNotContain("secret")
                .startsWith("an endpoint is a URL such as ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_536, 99_999})
    void refusesAPortThatDoesNotExist(int port) {
        assertThatThrownBy(() -> DeepSeek.builder().endpoint("https://api.deepseek.com:" + port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a port is 1 to 65535");
        assertThatThrownBy(() -> DeepSeek.builder().proxy("http://proxy.example:" + port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a port is 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://api.deepseek.com", "http://127.0.0.1.evil.example"})
    void refusesPlainHttpBeyondThisMachineAndNamesTheOptIn(String url) {
        try (LogCapture log = new LogCapture()) {
            assertThatThrownBy(() ->
                            DeepSeek.builder().apiKey(Texts.KEY).endpoint(url).build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("needs https")
                    .hasMessageContaining("allowPlainHttp()");
            assertThat(log.text()).isEmpty();
        }
    }

    @Test
    void warnsOnceOfPlainHttpThatWasAllowed() {
        try (LogCapture log = new LogCapture()) {
            DeepSeek.builder()
                    .dialect(Dialect.OLLAMA)
                    .model("m")
                    .endpoint("http://ollama:11434/v1")
                    .allowPlainHttp()
                    .build()
                    .close();
            DeepSeek.fromEnv(Map.of(
                            "DEEPSEEK_API_KEY", Texts.KEY,
                            "DEEPSEEK_BASE_URL", "http://gateway.internal/v1",
                            "DEEPSEEK_ALLOW_PLAIN_HTTP", "true"))
                    .close();

            assertThat(log.text())
                    .containsOnlyOnce("requests to ollama:11434 go without encryption")
                    .containsOnlyOnce("requests to gateway.internal go without encryption")
                    .doesNotContain(Texts.KEY);
        }
    }

    @Test
    void saysNothingOfPlainHttpOnThisMachineOrOfHttps() {
        try (LogCapture log = new LogCapture()) {
            DeepSeek.builder()
                    .endpoint("http://127.0.0.1:1")
                    .allowPlainHttp()
                    .build()
                    .close();
            DeepSeek.builder().apiKey(Texts.KEY).allowPlainHttp().build().close();

            assertThat(log.text()).doesNotContain("without encryption");
        }
    }

    @Test
    void needsAKeyForHttpsThoughPlainHttpWasAllowed() {
        assertThatThrownBy(() -> DeepSeek.builder().allowPlainHttp().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("API key");
    }

    @Test
    void refusesAFlagThatIsNeitherTrueNorFalse() {
        assertThatThrownBy(() -> DeepSeek.builder().network(Map.of("DEEPSEEK_ALLOW_PLAIN_HTTP", "yes")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("DEEPSEEK_ALLOW_PLAIN_HTTP: it must be true or false");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.deepseek.com/v1/responses, '/responses: the adapter adds /chat/completions'",
        "https://api.deepseek.com/v1/completions/, '/completions: the adapter adds /chat/completions'",
        "https://api.deepseek.com/models, '/models: the adapter adds /chat/completions'",
        "https://api.deepseek.com/v1?api-version=1, give parameters to query",
        "https://sk-secret@api.deepseek.com, give the key to apiKey",
        "https://api.deepseek.com:70000, a port from 1 to 65535",
        "https://api.deepseek.com:0, a port from 1 to 65535"
    })
    void saysWhatToWriteInstead(String url, String advice) {
        assertThatThrownBy(() -> DeepSeek.builder().endpoint(url))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(advice)
                .doesNotContain("sk-secret");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.deepseek.com/chat/completions, ''",
        "https://api.deepseek.com/v1/chat/completions/, /v1",
        "https://api.deepseek.com/v1//chat/completions, /v1",
        "https://api.deepseek.com/v1, /v1",
        "https://api.deepseek.com//, ''"
    })
    void dropsWhatTheAdapterAdds(String url, String path) {
        assertThat(Endpoint.parse(url).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:11434/v1/,true,/v1",
        "http://[::1]:8080,true,''",
        "http://127.8.9.1,true,''",
        "https://api.deepseek.com/,false,''",
        "HTTPS://api.deepseek.com:8443/x,false,/x"
    })
    void knowsWhatStaysOnThisMachine(String url, boolean loopback, String path) {
        assertThat(Endpoint.parse(url).isLoopback()).isEqualTo(loopback);
        assertThat(Endpoint.parse(url).path()).isEqualTo(path);
    }

    @Test
    void needsAKeyForAnotherMachineOnly() {
        assertThatThrownBy(() -> DeepSeek.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("API key");
        DeepSeek.builder().dialect(Dialect.OLLAMA).model("some-model").build().close();
    }

    @Test
    void needsAModelForADialectWithoutDefault() {
        assertThatThrownBy(() -> DeepSeek.builder().dialect(Dialect.OLLAMA).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("set model");
    }

    @Test
    void needsAPromptThatSpeaksOfJson() {
        assertThatThrownBy(() -> DeepSeek.builder()
                        .apiKey(Texts.KEY)
                        .prompt("2", "Say BUY.")
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("json");
    }

    @Test
    void refusesAPromptThatHoldsTheKey() {
        assertThatThrownBy(() -> DeepSeek.builder()
                        .apiKey(Texts.KEY)
                        .prompt("2", "json " + Texts.KEY)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain(Texts.KEY);
    }

    @ParameterizedTest
    @CsvSource({"deepseek-chat,none,200", "deepseek-reasoner,default,4096"})
    void replacesNamesThatWereSwitchedOff(String old, String thinking, int limit) {
        try (DeepSeek model = DeepSeek.builder().apiKey(Texts.KEY).model(old).build()) {
            assertThat(model.identity().model()).isEqualTo("deepseek-flash");
            assertThat(model.identity().parameters())
                    .contains("thinking=TYPE_AND_EFFORT/" + thinking)
                    .contains("max_tokens=" + limit);
        }
    }

    @ParameterizedTest
    @CsvSource({"https://gateway.example/v1", "https://api.deepseek.com.example/", "http://127.0.0.1:8000/v1"})
    void leavesThoseNamesAloneAtAnotherHost(String endpoint) {
        for (String name : List.of("deepseek-chat", "deepseek-reasoner")) {
            try (DeepSeek model = DeepSeek.builder()
                    .apiKey(Texts.KEY)
                    .endpoint(endpoint)
                    .model(name)
                    .build()) {
                assertThat(model.identity().model()).isEqualTo(name);
                assertThat(model.worstCostNanoUsd(Texts.question()))
                        .as("no price is known")
                        .isEmpty();
            }
        }
    }

    @Test
    void keepsTheEffortOfAReasonerThatIsReplaced() {
        try (DeepSeek model = DeepSeek.builder()
                .apiKey(Texts.KEY)
                .dialect(Dialect.DEEPSEEK.withEffort(Dialect.Effort.MAX))
                .model("deepseek-reasoner")
                .build()) {
            assertThat(model.identity().parameters()).contains("/max max_tokens=4096");
        }
    }

    @Test
    void asksForTheEndpointOfADialectThatHasNone() {
        assertThatThrownBy(() -> DeepSeek.builder()
                        .dialect(Dialect.AZURE)
                        .apiKey(Texts.KEY)
                        .model("my-deployment")
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("set endpoint");
    }

    @Test
    void aPromptOfAnotherTextHasAnotherVersion() {
        try (DeepSeek one = DeepSeek.builder()
                        .apiKey(Texts.KEY)
                        .prompt("2", "json, a")
                        .build();
                DeepSeek two = DeepSeek.builder()
                        .apiKey(Texts.KEY)
                        .prompt("2", "json, b")
                        .build()) {
            assertThat(one.identity().promptVersion())
                    .startsWith("2-")
                    .isNotEqualTo(two.identity().promptVersion());
        }
    }

    @Test
    void quotesMoreThanAnyCallCanCost() {
        try (DeepSeek model = DeepSeek.builder()
                .apiKey(Texts.KEY)
                .clock(Clock.fixed(Instant.parse("2026-11-24T00:59:55Z"), ZoneOffset.UTC))
                .build()) {
            long inputBytes = (long) ChatPrompt.STANDARD.text().length()
                    + ChatQuestion.of(Texts.question()).length();

            // peak begins before the deadline
            assertThat(model.worstCostNanoUsd(Texts.question(Duration.ofSeconds(10)))
                            .orElseThrow())
                    .isGreaterThan(inputBytes * 300 + 200 * 1_200);
            assertThat(model.worstCostNanoUsd(Texts.question(Duration.ofSeconds(2)))
                            .orElseThrow())
                    .isBetween(inputBytes * 150 + 200 * 600, inputBytes * 300 + 200 * 600);
        }
    }

    @Test
    void saysSoWhenItKnowsNoPrice() {
        try (LogCapture log = new LogCapture()) {
            DeepSeek.builder().apiKey(Texts.KEY).build().close();
            assertThat(log.text()).doesNotContain("no price is known");

            DeepSeek.builder().apiKey(Texts.KEY).model("new-model").build().close();
            assertThat(log.text()).contains("no price is known for new-model");
        }
    }

    @Test
    void quotesNothingForAModelWithoutAPrice() {
        try (DeepSeek unknown =
                        DeepSeek.builder().apiKey(Texts.KEY).model("new-model").build();
                DeepSeek priced = DeepSeek.builder()
                        .apiKey(Texts.KEY)
                        .model("new-model")
                        .prices(PriceTable.perMillionTokens()
                                .cachedInput("1")
                                .input("2")
                                .output("3"))
                        .build();
                DeepSeek local =
                        DeepSeek.builder().dialect(Dialect.LLAMA_CPP).model("m").build()) {
            assertThat(unknown.worstCostNanoUsd(Texts.question())).isEmpty();
            assertThat(priced.worstCostNanoUsd(Texts.question())).isPresent();
            assertThat(local.worstCostNanoUsd(Texts.question())).hasValue(0);
        }
    }

    @Test
    void theStandardPromptHasNoNumberToAnchorOn() {
        String text = ChatPrompt.STANDARD.text();
        assertThat(text).contains("json").contains("\"confidence\":0-1,");
        assertThat(text.replace("0-1", "").replace("max 12 words", "")).doesNotContainPattern("\\d");
        assertThat(text.replace("BUY|SELL|HOLD", "")).doesNotContain("HOLD");
    }
}
