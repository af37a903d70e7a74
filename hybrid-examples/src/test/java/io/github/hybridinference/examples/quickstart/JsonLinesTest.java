package io.github.hybridinference.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Provenance;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Scenario.Reason;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final RuleVerdict BUY = RuleVerdict.of(Action.BUY, 0.71, RiskLevel.LOW, "because");

    @TempDir
    private Path directory;

    @Test
    void lineHasEveryFieldInOrder() throws IOException {
        Inference answer = Inference.local(() -> "id", BUY, Scenario.simple(Reason.DECISIVE_RULES), null, 0, 600);

        assertThat(written(new BarAnswer(START, 64_120.5, OptionalDouble.of(27.4), answer)))
                .isEqualTo("{\"timestamp\":\"2024-01-01T00:00:00Z\",\"close\":64120.5,\"rsi_14\":27.4,"
                        + "\"action\":\"BUY\",\"confidence\":0.71,\"source\":\"LOCAL\",\"scenario\":\"SIMPLE\","
                        + "\"reason\":\"DECISIVE_RULES\",\"degradation\":null,\"latency_us\":0.6,\"cost_usd\":0.0}\n");
    }

    @Test
    void missingRsiIsNullAndDegradationHasItsName() throws IOException {
        Inference answer = Inference.fallback(
                () -> "id",
                BUY,
                Scenario.complex(Reason.HIGH_VOLATILITY),
                Degradation.TIMEOUT,
                null,
                0,
                3_000_000_000L);

        assertThat(written(new BarAnswer(START, 10_000_000, OptionalDouble.empty(), answer)))
                .contains("\"close\":10000000.0,\"rsi_14\":null,", "\"confidence\":0.5,\"source\":\"FALLBACK\"")
                .contains("\"degradation\":\"TIMEOUT\",\"latency_us\":3000000.0,");
    }

    @Test
    void costIsAPlainDecimalAndNullWhenUnknown() throws IOException {
        assertThat(written(paid(OptionalLong.of(94)))).contains("\"cost_usd\":0.000000094}");
        assertThat(written(paid(OptionalLong.empty()))).contains("\"cost_usd\":null}");
    }

    @Test
    void tinyPriceIsAPlainDecimal() throws IOException {
        Inference answer = Inference.local(() -> "id", BUY, Scenario.simple(Reason.DECISIVE_RULES), null, 0, 41);

        assertThat(written(new BarAnswer(START, 0.000000812, OptionalDouble.of(1.0 / 3), answer)))
                .contains("\"close\":0.000000812,\"rsi_14\":0.333333,", "\"latency_us\":0.041,");
    }

    @Test
    void runThatIsBrokenOffLeavesTheOldFileAsItWas() throws IOException {
        Path target = Files.writeString(directory.resolve("out.jsonl"), "old");
        try (JsonLines lines = JsonLines.to(target)) {
            lines.write(paid(OptionalLong.of(1)));
        }

        assertThat(target).hasContent("old");
        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(target));
    }

    private static BarAnswer paid(OptionalLong nanoUsd) {
        Provenance provenance = new Provenance("model", "prompt", START, new Usage(0, 100, 50, 0, nanoUsd));
        Inference answer = Inference.ofModel(
                () -> "id",
                Source.REMOTE,
                BUY,
                Scenario.complex(Reason.NEUTRAL_RSI),
                BUY.signal(),
                provenance,
                0,
                1_000);
        return new BarAnswer(START, 1, OptionalDouble.of(50), answer);
    }

    private String written(BarAnswer bar) throws IOException {
        Path target = directory.resolve("out.jsonl");
        try (JsonLines lines = JsonLines.to(target)) {
            lines.write(bar);
            lines.finish();
        }
        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(target));
        return Files.readString(target);
    }
}
