package io.github.hybridinference.examples.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.examples.bars.SyntheticSeries;
import io.github.hybridinference.lab.command.CommandContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class EvaluateSeveralTest {
    @TempDir
    private Path folder;

    private Path bars;

    @BeforeEach
    void makeFolder() throws IOException {
        bars = Files.createDirectory(folder.resolve("bars"));
    }

    private Path write(String name, int seed) throws IOException {
        Path file = bars.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, SyntheticSeries.hourly(seed, 400).csv());
    }

    private EvaluateRun evaluate(String out, String... more) {
        List<String> args = new ArrayList<>(List.of(more));
        args.addAll(List.of("--out", folder.resolve(out).toString()));
        return EvaluateRun.of(args.toArray(new String[0]));
    }

    private JsonNode json(String out) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve(out).resolve("report.json").toFile());
    }

    /** Six series of 2,000 bars, with recorded answers. */
    @Test
    void oneThreadAndSeveralGiveTheSameBytes() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandContext context = new CommandContext(
                InputStream.nullInputStream(),
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                Map.of(),
                System::nanoTime);
        int code = ManySeries.run(
                context, "--series", "4", "--bars", "1000", "--threads", "2", "--folder", folder.toString());

        assertThat(code).as(out + "" + err).isZero();
        assertThat(out.toString()).contains("\"same_digest\":true", "\"series\":4", "\"bars\":4000");
        for (String file : List.of("report.html", "report.json")) {
            assertThat(folder.resolve("report-2").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("report-1").resolve(file));
        }
    }

    @Test
    void evaluatesEachAndAllTogether() throws IOException {
        Path one = write("one.csv", 1);
        write("two.csv", 2);
        Files.writeString(bars.resolve("README.md"), "not bars");
        Files.writeString(bars.resolve(".hidden.csv"), "not bars");

        EvaluateRun run = evaluate("all", "--rules-only", "--bars", bars.toString());
        JsonNode alone =
                evaluate("one", "--rules-only", "--bars", one.toString()).result();

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("evaluation of 2 series, 800 bars");
        assertThat(run.result().get("series").asInt()).isEqualTo(2);
        assertThat(run.result().get("failed_series").asInt()).isZero();
        assertThat(run.result().get("bars").asInt()).isEqualTo(800);
        assertThat(run.result().get("rows_read").asInt()).isEqualTo(800);
        alone.fieldNames()
                .forEachRemaining(
                        name -> assertThat(run.result().has(name)).as(name).isTrue());
        JsonNode row = json("all").at("/series/0");
        assertThat(row.get("name").asText()).isEqualTo("one.csv");
        assertThat(row.get("digest")).isEqualTo(alone.get("digest"));
        assertThat(row.at("/sharpe/value")).isEqualTo(alone.get("sharpe"));
        assertThat(row.get("max_drawdown")).isEqualTo(alone.get("max_drawdown"));
        String page = Files.readString(folder.resolve("all").resolve("report.html"));
        assertThat(page).contains("uPlot").doesNotContain("/*data*/", "/*charts.js*/", "src=\"", "href=\"http");
    }

    @Test
    void namesASeriesThatCannotBeReadAndKeepsTheRest() throws IOException {
        write("good.csv", 1);
        write("also.csv", 2);
        Files.writeString(bars.resolve("bad.csv"), "this,is\nno,series\n");

        EvaluateRun run = evaluate("out", "--rules-only", "--bars", bars.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("evaluate: bad.csv: ").doesNotContain("good.csv");
        assertThat(run.result().get("series").asInt()).isEqualTo(2);
        assertThat(run.result().get("failed_series").asInt()).isEqualTo(1);
        assertThat(run.out()).contains("1 of 3 series could not be evaluated.");
        assertThat(json("out").at("/failed/0/name").asText()).isEqualTo("bad.csv");
        assertThat(json("out").at("/failed/0/reason").asText()).isNotEmpty();
        Files.delete(bars.resolve("good.csv"));
        Files.delete(bars.resolve("also.csv"));
        EvaluateRun none = evaluate("none", "--rules-only", "--bars", bars.toString());
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("bad.csv: ", "None of the series can be evaluated.");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    /** One price of a thousandth, as venues print it now and then. */
    @Test
    void saysWhichSeriesHasSuspectBars() throws IOException {
        Path ticked = write("ticked.csv", 1);
        write("clean.csv", 2);
        List<String> rows = new ArrayList<>(Files.readAllLines(ticked));
        String[] cells = rows.get(200).split(",");
        cells[3] = Double.toString(Double.parseDouble(cells[3]) / 1_000);
        rows.set(200, String.join(",", cells));
        Files.write(ticked, rows);

        EvaluateRun run = evaluate("out", "--rules-only", "--bars", bars.toString());

        assertThat(run.out())
                .contains("ticked.csv: 1 suspect bar is kept; evaluate it alone")
                .doesNotContain("clean.csv:");
        assertThat(run.result().get("suspect_bars").asInt()).isEqualTo(1);
    }

    @Test
    void filesOfOneNameAreToldApartAndNoneIsTakenTwice() throws IOException {
        Path first = write("a/same.csv", 1);
        Path second = write("b/same.csv", 2);

        EvaluateRun run = evaluate(
                "out",
                "--rules-only",
                "--bars",
                first.toString(),
                "--bars",
                second.toString(),
                "--bars",
                bars.resolve("a/../b/same.csv").toString());

        assertThat(run.result().get("series").asInt()).isEqualTo(2);
        assertThat(json("out").at("/series/0/name").asText()).isEqualTo(first.toString());
    }

    @Test
    void recordsAJournalForEachAndReplaysThem() throws IOException {
        write("one.csv", 1);
        write("two.csv", 2);
        String[] args = {
            "--bars", bars.toString(), "--journal", folder.resolve("journal").toString()
        };
        JsonNode recorded = evaluate("recorded", args).result();
        EvaluateRun replayed = evaluate("replayed", args);

        assertThat(folder.resolve("journal/one.csv")).isDirectory();
        assertThat(recorded.get("changes").asInt()).isPositive();
        assertThat(recorded.get("simulated").asBoolean()).isTrue();
        assertThat(replayed.out()).contains("replayed from a journal");
        assertThat(replayed.result()).isEqualTo(recorded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--sample 5",
                "--pairs p.csv",
                "--trials t.jsonl",
                "--target-share 0.3",
                "--reidentification",
                "--owner-checks"
            })
    void refusesWhatGoesWithOneSeries(String option) throws IOException {
        write("one.csv", 1);
        List<String> args = new ArrayList<>(List.of("--bars", bars.toString()));
        args.addAll(List.of(option.split(" ")));

        EvaluateRun run = evaluate("out", args.toArray(new String[0]));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("go with one series");
        assertThat(evaluate("out", "--threads", "2").code()).isEqualTo(2);
        assertThat(evaluate("out", "--bars", bars.toString(), "--threads", "0").code())
                .isEqualTo(2);
    }

    @Test
    void aFolderWithoutBarsIsNamed() {
        EvaluateRun run = evaluate("out", "--rules-only", "--bars", bars.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("holds no file of bars");
    }
}
