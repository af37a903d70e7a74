package io.github.hybridinference.examples.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.examples.bars.SyntheticSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EvaluateTest {
    @TempDir
    private Path folder;

    @Test
    void theLastLineHasAllFiguresInOrderAndSaysThatTheModelIsSimulated() {
        JsonNode result = evaluate("first", "--sample", "60").result();
        assertThat(names(result))
                .containsExactly(
                        "bars",
                        "model_share",
                        "cost_usd",
                        "hit_rate",
                        "brier",
                        "hold_share",
                        "sharpe",
                        "sharpe_buy_hold",
                        "max_drawdown",
                        "flip_rate",
                        "worth_bps_per_change",
                        "worth_low",
                        "worth_high",
                        "changes",
                        "break_even_capital_usd",
                        "detectable_edge_bps",
                        "verdict",
                        "router_auc",
                        "router_kept_changes",
                        "digest",
                        "rows_read",
                        "rejected_rows",
                        "repeated_rows",
                        "suspect_bars",
                        "order",
                        "gaps",
                        "simulated");
        assertThat(result.get("bars").asInt()).isEqualTo(800);
        assertThat(names(result.get("hit_rate"))).containsExactly("rules", "model", "overall");
        assertThat(result.get("cost_usd").asDouble()).isPositive();
        assertThat(result.get("simulated").asBoolean()).isTrue();
    }

    @Test
    void measuresReidentificationAloneOnRequest() {
        EvaluateRun run = evaluate("unwritten", "--reidentification");
        assertThat(run.out()).contains("standard", "coarse", "noisy(10)", "The other feed is simulated");
        JsonNode result = run.result();
        assertThat(names(result))
                .containsExactly(
                        "bars",
                        "sample",
                        "unique",
                        "nearest",
                        "nearest_other_feed",
                        "decisions_changed",
                        "routes_changed",
                        "other_feed");
        assertThat(names(result.get("unique")))
                .containsExactly("standard", "coarse", "noisy(1)", "noisy(5)", "noisy(10)");
        assertThat(result.get("bars").asInt()).isEqualTo(700);
        assertThat(folder.resolve("unwritten")).doesNotExist();
    }

    @Test
    void aReplayOfTheJournalGivesTheSameSignalsAndTwoReplaysTheSameBytes() throws IOException {
        String journal = folder.resolve("journal").toString();
        JsonNode recorded =
                evaluate("recorded", "--sample", "60", "--journal", journal).result();
        JsonNode replayed =
                evaluate("replayed", "--sample", "60", "--journal", journal).result();
        evaluate("again", "--sample", "60", "--journal", journal);

        assertThat(replayed).isEqualTo(recorded);
        for (String file : List.of("report.html", "report.json")) {
            assertThat(folder.resolve("again").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("replayed").resolve(file));
        }
        assertThat(json("replayed").get("model").asText()).startsWith("simulated ");
    }

    @Test
    void calibratesForTheShareThatIsWanted() throws IOException {
        EvaluateRun run = evaluate("calibrated", "--sample", "0", "--target-share", "0.3");
        assertThat(run.out()).contains(".classifier(ScenarioClassifier.thresholds()", ".neutralRsi(");
        assertThat(json("calibrated").get("calibration").get("wanted_share").asDouble())
                .isEqualTo(0.3);
        assertThat(run.result().get("model_share").asDouble()).isCloseTo(0.3, within(0.1));
        // what is printed is what was evaluated: fitted on the first half, and all figures are of the second
        JsonNode calibration = json("calibrated").get("calibration");
        calibration
                .get("snippet")
                .asText()
                .lines()
                .forEach(line -> assertThat(run.out()).contains(line));
        assertThat(run.result().get("bars").asInt())
                .isEqualTo(
                        (evaluate("whole", "--rules-only").result().get("bars").asInt() + 1) / 2);
        assertThat(run.result().get("flip_rate").isNull()).isTrue();
    }

    @Test
    void thePageNeedsNothingBesideIt() throws IOException {
        evaluate("page", "--sample", "0", "--rules-only");
        String page = Files.readString(folder.resolve("page").resolve("report.html"));
        assertThat(page).contains("uPlot").doesNotContain("/*data*/", "/*charts.js*/", "src=\"", "href=\"http");
    }

    @Test
    void withoutAModelNothingIsSimulatedAndTheRulesAnswerEverything() {
        JsonNode result = evaluate("rules", "--rules-only").result();
        assertThat(result.has("simulated")).isFalse();
        assertThat(names(result.get("hit_rate"))).containsExactly("rules", "overall");
        assertThat(result.get("cost_usd").asDouble()).isZero();
    }

    /** Days and hours of New York in a foreign order, one false tick among them. */
    @Test
    void readsAFileByItsOptionsAndShowsTheFiguresWithAndWithoutSuspectBars() throws IOException {
        StringBuilder rows = new StringBuilder("time,open,high,low,close,volume\n");
        DateTimeFormatter written =
                DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm").withZone(ZoneId.of("America/New_York"));
        List<Bar> bars = SyntheticSeries.hourly(9, 200).bars();
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double close = i == 120 ? 0.06 : bar.close();
            rows.append(String.format(
                    Locale.ROOT,
                    "%s,%.2f,%.2f,%.2f,%.2f,%.0f%n",
                    written.format(bar.start()),
                    bar.open(),
                    bar.high(),
                    Math.min(bar.low(), close),
                    close,
                    bar.volume()));
        }
        Path file = Files.writeString(folder.resolve("bars.csv"), rows);
        String[] options = {
            "--rules-only", "--bars", file.toString(), "--date-format", "dd/MM/yyyy HH:mm", "--zone", "America/New_York"
        };

        EvaluateRun run = evaluate("file", options);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("1 suspect bar, kept:", "without suspect bars:")
                .doesNotContain("NaN");
        assertThat(run.result().get("suspect_bars").asInt()).isEqualTo(1);
        JsonNode json = json("file");
        assertThat(json.get("from").asText()).isEqualTo(bars.get(0).start().toString());
        assertThat(json.get("buy_and_hold_without_suspects")).isNotEqualTo(json.get("buy_and_hold"));
        assertThat(evaluate("utc", Stream.of(options).limit(5).toArray(String[]::new))
                        .code())
                .isZero();
        assertThat(json("utc").get("from").asText())
                .isNotEqualTo(bars.get(0).start().toString());
    }

    @Test
    void saysThatFewBarsAreTooFew() throws IOException {
        StringBuilder rows = new StringBuilder("date,open,high,low,close\n");
        for (int i = 1; i <= 28; i++) {
            rows.append(String.format(Locale.ROOT, "2024-02-%02d,10,12,9,%d%n", i, 10 + i % 2));
        }
        EvaluateRun run = evaluate(
                "few",
                "--rules-only",
                "--bars",
                Files.writeString(folder.resolve("few.csv"), rows).toString());

        assertThat(run.out()).contains("Fewer than 100 bars").doesNotContain("NaN");
    }

    @Test
    void mistakesInTheOptionsEndWithTwo() {
        assertThat(evaluate("x", "--horizon", "0").code()).isEqualTo(2);
        assertThat(evaluate("x", "--target-share", "1").code()).isEqualTo(2);
        assertThat(evaluate("x", "--cost-bps", "-1").code()).isEqualTo(2);
        assertThat(evaluate("x", "--bars", folder.resolve("none.csv").toString())
                        .code())
                .isEqualTo(1);
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
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
}
