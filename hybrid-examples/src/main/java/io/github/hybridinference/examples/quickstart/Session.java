package io.github.hybridinference.examples.quickstart;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.InferenceEngineBuilder;
import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.eval.BarClock;
import io.github.hybridinference.examples.run.Backend;
import io.github.hybridinference.examples.run.Progress;
import io.github.hybridinference.examples.run.Series;
import io.github.hybridinference.examples.run.SeriesFindings;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.model.Inference;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run: prints a header, replays the bars and prints the results. */
final class Session {

    /** How long answers stay cached. */
    static final Duration CACHE_TTL = Duration.ofMinutes(15);

    private final CommandContext context;
    private final PrintWriter out;
    private final AnsiText style;
    private final Backend backend;
    private final Series series;
    private final int polls;
    private final Tally tally = new Tally();
    private final SignalTable signals;

    Session(CommandContext context, Backend backend, Series series, int polls) {
        this.context = context;
        this.out = context.out();
        this.style = new AnsiText(context.terminal());
        this.backend = backend;
        this.series = series;
        this.polls = polls;
        this.signals = new SignalTable(backend, style);
    }

    /** Runs on the last bars. The file is opened first, so that nothing is spent on results that cannot be written. */
    void run(int last, @Nullable Path json) throws CommandException {
        int asked = Math.min(last, series.bars().size());
        BarClock clock = new BarClock(series.bars().get(0).start());
        try (JsonLines lines = json == null ? null : JsonLines.to(json);
                InferenceEngine engine = engine(clock)) {
            header(asked);
            engine.warmUp();
            long start = context.nanoTime().getAsLong();
            replay(new Replay(series, engine, clock, polls), asked, lines);
            if (lines != null) {
                lines.finish();
            }
            results(engine, asked, context.nanoTime().getAsLong() - start);
        } catch (IOException e) {
            throw new CommandException("The file " + json + " cannot be written.");
        }
    }

    private InferenceEngine engine(BarClock clock) {
        InferenceEngineBuilder builder =
                InferenceEngine.builder().clock(clock).cacheTtl(CACHE_TTL).ownParts();
        backend.model().ifPresent(builder::remote);
        return builder.build();
    }

    private void replay(Replay replay, int asked, @Nullable JsonLines lines) throws IOException {
        try (Progress progress = new Progress(context.terminal(), asked, polls, backend.isService())) {
            replay.run(asked, new Replay.Observer() {
                @Override
                public void onAnswer(Inference answer) {
                    tally.add(answer);
                }

                @Override
                public void onBar(BarAnswer bar) throws IOException {
                    signals.add(bar);
                    if (lines != null) {
                        lines.write(bar);
                    }
                    progress.step();
                }
            });
        }
    }

    private void header(int asked) {
        List<Bar> bars = series.bars();
        TextTable table = new TextTable("<<");
        table.row(
                "bars",
                series.label() + ": " + Formats.count(bars.size()) + " of "
                        + series.timeframe().code() + ", "
                        + SignalTable.TIME.format(bars.get(0).start()) + " to "
                        + SignalTable.TIME.format(bars.get(bars.size() - 1).start()));
        if (!series.file().shape().isEmpty()) {
            table.row("read as", new SeriesFindings(series).understood());
        }
        table.row(
                "asked",
                "at the close of " + (asked == bars.size() ? "each" : "the last " + Formats.count(asked))
                        + (polls == 1 ? "" : ", and " + (polls - 1) + " times before it, on interpolated prices"));
        table.row("model", backend.label());
        out.println(style.title("Hybrid Inference quick start"));
        print(table.lines());
    }

    private void results(InferenceEngine engine, int asked, long tookNanos) {
        out.println(style.title("Latest signals") + " (" + signals.size() + " of " + Formats.count(asked, "bar") + ")");
        print(signals.lines());
        out.println(style.title("Answers") + " (" + Formats.count(tally.answers()) + " in " + Formats.nanos(tookNanos)
                + (backend.isSimulated() ? "; those of REMOTE and CACHE by the simulated model" : "") + ")");
        print(AnswerTable.lines(tally, engine.stats(), style));
        out.println(style.title("Summary"));
        print(Summary.lines(engine.stats(), backend, series, polls, style));
        out.println(new SeriesFindings(series).result(asked));
    }

    private void print(List<String> lines) {
        lines.forEach(out::println);
        out.println();
    }
}
