package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.lab.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceSettingsTest {
    @TempDir
    private Path directory;

    @Test
    void startsOnLoopbackWithoutAnyVariable() throws CommandException {
        ServiceSettings settings = ServiceSettings.load(directory, Map.of());

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8_000);
        assertThat(settings.hasModel()).isFalse();
        assertThat(settings.anonymize()).isTrue();
        assertThat(settings.fallbackToLocal()).isTrue();
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void readsDotEnvUnderTheRealEnvironment() throws CommandException, IOException {
        Files.writeString(
                directory.resolve(".env"), "# a comment\nPORT=8101\nCACHE_TTL=60\nDEEPSEEK_MODEL=\"model-a\"\n");

        ServiceSettings settings = ServiceSettings.load(directory, Map.of("PORT", "8102"));

        assertThat(settings.port()).isEqualTo(8_102);
        assertThat(settings.cacheTtl()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.model().name()).isEqualTo("model-a");
    }

    @Test
    void takesTheTemplateAsItIs() throws CommandException, IOException {
        Path template = Path.of("..", ".env-template");
        Files.copy(template, directory.resolve(".env"));

        ServiceSettings settings = ServiceSettings.load(directory, Map.of());

        assertThat(settings).isEqualTo(ServiceSettings.of(Map.of()));
        assertThat(Files.readString(template))
                .contains(
                        "DEEPSEEK_API_KEY",
                        "DEEPSEEK_BASE_URL",
                        "DEEPSEEK_MODEL",
                        "HTTPS_PROXY",
                        "NO_PROXY",
                        "DEEPSEEK_TRUST_STORE",
                        "DEEPSEEK_TRUST_STORE_PASSWORD",
                        "DEEPSEEK_CLIENT_CERTIFICATE",
                        "DEEPSEEK_CLIENT_CERTIFICATE_PASSWORD",
                        "DEEPSEEK_ALLOW_PLAIN_HTTP",
                        "MODEL_CLIENT",
                        "MODEL_DIALECT",
                        "MODEL_PRICE_INPUT",
                        "MODEL_PRICE_CACHED_INPUT",
                        "MODEL_PRICE_OUTPUT",
                        "MODEL_PRICES_FILE",
                        "MODEL_HEADERS",
                        "MODEL_QUERY",
                        "REDIS_URL",
                        "REDIS_PREFIX",
                        "REDIS_CA_FILE",
                        "REDIS_INTEGRITY_SECRET",
                        "REDIS_ACCEPTED_INTEGRITY_SECRET",
                        "CACHE_TTL",
                        "ENABLE_ANONYMIZATION",
                        "FALLBACK_TO_LOCAL",
                        "MAX_FAILURES_BEFORE_FALLBACK",
                        "INFERENCE_TIMEOUT_MS",
                        "DAILY_BUDGET_USD",
                        "PORT",
                        "HOST",
                        "API_TOKEN");
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, 70000",
        "PORT, eight",
        "CACHE_TTL, 0",
        "CACHE_TTL, 1.5",
        "ENABLE_ANONYMIZATION, perhaps",
        "FALLBACK_TO_LOCAL, 2",
        "MAX_FAILURES_BEFORE_FALLBACK, -1",
        "INFERENCE_TIMEOUT_MS, 60001",
        "DAILY_BUDGET_USD, 5 dollars",
        "DAILY_BUDGET_USD, 0.00",
        "API_TOKEN, short",
        "HOST, a host",
        "MODEL_CLIENT, curl",
        "ALLOWED_HOSTS, https://curl",
        "ALLOWED_HOSTS, 'curl,'",
        "ALLOWED_HOSTS, *",
    })
    void refusesAWrongValueInOneLineWithoutRepeatingIt(String variable, String value) {
        assertThatThrownBy(() -> ServiceSettings.of(Map.of(variable, value)))
                .isInstanceOf(CommandException.class)
                .message()
                .startsWith(variable + " must be ")
                .doesNotContain("\n", "eight", "perhaps", "short", "70000", "curl");
    }

    @Test
    void refusesSecretsForRedisThatCannotBeUsedWithoutRepeatingThem() throws CommandException {
        assertThatThrownBy(() -> ServiceSettings.of(Map.of("REDIS_ACCEPTED_INTEGRITY_SECRET", "canary")))
                .isInstanceOf(CommandException.class)
                .hasMessage("REDIS_INTEGRITY_SECRET must be set with REDIS_ACCEPTED_INTEGRITY_SECRET: it signs");
        ServiceSettings tooShort =
                ServiceSettings.of(Map.of("REDIS_URL", "redis://127.0.0.1:1", "REDIS_INTEGRITY_SECRET", "canary"));
        assertThatThrownBy(() -> SharedState.add(tooShort, InferenceEngine.builder()))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("REDIS_INTEGRITY_SECRET cannot be used: ")
                .hasMessageNotContaining("canary");
        assertThat(tooShort.integrity().toString()).doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://127.0.0.1:1, REDIS_PREFIX, can ary",
        "rediss://127.0.0.1:1, REDIS_CA_FILE, /canary.pem",
        "redis://127.0.0.1:1, REDIS_CA_FILE, /canary.pem"
    })
    void refusesAPrefixAndAnAuthorityThatCannotBeUsed(String url, String variable, String value)
            throws CommandException {
        ServiceSettings settings = ServiceSettings.of(Map.of("REDIS_URL", url, variable, value));
        assertThatThrownBy(() -> SharedState.add(settings, InferenceEngine.builder()))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith(variable + " cannot be used: ")
                .hasMessageNotContaining("ary");
    }

    @ParameterizedTest
    @CsvSource({
        "MODEL_DIALECT, canary, 'a dialect is one of deepseek, openai,'",
        "MODEL_PRICES_FILE, canary.csv, the file cannot be read",
        "MODEL_HEADERS, x-a: canary, must be name=value",
        "MODEL_HEADERS, x-a=canary%2, must be name=value",
        "MODEL_HEADERS, 'x-a=1,x-a=canary', already set",
        "MODEL_HEADERS, authorization=canary, use apiKey",
        "MODEL_HEADERS, host=canary, set by the adapter",
        "MODEL_QUERY, canary, must be name=value",
        "MODEL_QUERY, can ary=1, the name of a query parameter",
        "MODEL_PRICE_INPUT, 0.28, 'MODEL_PRICE_OUTPUT must be set'",
        "MODEL_PRICE_CACHED_INPUT, 0.28, 'MODEL_PRICE_INPUT must be set'",
    })
    void refusesAModelThatCannotBeAsDescribed(String variable, String value, String sentence) {
        assertThatThrownBy(() -> ServiceSettings.of(Map.of(variable, value)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(sentence)
                .message()
                .startsWith("MODEL_")
                .doesNotContain("canary", "can ary", "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "free, 0, 1, MODEL_PRICE_CACHED_INPUT",
        "2, 1, 1, MODEL_PRICE_INPUT",
        "0, 1.2345, 1, MODEL_PRICE_INPUT",
        "0, 1, -1, MODEL_PRICE_OUTPUT",
    })
    void refusesAPriceByItsVariable(String cached, String input, String output, String variable) {
        Map<String, String> values =
                Map.of("MODEL_PRICE_CACHED_INPUT", cached, "MODEL_PRICE_INPUT", input, "MODEL_PRICE_OUTPUT", output);

        assertThatThrownBy(() -> ServiceSettings.of(values))
                .isInstanceOf(CommandException.class)
                .message()
                .startsWith(variable + " cannot be used: ");
    }

    @Test
    void namesTheLineOfAFileOfPrices() throws IOException {
        Path file = directory.resolve("prices.csv");
        Files.writeString(file, "model,from,to,hours,cache_hit,cache_miss,output\nmodel-a,2026-01-01,,,0.1,canary,1\n");
        Map<String, String> values = Map.of("MODEL_PRICES_FILE", file.toString());

        assertThatThrownBy(() -> ServiceSettings.of(values))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("MODEL_PRICES_FILE cannot be used: line 2")
                .message()
                .doesNotContain("canary");
    }

    @Test
    void readsHeadersAndQueryWithTheirEncoding() throws CommandException {
        ServiceSettings settings = ServiceSettings.of(
                Map.of("MODEL_HEADERS", "x-a=1%2C2, X-B = a=b+c", "MODEL_QUERY", "api-version=2024-10-21&x=a%26b"));

        assertThat(settings.model().headers()).isEqualTo(Map.of("x-a", "1,2", "X-B", "a=b+c"));
        assertThat(settings.model().query()).isEqualTo(Map.of("api-version", "2024-10-21", "x", "a&b"));
        assertThat(settings.model()).hasToString("ModelSettings[deepseek]");
    }

    @Test
    void aDialectOnThisMachineNeedsNoKeyAndMayBeToldFinerFigures() throws CommandException {
        ServiceSettings settings =
                ServiceSettings.of(Map.of("MODEL_DIALECT", "ollama", "ENABLE_ANONYMIZATION", "false"));

        assertThat(settings.hasModel()).isTrue();
        assertThatThrownBy(() -> ServiceParts.of(settings))
                .hasMessage("DEEPSEEK_MODEL must be set with this MODEL_DIALECT");
    }

    @ParameterizedTest
    @CsvSource({
        "DEEPSEEK_API_KEY, can ary, DEEPSEEK_API_KEY",
        "DEEPSEEK_BASE_URL, https://canary@host, DEEPSEEK_BASE_URL",
        "DEEPSEEK_MODEL, can ary, DEEPSEEK_MODEL",
        "MODEL_DIALECT, deepseek, DEEPSEEK_API_KEY",
    })
    void saysWhichVariableMakesNoModel(String variable, String value, String named) throws CommandException {
        Map<String, String> values = new HashMap<>();
        if (!variable.equals("MODEL_DIALECT")) {
            values.put("DEEPSEEK_API_KEY", "test-key-0123456789");
        }
        values.put(variable, value);
        ServiceSettings settings = ServiceSettings.of(values);

        assertThatThrownBy(() -> ServiceParts.of(settings))
                .isInstanceOf(CommandException.class)
                .message()
                .startsWith(named + " cannot be used: ")
                .doesNotContain("canary", "can ary");
    }

    @Test
    void needsATokenBeyondLoopback() throws CommandException {
        assertThatThrownBy(() -> ServiceSettings.of(Map.of("HOST", "0.0.0.0")))
                .hasMessage("API_TOKEN must be set when HOST is not on loopback");
        assertThat(ServiceSettings.of(Map.of("HOST", "0.0.0.0", "API_TOKEN", "0123456789abcdef"))
                        .host())
                .isEqualTo("0.0.0.0");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.deepseek.com, false",
        "'', false",
        "http://localhost.example.com:8080, false",
        "http://127.0.0.1.example.com, false",
        "http://127.0.0.1@example.com, false",
        "http://127.0.0.1:11434/v1, true",
        "http://localhost:8080/v1, true",
        "'http://[::1]:8080', true",
    })
    void tellsFinerFiguresOnlyToAModelOnThisMachine(String baseUrl, boolean accepted) throws CommandException {
        Map<String, String> values = Map.of("ENABLE_ANONYMIZATION", "false", "DEEPSEEK_BASE_URL", baseUrl);
        if (accepted) {
            assertThat(ServiceSettings.of(values).anonymize()).isFalse();
        } else {
            assertThatThrownBy(() -> ServiceSettings.of(values))
                    .hasMessageStartingWith("ENABLE_ANONYMIZATION=false needs a DEEPSEEK_BASE_URL on loopback");
        }
    }

    @Test
    void keepsSecretsOutOfItsText() throws CommandException {
        assertThat(ServiceSettings.of(Map.of("DEEPSEEK_API_KEY", "very-secret")).toString())
                .doesNotContain("secret");
    }

    @Test
    void keepsWhatSaysHowTheModelIsReached() throws CommandException {
        ServiceSettings settings = ServiceSettings.of(
                Map.of("HTTPS_PROXY", "http://proxy.example:3128", "NO_PROXY", " ", "DEEPSEEK_API_KEY", "some-key"));

        assertThat(settings.model().network()).containsExactly(Map.entry("HTTPS_PROXY", "http://proxy.example:3128"));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, socks5://secret, HTTPS_PROXY: a proxy is a URL",
        "DEEPSEEK_TRUST_STORE, no-such-file, DEEPSEEK_TRUST_STORE: the file",
        "DEEPSEEK_CLIENT_CERTIFICATE, no-such-file, DEEPSEEK_CLIENT_CERTIFICATE: ",
        "DEEPSEEK_ALLOW_PLAIN_HTTP, secret, DEEPSEEK_ALLOW_PLAIN_HTTP: it must be",
        "DEEPSEEK_BASE_URL, http://model.example, DEEPSEEK_BASE_URL cannot be used: an endpoint on another machine",
    })
    void stopsWithALineThatNamesTheVariable(String variable, String value, String line) throws CommandException {
        ServiceSettings settings = ServiceSettings.of(Map.of("DEEPSEEK_API_KEY", "some-key", variable, value));

        assertThatThrownBy(() -> ServiceParts.of(settings))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith(line)
                .message()
                .doesNotContain("secret");
    }

    @Test
    void takesTheFiguresOfAFileOfFeatures() throws CommandException, IOException {
        Path file = directory.resolve("features.yml");
        Files.writeString(file, """
                features:
                  - name: my_alpha
                    unit: score
                    range: [-1, 1]
                    step: 0.25
                    meaning: Strength of the breakout model
                """);
        String body = "{\"symbol\":\"A\",\"timeframe\":\"1h\",\"features\":{\"my_alpha\":0.5,\"rsi_14\":17}}";

        try (RunningService with = RunningService.rulesOnly("FEATURES_FILE", file.toString());
                RunningService without = RunningService.rulesOnly()) {
            assertThat(with.client.infer(body).json().get("fields_dropped").asInt())
                    .isZero();
            assertThat(without.client.infer(body).json().get("fields_dropped").asInt())
                    .isEqualTo(1);
        }
    }

    /** Nothing is worth asking to it: what the table calls complex is SIMPLE. */
    private static String router(String threshold) {
        String hour = "{\"scenarios\":1,\"probabilities\":[0.5]}";
        return "{\"format\":2,\"trained\":\"2026-11-28\",\"timeframe\":\"1h\",\"examples\":1,\"intercept\":0,"
                + "\"features\":[{\"name\":\"rsi\",\"mean\":50,\"deviation\":10,\"weight\":0.01}],"
                + "\"calibration\":{\"slope\":1,\"shift\":0},\"gain_bps\":{\"all\":1,\"by_reason\":{}},"
                + "\"threshold\":{\"probability\":" + threshold + "},\"hours\":[" + (hour + ",").repeat(23) + hour
                + "]}";
    }

    @Test
    void letsALearnedRouterChoose() throws Exception {
        Path file = directory.resolve("router.json");
        Files.writeString(file, router("0.999"));
        String body = "{\"symbol\":\"A\",\"timeframe\":\"1h\",\"features\":{\"rsi_14\":50}}";

        try (RunningService with = RunningService.rulesOnly("ROUTER_FILE", file.toString());
                RunningService without = RunningService.rulesOnly()) {
            assertThat(without.client.infer(body).json().get("scenario").asText())
                    .isEqualToIgnoringCase("complex");
            long complex = 0;
            for (int i = 0; i < 20; i++) { // 2 % are explored
                complex += with.client
                                .infer(body.replace("\"A\"", "\"A" + i + "\""))
                                .json()
                                .get("scenario")
                                .asText()
                                .equalsIgnoreCase("complex")
                        ? 1
                        : 0;
            }
            assertThat(complex).isLessThan(10);
        }
    }

    @Test
    void stopsWhereTheFileOfTheRouterIsWrong() throws IOException {
        Path file = directory.resolve("secret.json");
        assertRouterRefused(file.toString(), "ROUTER_FILE names no file in UTF-8 that can be read");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 'a'});
        assertRouterRefused(file.toString(), "ROUTER_FILE names no file in UTF-8 that can be read");
        Files.writeString(file, router("0.5").replace("\"format\":2", "\"format\":1"));
        assertRouterRefused(
                file.toString(),
                "ROUTER_FILE: this release reads router models of format 2, and this one has another, so that it may be of other "
                        + "rules: train it again");
        Files.writeString(file, "{}");
        assertRouterRefused(file.toString(), "ROUTER_FILE: not a router model: format is a finite number");
        assertRouterRefused("\0secret", "ROUTER_FILE: is no path");
    }

    private static void assertRouterRefused(String file, String message) {
        assertThatThrownBy(() -> ServiceSettings.of(Map.of("ROUTER_FILE", file)))
                .isInstanceOf(CommandException.class)
                .hasMessage(message);
    }

    @Test
    void stopsWhereTheFileOfFeaturesIsWrong() throws IOException {
        Path file = directory.resolve("secret.yml");
        assertRefused(file.toString(), "FEATURES_FILE names no file of at most 64 kB in UTF-8 that can be read");
        assertRefused(directory.toString(), "FEATURES_FILE names no file of at most 64 kB in UTF-8 that can be read");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 'a'});
        assertRefused(file.toString(), "FEATURES_FILE names no file of at most 64 kB in UTF-8 that can be read");
        Files.writeString(file, "features:\n  - name: secret\n");
        assertRefused(
                file.toString(), "FEATURES_FILE: features, line 2: a feature has name, unit, range, step and meaning");
        assertRefused("\0secret", "FEATURES_FILE: is no path");
    }

    private static void assertRefused(String file, String message) {
        assertThatThrownBy(() -> ServiceSettings.of(Map.of("FEATURES_FILE", file)))
                .isInstanceOf(CommandException.class)
                .hasMessage(message);
    }
}
