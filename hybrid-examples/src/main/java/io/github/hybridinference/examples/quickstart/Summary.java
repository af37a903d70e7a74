package io.github.hybridinference.examples.quickstart;

import io.github.hybridinference.EngineStats;
import io.github.hybridinference.budget.Money;
import io.github.hybridinference.examples.bars.RowFindings;
import io.github.hybridinference.examples.run.Backend;
import io.github.hybridinference.examples.run.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts what a run came to into a few lines of text. */
final class Summary {

    private static final int ROWS_SHOWN = 5;
    private static final int LINE = 75;

    private final EngineStats stats;
    private final Backend backend;
    private final Ink ink;
    private final TextTable table = new TextTable("<<");

    private Summary(EngineStats stats, Backend backend, Ink ink) {
        this.stats = stats;
        this.backend = backend;
        this.ink = ink;
    }

    static List<String> lines(EngineStats stats, Backend backend, Series series, int polls, Ink ink) {
        Summary made = new Summary(stats, backend, ink);
        if (backend.model().isPresent()) {
            made.model();
            made.cache(series.timeframe().duration().dividedBy(polls));
            made.cost();
        }
        made.degradations();
        List<String> lines = new ArrayList<>(made.table.lines());
        lines.addAll(made.rows("rejected", series.rejected()));
        lines.addAll(made.rows("suspect", series.suspect()));
        return lines;
    }

    private void model() {
        String share = String.format(Locale.ROOT, "%.1f %% of requests", stats.remoteUsageRatePct());
        String attempts = stats.remoteCalls() == 0
                ? ""
                : ": " + Words.count(stats.remoteCalls(), "call") + ", "
                        + Words.count(stats.upstreamAttempts(), "attempt") + " including retries";
        add("model share", share + attempts);
    }

    private void cache(Duration between) {
        String rate = String.format(Locale.ROOT, "%.1f %% of requests", stats.cacheHitRatePct());
        String more = between.compareTo(Session.REMEMBERED) < 0
                ? ", " + Words.percent(stats.cacheHits(), stats.totalRequests() - stats.localCalls())
                        + " of what the rules left"
                : " (kept for " + Words.duration(Session.REMEMBERED) + ", asked every " + Words.duration(between) + ")";
        add("cache hit rate", rate + more);
    }

    private void cost() {
        String simulated = backend.isSimulated() ? " (simulated)" : "";
        add(
                "cost",
                Words.usd(Money.usd(stats.totalCostNanoUsd())) + simulated + ", "
                        + Words.usd(stats.costPer1000RequestsUsd()) + " per 1,000 requests" + simulated + ", "
                        + Words.count(stats.totalTokens(), "token"));
        if (stats.unpricedCalls() > 0) {
            add("", ink.warning(Words.count(stats.unpricedCalls(), "attempt") + " of unknown cost not included"));
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
            add("errors", ink.warning(Words.count(stats.errors())));
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
                .map(entry -> entry.getKey().name() + " " + Words.count(entry.getValue()))
                .toList();
    }

    private List<String> rows(String what, RowFindings findings) {
        List<String> lines = new ArrayList<>();
        if (findings.count() > 0) {
            lines.add("  " + ink.warning(Words.count(findings.count(), what + " row")));
            findings.first().stream()
                    .limit(ROWS_SHOWN)
                    .map(row -> "    line " + row.line() + ": " + row.reason())
                    .forEach(lines::add);
            long more = findings.count() - ROWS_SHOWN;
            if (more > 0) {
                lines.add("    and " + Words.count(more) + " more");
            }
        }
        return lines;
    }

    private void add(String name, String text) {
        table.row(name, text);
    }
}
