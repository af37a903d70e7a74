package io.github.hybridinference.examples.quickstart;

import io.github.hybridinference.EngineStats;
import io.github.hybridinference.budget.Money;
import io.github.hybridinference.examples.run.Backend;
import io.github.hybridinference.examples.run.Series;
import io.github.hybridinference.examples.run.SeriesFindings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Summarizes a run in a few lines of text. */
final class Summary {

    private static final int LINE = 75;

    private final EngineStats stats;
    private final Backend backend;
    private final AnsiText style;
    private final TextTable table = new TextTable("<<");

    private Summary(EngineStats stats, Backend backend, AnsiText style) {
        this.stats = stats;
        this.backend = backend;
        this.style = style;
    }

    static List<String> lines(EngineStats stats, Backend backend, Series series, int polls, AnsiText style) {
        Summary made = new Summary(stats, backend, style);
        if (backend.model().isPresent()) {
            made.model();
            made.cache(series.timeframe().duration().dividedBy(polls));
            made.cost();
        }
        made.degradations();
        List<String> lines = new ArrayList<>(made.table.lines());
        new SeriesFindings(series).sentences().forEach(line -> lines.add("  " + made.style.warning(line)));
        return lines;
    }

    private void model() {
        String share = String.format(Locale.ROOT, "%.1f %% of requests", stats.remoteUsageRatePct());
        String attempts = stats.remoteCalls() == 0
                ? ""
                : ": " + Formats.count(stats.remoteCalls(), "call") + ", "
                        + Formats.count(stats.upstreamAttempts(), "attempt") + " including retries";
        add("model share", share + attempts);
    }

    private void cache(Duration between) {
        String rate = String.format(Locale.ROOT, "%.1f %% of requests", stats.cacheHitRatePct());
        String more = between.compareTo(Session.CACHE_TTL) < 0
                ? ", " + Formats.percent(stats.cacheHits(), stats.totalRequests() - stats.localCalls())
                        + " of what the rules left"
                : " (kept for " + Formats.duration(Session.CACHE_TTL) + ", asked every " + Formats.duration(between)
                        + ")";
        add("cache hit rate", rate + more);
    }

    private void cost() {
        String simulated = backend.isSimulated() ? " (simulated)" : "";
        add(
                "cost",
                Formats.usd(Money.usd(stats.totalCostNanoUsd())) + simulated + ", "
                        + Formats.usd(stats.costPer1000RequestsUsd()) + " per 1,000 requests" + simulated + ", "
                        + Formats.count(stats.totalTokens(), "token"));
        if (stats.unpricedCalls() > 0) {
            add("", style.warning(Formats.count(stats.unpricedCalls(), "attempt") + " of unknown cost not included"));
        }
    }

    private void degradations() {
        if (!stats.degradations().isEmpty()) {
            addCounts("degraded", stats.degradations());
        }
        if (!stats.replyProblems().isEmpty()) {
            addCounts("replies refused", stats.replyProblems());
        }
        if (stats.errors() > 0) {
            add("errors", style.warning(Formats.count(stats.errors())));
        }
    }

    private void addCounts(String name, Map<? extends Enum<?>, Long> counts) {
        String title = name;
        StringBuilder line = new StringBuilder();
        for (String count : sorted(counts)) {
            if (line.length() + count.length() > LINE) {
                add(title, line.toString());
                title = "";
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : ", ").append(count);
        }
        add(title, line.toString());
    }

    private static List<String> sorted(Map<? extends Enum<?>, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(entry -> entry.getKey().name() + " " + Formats.count(entry.getValue()))
                .toList();
    }

    private void add(String name, String text) {
        table.row(name, text);
    }
}
