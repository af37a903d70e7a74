package io.github.hybridinference.eval.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.eval.CallWorth;
import io.github.hybridinference.eval.PortfolioFigures;
import io.github.hybridinference.eval.SeriesFigures;
import io.github.hybridinference.eval.SeriesTotals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The results of several series and their totals, as an HTML page, as JSON and as a single line. Two reports of the same replay are
 * identical byte for byte, on however many threads the series were evaluated. Immutable.
 *
 * @since 0.1.0
 */
public final class SeriesReport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double BPS = 10_000;

    /**
     * A series that could not be evaluated.
     *
     * @param name the name of the series
     * @param reason why, in a sentence
     */
    public record Failed(String name, String reason) {}

    /**
     * How signals were judged.
     *
     * @param horizonBars over how many bars
     * @param costBps the cost of changing the position, in basis points
     */
    public record Terms(int horizonBars, double costBps) {}

    private final ReportHead head;
    private final SeriesTotals totals;
    private final Map<String, DataQuality> files;
    private final List<Failed> failed;
    private final Terms terms;

    /**
     * Starts a report.
     *
     * @param head what it is about
     * @param totals the series and their totals
     * @param files what is to be known of the file of each series, by its name
     * @param failed the series that could not be evaluated
     * @param terms how signals were judged
     */
    public SeriesReport(
            ReportHead head, SeriesTotals totals, Map<String, DataQuality> files, List<Failed> failed, Terms terms) {
        this.head = Objects.requireNonNull(head, "head");
        this.totals = Objects.requireNonNull(totals, "totals");
        this.files = Map.copyOf(files);
        this.failed = List.copyOf(failed);
        this.terms = Objects.requireNonNull(terms, "terms");
    }

    /**
     * Writes {@code report.html} and {@code report.json}.
     *
     * @param folder the folder of the files; created if missing
     * @throws IOException if they cannot be written
     */
    public void write(Path folder) throws IOException {
        ObjectNode chart =
                JSON.createObjectNode().put("first_day", totals.firstDay().toEpochDay());
        curve(chart.putArray("equity"), totals.equity());
        curve(chart.putArray("rules"), totals.rulesEquity());
        curve(chart.putArray("buy_and_hold"), totals.buyAndHoldEquity());
        ReportPage.write(folder, "series", json(), Map.of("chart", chart));
    }

    private static void curve(ArrayNode target, double[] values) {
        for (double value : values) {
            Figures.add(target, value);
        }
    }

    /**
     * Returns the figures in one line, for programs: those of the report of one series where totals have them, and the numbers of
     * series that were evaluated and that failed.
     *
     * @return a JSON object; {@code simulated} is there only if the model was
     */
    public String line() {
        ObjectNode line = JSON.createObjectNode();
        line.put("series", totals.series().size());
        line.put("failed_series", failed.size());
        line.put("bars", totals.bars());
        Figures.put(line, "model_share", totals.modelShare());
        CallWorth worth = totals.callWorth();
        Figures.put(line, "cost_usd", worth.costUsd());
        ObjectNode hitRate = line.putObject("hit_rate");
        ObjectNode brier = line.putObject("brier");
        ObjectNode holdShare = line.putObject("hold_share");
        for (SeriesTotals.SourceTotals source : totals.sources()) {
            Figures.put(hitRate, source.source(), source.hitRate().value());
            Figures.put(brier, source.source(), source.brier().value());
            Figures.put(holdShare, source.source(), source.holdShare());
        }
        PortfolioFigures hybrid = totals.hybrid();
        Figures.put(line, "sharpe", hybrid.sharpe().value());
        Figures.put(line, "sharpe_buy_hold", totals.buyAndHold().sharpe().value());
        Figures.put(line, "max_drawdown", hybrid.maxDrawdown());
        line.putNull("flip_rate");
        WorthJson.addTo(line, worth);
        LearnedJson.addTo(line, Optional.empty());
        line.put("digest", totals.digest());
        putCounts(line);
        if (head.simulated()) {
            line.put("simulated", true);
        }
        return line.toString();
    }

    private void putCounts(ObjectNode line) {
        line.put(
                "rows_read",
                files.values().stream().mapToLong(DataQuality::rowsRead).sum());
        line.put(
                "rejected_rows",
                files.values().stream().mapToLong(DataQuality::rejectedRows).sum());
        line.put(
                "repeated_rows",
                files.values().stream().mapToLong(DataQuality::repeatedRows).sum());
        line.put(
                "suspect_bars",
                files.values().stream()
                        .mapToLong(file -> file.suspectBars().size())
                        .sum());
        List<String> orders =
                files.values().stream().map(DataQuality::order).distinct().toList();
        line.put("order", orders.size() == 1 ? orders.get(0) : "differs");
        line.put("gaps", files.values().stream().mapToLong(DataQuality::gaps).sum());
    }

    private ObjectNode json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("title", head.title());
        json.put("model", head.model());
        json.put("simulated", head.simulated());
        Instant from = totals.series().stream()
                .map(SeriesFigures::from)
                .min(Instant::compareTo)
                .orElseThrow();
        json.put("from", from.toString());
        json.put(
                "to",
                totals.series().stream()
                        .map(SeriesFigures::to)
                        .max(Instant::compareTo)
                        .orElseThrow()
                        .toString());
        json.put("seen", head.seen(from));
        json.put("bars", totals.bars());
        json.put("horizon_bars", terms.horizonBars());
        json.put("cost_bps", terms.costBps());
        Figures.put(json, "model_share", totals.modelShare());
        Figures.put(json, "cost_usd", totals.callWorth().costUsd());
        json.put("digest", totals.digest());
        head.notes().forEach(json.withArray("notes")::add);
        json.set("worth", WorthJson.of(totals.callWorth()));
        ArrayNode sources = json.putArray("sources");
        totals.sources().forEach(source -> source(sources.addObject(), source));
        ObjectNode ways = json.putObject("portfolios");
        ResultJson results = new ResultJson(head.simulated());
        ways.set("rules", results.portfolio(totals.rules()));
        ways.set("hybrid", results.portfolio(totals.hybrid()));
        ways.set("buy_and_hold", results.portfolio(totals.buyAndHold()));
        Figures.put(json, "hybrid_over_rules_per_year", totals.hybridOverRulesPerYear());
        ArrayNode series = json.putArray("series");
        totals.series().forEach(figures -> series(series.addObject(), figures));
        ArrayNode without = json.putArray("failed");
        failed.forEach(one -> without.addObject().put("name", one.name()).put("reason", one.reason()));
        return json;
    }

    private void source(ObjectNode node, SeriesTotals.SourceTotals source) {
        node.put("source", source.source());
        node.put("simulated", head.simulated() && ResultJson.isOfTheModel(source.source()));
        node.put("decisions", source.decisions());
        node.put("signals", source.signals());
        Figures.put(node, "hold_share", source.holdShare());
        Figures.put(node, "hit_rate", source.hitRate());
        Figures.put(node, "mean_return", source.meanReturn());
        Figures.put(node, "brier", source.brier());
    }

    private void series(ObjectNode node, SeriesFigures figures) {
        node.put("name", figures.name());
        node.put("bars", figures.bars());
        node.put("from", figures.from().toString());
        node.put("to", figures.to().toString());
        Figures.put(node, "model_share", figures.modelShare());
        node.put("signals", figures.signals());
        Figures.put(node, "hit_rate", figures.hitRate());
        Figures.put(node, "sharpe", figures.sharpe());
        Figures.put(node, "hybrid", figures.hybrid());
        Figures.put(node, "rules", figures.rules());
        Figures.put(node, "buy_and_hold", figures.buyAndHold());
        Figures.put(node, "max_drawdown", figures.maxDrawdown());
        CallWorth worth = figures.worth();
        node.put("compared", worth.compared());
        node.put("changes", worth.changes());
        Figures.put(node, "worth_bps_per_change", worth.worth().times(BPS));
        Figures.put(node, "cost_usd", worth.costUsd());
        node.put("verdict", WorthJson.name(worth.verdict()));
        DataQuality file = files.get(figures.name());
        node.put("rejected_rows", file == null ? 0 : file.rejectedRows());
        node.put("suspect_bars", file == null ? 0 : file.suspectBars().size());
        node.put("digest", figures.digest());
    }
}
