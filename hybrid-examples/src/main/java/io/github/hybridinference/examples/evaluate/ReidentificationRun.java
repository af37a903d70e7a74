package io.github.hybridinference.examples.evaluate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.eval.History;
import io.github.hybridinference.eval.Reidentification;
import io.github.hybridinference.eval.Reidentification.Level;
import io.github.hybridinference.examples.run.Series;
import io.github.hybridinference.lab.command.CommandException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Measures on the owner's bars what questions reveal at each level of anonymity; the last line is for programs. */
final class ReidentificationRun {
    private static final int SAMPLE = 1_000;
    private static final long SEED = 20;
    private static final double TEN_THOUSANDTHS = 10_000;

    private ReidentificationRun() {}

    static void print(PrintWriter out, Series series) throws CommandException {
        Reidentification found = measure(series);
        out.println("Questions about " + found.bars() + " bars, " + found.sample() + " of them tried, at each level:");
        out.println();
        line(out, "level", "one bar", "nearest bar", "nearest bar,", "decisions", "routes");
        line(out, "", "possible", "is the true", "other feed", "changed", "changed");
        for (Level level : found.levels()) {
            line(
                    out,
                    level.name(),
                    percent(level.unique()),
                    percent(level.nearest()),
                    percent(level.nearestElsewhere()),
                    percent(level.decisionsChanged()),
                    percent(level.routesChanged()));
        }
        out.println();
        out.println("The other feed is simulated: these bars, prices moved by up to 0.03 %, volumes by about 20 %.");
        out.println(
                "Decisions and routes: of the rules and the classifier on the figures that leave, against unrounded.");
        out.println("RESULT " + result(found));
        out.flush();
    }

    private static Reidentification measure(Series series) throws CommandException {
        try {
            List<Bar> elsewhere = Reidentification.simulatedFeed(series.bars(), new SplittableRandom(SEED));
            return Reidentification.of(history(series, series.bars()), history(series, elsewhere), SAMPLE);
        } catch (IllegalArgumentException e) {
            throw new CommandException("These bars cannot be evaluated: " + e.getMessage() + ".");
        }
    }

    private static History history(Series series, List<Bar> bars) {
        return History.of(bars, series.timeframe(), new IndicatorSnapshots(series));
    }

    private static ObjectNode result(Reidentification found) {
        ObjectNode result = new JsonMapper().createObjectNode();
        result.put("bars", found.bars());
        result.put("sample", found.sample());
        put(result, "unique", found, Level::unique);
        put(result, "nearest", found, Level::nearest);
        put(result, "nearest_other_feed", found, Level::nearestElsewhere);
        put(result, "decisions_changed", found, Level::decisionsChanged);
        put(result, "routes_changed", found, Level::routesChanged);
        result.put("other_feed", "simulated");
        return result;
    }

    private static void put(ObjectNode result, String name, Reidentification found, ToDoubleFunction<Level> share) {
        ObjectNode shares = result.putObject(name);
        for (Level level : found.levels()) {
            shares.put(level.name(), Math.round(share.applyAsDouble(level) * TEN_THOUSANDTHS) / TEN_THOUSANDTHS);
        }
    }

    private static void line(PrintWriter out, Object... cells) {
        out.printf(Locale.ROOT, "  %-12s %10s %13s %14s %11s %9s%n", cells);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
