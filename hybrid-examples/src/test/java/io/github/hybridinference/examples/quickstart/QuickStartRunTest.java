package io.github.hybridinference.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.examples.bars.SyntheticSeries;
import io.github.hybridinference.testkit.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickStartRunTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path directory;

    @Test
    void answersEveryBarAndSaysThatTheModelIsSimulated() throws IOException {
        Path out = directory.resolve("out.jsonl");
        Run run = Run.of("--bars", file(140).toString(), "--faults", "0.2", "--json", out.toString());

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        List<JsonNode> lines = json(out);
        assertThat(lines).hasSize(140);
        assertThat(lines).extracting(line -> line.get("source").asText()).contains("LOCAL", "REMOTE");
        assertThat(lines.get(0).get("degradation").asText()).isEqualTo("NO_DATA");
        long remote = lines.stream()
                .filter(line -> line.get("source").asText().equals("REMOTE"))
                .peek(line -> assertThat(line.get("cost_usd").asDouble()).isPositive())
                .count();
        assertThat(run.lines())
                .anyMatch(line -> line.matches("  model +simulated model.*"))
                .anyMatch(line -> line.startsWith("Answers (140 in ")
                        && line.endsWith("those of REMOTE and CACHE by the simulated model)"))
                .anyMatch(line -> line.startsWith("  all ") && line.contains(" " + remote + " "))
                .anyMatch(line -> line.startsWith("  cost ") && line.contains("per 1,000 requests (simulated)"));
        assertThat(run.lines().stream().filter(line -> line.contains(" REMOTE  ") && line.startsWith("  2024-")))
                .isNotEmpty()
                .allMatch(line -> line.endsWith("simulated model"));
        assertThat(run.lines())
                .filteredOn(line -> !line.startsWith("RESULT "))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void syntheticSeriesIsCalledSynthetic() {
        Run run = Run.of("--rules-only", "--last", "3");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("bars   synthetic hourly series", "asked  at the close of the last 3")
                .contains("Latest signals (3 of 3 bars)")
                .doesNotContain("simulated");
    }

    @Test
    void pollingAsksMoreAndWritesOneLineABar() throws IOException {
        Path out = directory.resolve("out.jsonl");
        Run run = Run.of("--bars", file(130).toString(), "--last", "20", "--poll", "12", "--json", out.toString());

        assertThat(run.code()).isZero();
        assertThat(json(out)).hasSize(20);
        assertThat(run.lines())
                .anyMatch(line -> line.startsWith("Answers (240 in "))
                .anyMatch(line -> line.matches("  cache hit rate  [0-9.]+ % of requests, [0-9.]+ % of what .*"));
    }

    @Test
    void rowsThatAreNoBarsAreReported() throws IOException {
        Path file = file(120);
        List<String> rows = new ArrayList<>(Files.readAllLines(file));
        rows.set(5, rows.get(5) + ",more");
        Files.write(file, rows);

        Run run = Run.of("--rules-only", "--bars", file.toString());

        assertThat(run.code()).isZero();
        assertThat(run.lines())
                .contains("  1 rejected row of 120:", "    line 6: 7 columns where there should be 6")
                .anyMatch(
                        line -> line.startsWith("RESULT ") && line.contains("\"rows_read\":120,\"rejected_rows\":1,"));
    }

    @Test
    void tooManyRowsThatAreNoBarsEndTheRunUnlessItIsToGoOn() throws IOException {
        Path file = file(120);
        List<String> rows = new ArrayList<>(Files.readAllLines(file));
        for (int i = 10; i < 17; i++) {
            rows.set(i, "bad");
        }
        Files.write(file, rows);

        Run stopped = Run.of("--rules-only", "--bars", file.toString());
        assertThat(stopped.code()).isEqualTo(1);
        assertThat(stopped.err()).contains("7 of the 120 rows", "first in line 11", "--keep-going");

        Run kept = Run.of("--rules-only", "--keep-going", "--bars", file.toString());
        assertThat(kept.code()).isZero();
        assertThat(kept.lines()).contains("  7 rejected rows of 120:");
    }

    @Test
    void withAKeyTheServiceOfTheEnvironmentIsAskedAndNothingIsCalledSimulated() {
        try (StandIn service = StandIn.builder().start()) {
            Run run = Run.withKey(
                    () -> DeepSeek.builder()
                            .endpoint(service.baseUrl())
                            .apiKey(Run.KEY)
                            .build(),
                    "--last",
                    "12");

            assertThat(run.code()).isZero();
            assertThat(service.requests()).isPositive();
            assertThat(run.out())
                    .contains("model  deepseek-flash, as the environment describes it")
                    .doesNotContain("simulated", Run.KEY);
        }
    }

    @Test
    void bothClientsBringTheSameAnswers() {
        Run netty = Run.of("--last", "12");
        Run openAiJava = Run.of("--last", "12", "--client", "openai-java");

        assertThat(openAiJava.code()).as(openAiJava.err()).isZero();
        assertThat(signals(openAiJava)).isNotEmpty().isEqualTo(signals(netty));
    }

    /** The lines of the latest signals. */
    private static List<String> signals(Run run) {
        return run.lines().stream()
                .dropWhile(line -> !line.startsWith("Latest signals"))
                .takeWhile(line -> !line.startsWith("Answers"))
                .toList();
    }

    private static List<JsonNode> json(Path file) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            nodes.add(MAPPER.readTree(line));
        }
        return nodes;
    }

    private Path file(int count) throws IOException {
        return Files.write(
                directory.resolve("bars.csv"), SyntheticSeries.hourly(11, count).csv());
    }
}
