package io.github.hybridinference.examples.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.classify.RouterModel;
import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.examples.bars.SyntheticSeries;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.model.Timeframe;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class TrainRouterTest {
    private static final Clock TODAY = Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int train(String... args) {
        CommandContext context = new CommandContext(
                InputStream.nullInputStream(),
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                Map.of(),
                System::nanoTime);
        return TrainRouter.run(context, TODAY, args);
    }

    private String bars(int count) throws IOException {
        List<Bar> bars = SyntheticSeries.hourly(7, count).bars();
        Path file = folder.resolve("bars.csv");
        Files.writeString(
                file,
                bars.stream()
                        .map(bar -> String.join(
                                ",",
                                bar.start().toString(),
                                String.valueOf(bar.open()),
                                String.valueOf(bar.high()),
                                String.valueOf(bar.low()),
                                String.valueOf(bar.close()),
                                String.valueOf(bar.volume())))
                        .collect(Collectors.joining("\n", "time,open,high,low,close,volume\n", "\n")));
        return file.toString();
    }

    @Test
    void writesARouterFromTheJournalOfAnEvaluation() throws IOException {
        String bars = bars(1_500);
        String journal = folder.resolve("journal").toString();
        String report = folder.resolve("report").toString();
        EvaluateRun.of("--bars", bars, "--journal", journal, "--sample", "0", "--out", report);
        Path router = folder.resolve("router.json");

        int code = train("--bars", bars, "--journal", journal, "--out", router.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(RouterModel.read(router).timeframe()).isEqualTo(Timeframe.H1);
        assertThat(Files.readString(router)).contains("\"trained\" : \"2026-11-28\"", "\"series\" : \"bars.csv\"");
        assertThat(out.toString()).contains("0 of them explored", "ScenarioClassifier.learned");
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        assertThat(train(
                        "--bars", bars(300), "--journal", folder.resolve("none").toString(), "--out", "router.json"))
                .isEqualTo(1);
        assertThat(err.toString()).isNotEmpty();
    }

    @Test
    void refusesAShareThatIsNone() {
        assertThat(train("--lose-at-most", "1")).isEqualTo(2);
    }
}
