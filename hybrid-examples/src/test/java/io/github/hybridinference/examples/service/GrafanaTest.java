package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.hybridinference.testkit.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documents' metric names against those that are exported. */
class GrafanaTest {
    private static final Pattern NAME = Pattern.compile("hybrid_[a-z_]+");

    @Test
    void usesOnlyNamesThatAreExported() throws Exception {
        try (RunningService running = RunningService.before(StandIn.builder().start(), "DAILY_BUDGET_USD", "1.00")) {
            Client.Reply metrics = running.client.get("/metrics");
            Set<String> exported = Arrays.stream(metrics.body().split("\n"))
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("[{ ]")[0])
                    .collect(Collectors.toSet());

            assertThat(metrics.header("Content-Type")).startsWith("text/plain");
            assertThat(exported).contains("hybrid_inference_seconds_bucket", "hybrid_breaker_state");
            assertThat(exported).containsAll(dashboardNames());
            assertThat(exported).containsAll(names(Files.readString(Path.of("..", "docs", "operations.md"))));
            assertThat(exported).containsAll(names(Files.readString(Path.of("..", "docs", "observability.md"))));
        }
    }

    private static Set<String> dashboardNames() throws IOException {
        JsonNode dashboard = Client.JSON.readTree(
                Path.of("..", "docs", "grafana", "hybrid-inference.json").toFile());
        Set<String> names = new TreeSet<>();
        for (String expression : dashboard.findValuesAsText("expr")) {
            names.addAll(names(expression));
        }
        assertThat(names).hasSizeGreaterThan(10);
        return names;
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(text);
        while (name.find()) {
            names.add(name.group());
        }
        return names;
    }
}
