package io.github.hybridinference.examples.quickstart;

import io.github.hybridinference.examples.quickstart.TextTable.Cell;
import io.github.hybridinference.examples.run.Backend;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.TradingSignal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The latest bars with their answers. */
final class SignalTable {

    private static final int ROWS = 12;

    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Deque<BarAnswer> latest = new ArrayDeque<>(ROWS);
    private final Backend backend;
    private final AnsiText style;

    SignalTable(Backend backend, AnsiText style) {
        this.backend = backend;
        this.style = style;
    }

    void add(BarAnswer bar) {
        if (latest.size() == ROWS) {
            latest.removeFirst();
        }
        latest.addLast(bar);
    }

    int size() {
        return latest.size();
    }

    List<String> lines() {
        TextTable table = new TextTable("<>><><<<");
        table.header(style, "bar (UTC)", "close", "RSI", "signal", "conf", "source", "reason", "note");
        latest.forEach(bar -> table.row(cells(bar)));
        return table.lines();
    }

    private List<Cell> cells(BarAnswer bar) {
        Inference answer = bar.answer();
        TradingSignal signal = answer.signal();
        return List.of(
                Cell.of(TIME.format(bar.start())),
                Cell.of(Formats.price(bar.close())),
                Cell.of(rsi(bar.rsi14())),
                new Cell(signal.action().name(), text -> style.action(signal.action(), text)),
                Cell.of(String.format(Locale.ROOT, "%.2f", signal.confidence())),
                Cell.of(answer.source().name()),
                Cell.of(answer.scenario().reason().name()),
                note(answer));
    }

    private static String rsi(OptionalDouble rsi) {
        return rsi.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f", rsi.getAsDouble());
    }

    /** Why the answer is degraded, or which model it comes from. */
    private Cell note(Inference answer) {
        return answer.degradation()
                .map(degradation -> new Cell(degradation.name(), style::warning))
                .orElseGet(() -> answer.provenance().isPresent() ? Cell.of(backend.note()) : Cell.of(""));
    }
}
