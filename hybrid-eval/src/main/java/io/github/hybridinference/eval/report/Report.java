package io.github.hybridinference.eval.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.eval.CacheReport;
import io.github.hybridinference.eval.Calibration;
import io.github.hybridinference.eval.CallWorth;
import io.github.hybridinference.eval.Comparison;
import io.github.hybridinference.eval.EvaluationResult;
import io.github.hybridinference.eval.LearnedRouter;
import io.github.hybridinference.eval.LoggedWorth;
import io.github.hybridinference.eval.RouterReport;
import io.github.hybridinference.eval.SelectionBias;
import io.github.hybridinference.eval.SourceFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The results of an evaluation, as an HTML page, as JSON and as a single line. Two reports of the same replay are
 * identical byte for byte: nothing in them depends on the machine or the time of day. Immutable.
 *
 * @since 0.1.0
 */
public final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ReportHead head;
    private final EvaluationResult result;
    private final List<SourceFigures> figures;
    private final CallWorth worth;
    private final Optional<LearnedRouter> learned;
    private final Latencies latencies;
    private Optional<LoggedWorth> logged;
    private Optional<RouterReport> router = Optional.empty();
    private Optional<Calibration> calibration = Optional.empty();
    private Optional<CacheReport> cache = Optional.empty();
    private Optional<SelectionBias> trials = Optional.empty();
    private Optional<DataQuality> data = Optional.empty();
    private Optional<EvaluationResult> withoutSuspects = Optional.empty();

    /**
     * Starts a report.
     *
     * @param head what it is about
     * @param result what was decided
     * @param latencies how long the model took, as measured or as recorded
     */
    public Report(ReportHead head, EvaluationResult result, Latencies latencies) {
        this.head = Objects.requireNonNull(head, "head");
        this.result = Objects.requireNonNull(result, "result");
        this.figures = result.figures();
        this.worth = result.callWorth();
        this.learned = LearnedRouter.of(result);
        this.logged = LoggedWorth.of(result);
        this.latencies = Objects.requireNonNull(latencies, "latencies");
    }

    private Report(Report from) {
        this.head = from.head;
        this.result = from.result;
        this.figures = from.figures;
        this.worth = from.worth;
        this.learned = from.learned;
        this.latencies = from.latencies;
        this.logged = from.logged;
        this.router = from.router;
        this.calibration = from.calibration;
        this.cache = from.cache;
        this.trials = from.trials;
        this.data = from.data;
        this.withoutSuspects = from.withoutSuspects;
    }

    /**
     * Adds the effect of the model.
     *
     * @param part the part
     * @return a report with it
     */
    public Report with(RouterReport part) {
        Report more = new Report(this);
        more.router = Optional.of(part);
        return more;
    }

    /**
     * Adds what the model is worth on all complex scenarios, from the journal of a router that explores. A run with such a router has
     * it without this.
     *
     * @param part the part
     * @return a report with it
     */
    public Report with(LoggedWorth part) {
        Report more = new Report(this);
        more.logged = Optional.of(part);
        return more;
    }

    /**
     * Adds the calibrated thresholds.
     *
     * @param part the part
     * @return a report with them
     */
    public Report with(Calibration part) {
        Report more = new Report(this);
        more.calibration = Optional.of(part);
        return more;
    }

    /**
     * Adds the effect of the cache.
     *
     * @param part the part
     * @return a report with it
     */
    public Report with(CacheReport part) {
        Report more = new Report(this);
        more.cache = Optional.of(part);
        return more;
    }

    /**
     * Adds the set-ups that were looked at on the same bars.
     *
     * @param part the part; its evaluated trial is that of this result
     * @return a report with them
     */
    public Report with(SelectionBias part) {
        Report more = new Report(this);
        more.trials = Optional.of(part);
        return more;
    }

    /**
     * Adds what is to be known of the file of the bars.
     *
     * @param part the part
     * @param withoutSuspects the result without its suspect bars, if there are any
     * @return a report with it
     */
    public Report with(DataQuality part, Optional<EvaluationResult> withoutSuspects) {
        Report more = new Report(this);
        more.data = Optional.of(part);
        more.withoutSuspects = withoutSuspects;
        return more;
    }

    /**
     * Returns the figures of each source.
     *
     * @return as {@link EvaluationResult#figures()}, computed once
     */
    public List<SourceFigures> figures() {
        return figures;
    }

    /**
     * Returns what a router that learned from the first half of the run would have done on the second.
     *
     * @return empty if the model gave too few answers to learn from
     */
    public Optional<LearnedRouter> learnedRouter() {
        return learned;
    }

    /**
     * Returns whether the model may have been trained on these bars: some are older than its knowledge cut-off, or the
     * cut-off is not stated.
     *
     * @return false for a simulated model, and without one
     */
    public boolean mayHaveBeenSeen() {
        return !seen().equals("no");
    }

    /**
     * Writes {@code report.html} and {@code report.json}.
     *
     * @param folder the folder of the files; created if missing
     * @throws IOException if they cannot be written
     */
    public void write(Path folder) throws IOException {
        ReportPage.write(folder, "report", json(), Map.of("series", new ChartSeries(result).json()));
    }

    /**
     * Writes what the worth of the calls was computed from: a line for each complex scenario, with the columns
     * {@code timestamp,rules_action,model_action,return_bps,cost_bps,rules_bps,model_bps}. What is not known is empty: the
     * model's columns where the answer was a fallback, the returns where the history ends too soon.
     *
     * @param file the file, replaced if it exists
     * @throws IOException if it cannot be written
     */
    public void writePairs(Path file) throws IOException {
        PairsCsv.write(worth.pairs(), file);
    }

    /**
     * Returns the figures in one line, for programs.
     *
     * @return a JSON object; {@code simulated} is there only if the model was
     */
    public String line() {
        ObjectNode line = JSON.createObjectNode();
        line.put("bars", result.history().size());
        Figures.put(line, "model_share", result.modelShare());
        Figures.put(line, "cost_usd", Spending.totalUsd(result));
        ObjectNode hitRate = line.putObject("hit_rate");
        ObjectNode brier = line.putObject("brier");
        ObjectNode holdShare = line.putObject("hold_share");
        for (SourceFigures source : figures) {
            Figures.put(hitRate, source.source(), source.hitRate().value());
            Figures.put(brier, source.source(), source.brier().value());
            Figures.put(holdShare, source.source(), source.holdShare());
        }
        SourceFigures overall = figures.get(figures.size() - 1);
        Figures.put(line, "sharpe", overall.portfolio().sharpe().value());
        Figures.put(line, "sharpe_buy_hold", result.buyAndHold().sharpe().value());
        Figures.put(line, "max_drawdown", overall.portfolio().maxDrawdown());
        Figures.put(
                line,
                "flip_rate",
                cache.flatMap(CacheReport::byDefault)
                        .map(CacheReport.Step::flipRate)
                        .orElse(Double.NaN));
        WorthJson.addTo(line, worth);
        LearnedJson.addTo(line, learned);
        trials.ifPresent(part -> TrialsJson.addTo(line, part));
        line.put("digest", result.digest());
        data.ifPresent(part -> part.addCountsTo(line));
        if (head.simulated()) {
            line.put("simulated", true);
        }
        return line.toString();
    }

    private ObjectNode json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("title", head.title());
        json.put("model", head.model());
        json.put("simulated", head.simulated());
        json.put("from", result.history().bars().get(0).start().toString());
        json.put(
                "to",
                result.history()
                        .questions()
                        .get(result.history().size() - 1)
                        .time()
                        .toString());
        json.put("timeframe", result.history().timeframe().code());
        json.put("bars", result.history().size());
        json.put("horizon_bars", result.horizonBars());
        json.put("cost_bps", result.costBps());
        Figures.put(json, "model_share", result.modelShare());
        Figures.put(json, "cost_usd", Spending.totalUsd(result));
        json.put("digest", result.digest());
        json.put("seen", seen());
        head.notes().forEach(json.withArray("notes")::add);
        ResultJson results = new ResultJson(head.simulated());
        json.set("sources", results.sources(figures, result));
        json.set("buy_and_hold", results.portfolio(result.buyAndHold()));
        data.ifPresent(part -> json.set("data", part.json()));
        withoutSuspects.ifPresent(other -> {
            json.set("buy_and_hold_without_suspects", results.portfolio(other.buyAndHold()));
            json.set("sources_without_suspects", results.sources(other.figures(), other));
        });
        json.set("cost_by_day", Spending.byDay(result));
        json.set("latency", latencies.json());
        json.set("degradations", results.degradations(result));
        json.set("worth", WorthJson.of(worth));
        learned.ifPresent(part -> json.set("learned_router", LearnedJson.of(part)));
        logged.ifPresent(part -> json.set("logged_worth", LearnedJson.of(part)));
        json.set("worth_by_reason", WorthJson.byReason(CallWorth.byReason(result)));
        json.set("comparison", ComparisonJson.of(Comparison.of(result)));
        json.set("evidence", results.evidence(result));
        trials.ifPresent(
                part -> json.set("trials", TrialsJson.of(part, result.history().barsPerYear())));
        router.ifPresent(part -> json.set("router", PartsJson.router(part)));
        calibration.ifPresent(part -> json.set("calibration", PartsJson.calibration(part, usdPerQuestion())));
        cache.ifPresent(part -> json.set("cache", PartsJson.cache(part)));
        return json;
    }

    /** The mean price of an answer; not a number if none was paid for. */
    private double usdPerQuestion() {
        long answers = result.stats().remoteAnswers();
        double total = Spending.totalUsd(result);
        return answers > 0 && total > 0 ? total / answers : Double.NaN;
    }

    private String seen() {
        return head.seen(result.history().questions().get(0).time());
    }
}
