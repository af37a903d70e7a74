package io.github.hybridinference.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.eval.AnswerPair;
import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.eval.Evaluation;
import io.github.hybridinference.eval.EvaluationResult;
import io.github.hybridinference.eval.History;
import io.github.hybridinference.model.Action;
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
    void tellsWhatWasWrongWithTheFile() throws IOException {
        DataQuality quality = new DataQuality(
                "semicolon",
                107,
                3,
                List.of("line 5 and 2 more: the close is missing"),
                2,
                List.of("line 9: a tick"),
                "newest first",
                4);
        Report report = about("", false, Optional.empty()).with(quality, Optional.of(result()));
        report.write(folder);

        JsonNode line = new ObjectMapper().readTree(report.line());
        assertThat(line.get("rows_read").asInt()).isEqualTo(107);
        assertThat(line.get("rejected_rows").asInt()).isEqualTo(3);
        assertThat(line.get("repeated_rows").asInt()).isEqualTo(2);
        assertThat(line.get("suspect_bars").asInt()).isEqualTo(1);
        assertThat(line.get("order").asText()).isEqualTo("newest first");
        assertThat(line.get("gaps").asInt()).isEqualTo(4);
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        assertThat(json.at("/data/shape").asText()).isEqualTo("semicolon");
        assertThat(json.at("/data/rejected_reasons/0").asText()).contains("the close is missing");
        assertThat(json.at("/data/suspects/0").asText()).isEqualTo("line 9: a tick");
        assertThat(json.get("buy_and_hold_without_suspects")).isEqualTo(json.get("buy_and_hold"));
    }

    @Test
    void writesAPairForEachComplexScenarioWithDataAndTellsNoWorthWithoutAModel() throws IOException {
        Report report = about("", false, Optional.empty());
        report.writePairs(folder.resolve("sub/pairs.csv"));

        assertThat(Files.readString(folder.resolve("sub/pairs.csv")))
                .isEqualTo("timestamp,rules_action,model_action,return_bps,cost_bps,rules_bps,model_bps\n");
        JsonNode line = new ObjectMapper().readTree(report.line());
        assertThat(line.get("verdict").asText()).isEqualTo("no_model");
        assertThat(line.get("changes").asInt()).isZero();
        assertThat(line.get("worth_bps_per_change").isNull()).isTrue();
        assertThat(line.get("break_even_capital_usd").isNull()).isTrue();
    }

    @Test
    void whoReadsThePairsComesToTheSameFigures() throws IOException {
        List<AnswerPair> pairs = List.of(
                new AnswerPair(START, Action.HOLD, Optional.of(Action.BUY), 0.0123456789, 5),
                new AnswerPair(START.plusSeconds(60), Action.SELL, Optional.empty(), 0.02, 5),
                new AnswerPair(START.plusSeconds(120), Action.SELL, Optional.of(Action.HOLD), Double.NaN, 5));

        PairsCsv.write(pairs, folder.resolve("pairs.csv"));

        assertThat(Files.readAllLines(folder.resolve("pairs.csv")).subList(1, 4))
                .containsExactly(
                        "2026-01-01T00:00:00Z,HOLD,BUY,123.456789,5,0,113.456789",
                        "2026-01-01T00:01:00Z,SELL,,200,5,-210,",
                        "2026-01-01T00:02:00Z,SELL,HOLD,,5,,");
    }

    /** A page of 60,000 bars draws what a screen can show, the extremes and the last bar among it. */
    @Test
    void drawsOfALongSeriesWhatCanBeSeen() throws IOException {
        int count = 60_000;
        List<Bar> bars = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            double price = i == 31_337 ? 900 : i == 41_414 ? 3 : 100 + i % 7;
            bars.add(new Bar(START.plus(Duration.ofHours(i)), price, price, price, price, 1));
        }
        History history = History.of(
                bars,
                Timeframe.H1,
                past -> MarketSnapshot.builder("X", Timeframe.H1)
                        .time(past.get(past.size() - 1).start().plus(Duration.ofHours(1)))
                        .build());
        EvaluationResult long60 = Evaluation.of(history).run();

        JsonNode series =
                new ObjectMapper().readTree(new ChartSeries(long60).json().toString());

        assertThat(series.get("drawn").asInt()).isBetween(15_000, 20_001);
        assertThat(series.get("time")).hasSameSizeAs(series.get("price"));
        assertThat(series.get("equity")).hasSize(series.get("time").size() - 1);
        List<Double> prices = new ArrayList<>();
        series.get("price").forEach(price -> prices.add(price.asDouble()));
        assertThat(prices).contains(900.0, 3.0);
        assertThat(series.get("time").get(series.get("time").size() - 1).asLong())
                .isEqualTo(START.plus(Duration.ofHours(count)).getEpochSecond());
        new Report(new ReportHead("long", "", false, Optional.empty(), List.of()), long60, Latencies.measured(long60))
                .write(folder);
        assertThat(Files.size(folder.resolve("report.html"))).isLessThan(5_000_000);
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
