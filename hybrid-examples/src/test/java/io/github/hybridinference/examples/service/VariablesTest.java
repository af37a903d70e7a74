package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
    private static final Pattern TEMPLATE_LINE = Pattern.compile("(?m)^([A-Z_]+)=");

    @Test
    void knowsTheVariablesOfTheTemplate() throws IOException {
        Set<String> documented = new TreeSet<>();
        Matcher line = TEMPLATE_LINE.matcher(Files.readString(Path.of("..", ".env-template")));
        while (line.find()) {
            documented.add(line.group(1));
        }

        assertThat(Variable.ALL.stream().map(Variable::name).collect(Collectors.toSet()))
                .isEqualTo(documented);
    }

    @ParameterizedTest
    @CsvSource({
        "DAILY_BUDGET, DAILY_BUDGET_USD",
        "DEEPSEEK_APIKEY, DEEPSEEK_API_KEY",
        "DEEPSEK_API_KEY, DEEPSEEK_API_KEY",
        "deepseek_api_key, DEEPSEEK_API_KEY",
        "APITOKEN, API_TOKEN",
        "API_TOKEN_1, API_TOKEN",
        "MAX_FAILURES, MAX_FAILURES_BEFORE_FALLBACK",
        "INFERENCE_TIMEOUT, INFERENCE_TIMEOUT_MS",
        "REDIS-URL, REDIS_URL",
        "FEATURE_FILE, FEATURES_FILE",
    })
    void namesAVariableThatWasMeantToBeAnother(String given, String meant) {
        Variables variables = new Variables(Map.of(given, "s3cr3t"), Map.of());

        assertThat(variables.doubtful())
                .singleElement()
                .asString()
                .startsWith(given + " is not")
                .contains(meant);
        assertThat(variables.doubtful().toString()).doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "HOME",
                "HOSTNAME",
                "USER",
                "SHELL",
                "LANG",
                "JAVA_HOME",
                "HTTP_PROXY",
                "http_proxy",
                "https_proxy",
                "no_proxy",
                "OPENAI_LOG",
                "PWD",
                "TERM",
                "SPORT",
                "CACHE_DIR",
                "JAVA_OPTS",
                "MAVEN_OPTS",
                "API_TOKEN"
            })
    void leavesTheVariablesOfOthersAlone(String name) {
        assertThat(new Variables(Map.of(name, "1"), Map.of()).doubtful()).isEmpty();
    }

    @Test
    void namesAnythingUnknownOfTheFileAndOfItsPrefixes() {
        assertThat(new Variables(Map.of("MODEL_TEMPERATURE", "1"), Map.of("COLOUR", "red")).doubtful())
                .containsExactly(
                        "COLOUR is not a variable of this service and has no effect",
                        "MODEL_TEMPERATURE is not a variable of this service and has no effect");
    }

    @Test
    void saysWhatHoldsAndWhereItComesFrom() {
        Variables variables = new Variables(
                Map.of(
                        "PORT",
                        "8001",
                        "DEEPSEEK_API_KEY",
                        "s3cr3t",
                        "CACHE_TTL",
                        " ",
                        "https_proxy",
                        "http://u:s3cr3t@p"),
                Map.of("PORT", "1", "API_TOKEN", "s3cr3t-of-the-file", "CACHE_TTL", "60", "DAILY_BUDGET_USD", "5"));

        assertThat(variables.effective())
                .hasSize(Variable.ALL.size())
                .contains(
                        "PORT=8001 (environment)",
                        "DEEPSEEK_API_KEY=set (environment)",
                        "https_proxy=set (environment)",
                        "API_TOKEN=set (.env)",
                        "DAILY_BUDGET_USD=5 (.env)",
                        "CACHE_TTL=900 (environment, empty)",
                        "REDIS_URL=not set (default)",
                        "HOST=127.0.0.1 (default)");
        assertThat(variables.effective().toString()).doesNotContain("s3cr3t");
    }
}
