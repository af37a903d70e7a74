package io.github.hybridinference.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.eval.Evaluation;
import io.github.hybridinference.eval.EvaluationResult;
import io.github.hybridinference.eval.History;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void saysWhetherTheModelMayHaveSeenTheBars() {
        assertThat(about("a model", false, Optional.of(START.plusSeconds(1_000_000)))
                        .mayHaveBeenSeen())
                .isTrue();
        assertThat(about("a model", false, Optional.empty()).mayHaveBeenSeen()).isTrue();
        assertThat(about("a model", false, Optional.of(START)).mayHaveBeenSeen())
                .isFalse();
        assertThat(about("a model", true, Optional.empty()).mayHaveBeenSeen()).isFalse();
        assertThat(about("", false, Optional.empty()).mayHaveBeenSeen()).isFalse();
    }

    @Test
    void aFigureThatCannotBeComputedIsNullAndNotZero() throws IOException {
        about("", false, Optional.empty()).write(folder);
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        JsonNode overall = json.get("sources").get(0);
        assertThat(overall.get("source").asText()).isEqualTo("overall");
        assertThat(overall.get("hit_rate").get("value").isNull()).isTrue();
        assertThat(overall.get("portfolio").get("sharpe").get("value").isNull()).isTrue();
        assertThat(json.get("cost_usd").asDouble()).isZero();
    }

    @Test
    void aTitleCannotBreakOutOfThePage() throws IOException {
        new Report(
                        new ReportHead("</script><img src=x>", "", false, Optional.empty(), List.of()),
                        result(),
                        Latencies.measured(result()))
                .write(folder);
        assertThat(Files.readString(folder.resolve("report.html"))).doesNotContain("</script><img");
    }

    private static Report about(String model, boolean simulated, Optional<Instant> cutoff) {
        EvaluationResult result = result();
        return new Report(
                new ReportHead("some bars", model, simulated, cutoff, List.of()), result, Latencies.measured(result));
    }

    /** Too few bars for any rule. */
    private static EvaluationResult result() {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            bars.add(new Bar(START.plus(Duration.ofHours(i)), 10, 11, 9, 10, 1));
        }
        return Evaluation.of(History.of(
                        bars,
                        Timeframe.H1,
                        past -> MarketSnapshot.builder("X", Timeframe.H1)
                                .time(past.get(past.size() - 1).start().plus(Duration.ofHours(1)))
                                .build()))
                .run();
    }
}
