package io.github.hybridinference.examples.evaluate;

import static io.github.hybridinference.examples.evaluate.EvaluateSummary.number;
import static io.github.hybridinference.examples.evaluate.EvaluateSummary.percent;
import static io.github.hybridinference.examples.evaluate.EvaluateSummary.range;

import io.github.hybridinference.eval.PortfolioFigures;
import io.github.hybridinference.eval.SeriesTotals;
import io.github.hybridinference.eval.report.ReportHead;
import io.github.hybridinference.eval.report.SeriesReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints the totals of several series; the last line is for programs. */
final class SeveralSummary {
    private static final int NOTES_TOLD = 20;

    private SeveralSummary() {}

    static void print(
            PrintWriter out,
            SeriesReport report,
            SeriesTotals totals,
            ReportHead head,
            List<SeriesReport.Failed> failed,
            EvaluateSeveral.Options options) {
        out.println(String.format(
                Locale.ROOT,
                "Hybrid Inference evaluation of %,d series, %,d bars, judged over %d, %s bps a trade",
                totals.series().size(),
                totals.bars(),
                options.horizonBars(),
                options.costBps()));
        out.println("Model: " + (head.model().isEmpty() ? "none" : head.model()));
        head.notes().stream().limit(NOTES_TOLD).forEach(out::println);
        if (!failed.isEmpty()) {
            out.println("Which, and why, is told on standard error and in the report.");
        }
        out.println();
        String simulated = head.simulated() ? " (simulated)" : "";
        line(out, "source", "decisions", "signals", "HOLD", "hit rate (95 %)", "netted bps (95 %)", "Brier");
        for (SeriesTotals.SourceTotals source : totals.sources()) {
            boolean ofRules = source.source().equals("rules") || source.source().equals("fallback");
            line(
                    out,
                    source.source() + (ofRules ? "" : simulated),
                    source.decisions(),
                    source.signals(),
                    percent(source.holdShare()),
                    range(source.hitRate(), 100, 1),
                    range(source.meanReturn(), 10_000, 1),
                    number(source.brier().value(), 3));
        }
        out.println();
        out.println("The same capital in each series, by days, after cost:");
        portfolio(out, "rules", totals.rules());
        portfolio(out, "hybrid" + simulated, totals.hybrid());
        portfolio(out, "buy and hold", totals.buyAndHold());
        out.println();
        EvaluateSummary.worth(out, totals.callWorth(), head.simulated());
        out.println("Report: " + options.out().resolve("report.html"));
        out.println("RESULT " + report.line());
        out.flush();
    }

    private static void line(PrintWriter out, Object... cells) {
        out.printf(Locale.ROOT, "  %-22s %11s %11s %7s  %-24s %-26s %6s%n", cells);
    }

    private static void portfolio(PrintWriter out, String name, PortfolioFigures figures) {
        out.printf(
                Locale.ROOT,
                "  %-22s return %10s  Sharpe %-22s  fall %7s%n",
                name,
                percent(figures.totalReturn()),
                range(figures.sharpe(), 1, 2),
                percent(figures.maxDrawdown()));
    }
}
