package io.github.hybridinference.examples.quickstart;

import io.github.hybridinference.EngineStats;
import io.github.hybridinference.examples.quickstart.TextTable.Cell;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Counts answers: a column for each source, a row for each reason, and figures of each source below. */
final class AnswerTable {

    private static final String NONE = "-";

    private final Tally tally;
    private final EngineStats stats;
    private final AnsiText style;
    private final TextTable table = new TextTable("<" + ">".repeat(Source.values().length + 2));

    private AnswerTable(Tally tally, EngineStats stats, AnsiText style) {
        this.tally = tally;
        this.stats = stats;
        this.style = style;
    }

    static List<String> lines(Tally tally, EngineStats stats, AnsiText style) {
        AnswerTable made = new AnswerTable(tally, stats, style);
        made.fill();
        return made.table.lines();
    }

    private void fill() {
        row("reason", Enum::name, "all", "share", style::faint);
        for (Scenario.Reason reason : Scenario.Reason.values()) {
            long all = tally.answers(reason);
            if (all > 0) {
                row(
                        reason.name(),
                        source -> count(tally.answers(source, reason)),
                        count(all),
                        Formats.percent(all, tally.answers()),
                        UnaryOperator.identity());
            }
        }
        row("all", source -> count(tally.answers(source)), count(tally.answers()), "", style::title);
        ofSource("share", source -> Formats.percent(tally.answers(source), tally.answers()));
        ofSource("HOLD among them", source -> Formats.percent(tally.holds(source), tally.answers(source)));
        ofSource("latency p50", source -> Formats.nanos(latency(source).p50Nanos()));
        ofSource("latency p99", source -> Formats.nanos(latency(source).p99Nanos()));
    }

    private void ofSource(String name, Function<Source, String> figure) {
        row(name, source -> tally.answers(source) == 0 ? NONE : figure.apply(source), "", "", UnaryOperator.identity());
    }

    private void row(
            String name, Function<Source, String> figure, String all, String share, UnaryOperator<String> colour) {
        List<Cell> cells = new ArrayList<>();
        cells.add(new Cell(name, colour));
        for (Source source : Source.values()) {
            cells.add(new Cell(figure.apply(source), colour));
        }
        cells.add(new Cell(all, colour));
        cells.add(new Cell(share, colour));
        table.row(cells);
    }

    private EngineStats.Latency latency(Source source) {
        return stats.latency().getOrDefault(source, new EngineStats.Latency(0, 0, 0, 0));
    }

    private static String count(long number) {
        return number == 0 ? NONE : Formats.count(number);
    }
}
