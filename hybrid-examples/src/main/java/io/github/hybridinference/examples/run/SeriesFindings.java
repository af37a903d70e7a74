package io.github.hybridinference.examples.run;

import io.github.hybridinference.eval.report.DataQuality;
import io.github.hybridinference.examples.bars.BarFile;
import io.github.hybridinference.examples.bars.BarFile.Order;
import io.github.hybridinference.examples.bars.Spacing;
import io.github.hybridinference.lab.command.ResultLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is to be known of a file of bars, in sentences and as figures. Nothing of it is silent. */
public final class SeriesFindings {
    private static final int TOLD = 5;
    private static final int FEW_BARS = 100;

    private final Series series;

    /**
     * Makes the findings of a series.
     *
     * @param series the series
     */
    public SeriesFindings(Series series) {
        this.series = series;
    }

    /**
     * Says in one line how the file was understood.
     *
     * @return such as "semicolon, decimal comma, UTC+1, 1h, 8 bars"; without a file the number of bars
     */
    public String understood() {
        String shape = series.file().shape();
        return (shape.isEmpty() ? "" : shape + ", ") + series.timeframe().code() + ", "
                + count(series.bars().size(), "bar");
    }

    /**
     * Says what was left out, sorted or is hardly true.
     *
     * @return sentences, none if nothing was
     */
    public List<String> sentences() {
        BarFile file = series.file();
        List<String> told = new ArrayList<>(file.notes());
        if (file.order() == Order.NEWEST_FIRST) {
            told.add("The rows are newest first; they were turned round.");
        } else if (file.order() == Order.MIXED) {
            told.add("The rows are out of order; they were sorted.");
        }
        if (file.rejected().count() > 0) {
            told.add(count(file.rejected().count(), "rejected row") + " of " + number(file.rows()) + ":");
            reasons().forEach(reason -> told.add("  " + reason));
        }
        if (file.repeated() > 0) {
            told.add(count(file.repeated(), "row") + " repeated a bar and " + (file.repeated() == 1 ? "was" : "were")
                    + " left out.");
        }
        if (!file.suspect().isEmpty()) {
            told.add(count(file.suspect().size(), "suspect bar") + ", kept:");
            suspects().stream().limit(TOLD).forEach(suspect -> told.add("  " + suspect));
            if (file.suspect().size() > TOLD) {
                told.add("  and " + number(file.suspect().size() - TOLD) + " more");
            }
        }
        Spacing spacing = series.spacing();
        if (spacing.gaps() > 0) {
            told.add(count(spacing.gaps(), "gap") + ", the longest " + Spacing.words(spacing.longestGap()) + " after "
                    + spacing.longestAfter() + ".");
        }
        if (spacing.closer() > 0) {
            told.add(count(spacing.closer(), "bar") + " begin before the bar before is over.");
        }
        if (series.bars().size() < FEW_BARS) {
            told.add("Fewer than " + FEW_BARS + " bars are too few to judge anything.");
        }
        return told;
    }

    /**
     * The same as figures.
     *
     * @return what programs read
     */
    public DataQuality quality() {
        BarFile file = series.file();
        return new DataQuality(
                file.shape(),
                file.rows(),
                file.rejected().count(),
                reasons(),
                file.repeated(),
                suspects(),
                file.order().words(),
                series.spacing().gaps());
    }

    /**
     * The same as the last line of a run, for programs.
     *
     * @param asked on how many bars the engine was asked
     * @return one line
     */
    public String result(int asked) {
        BarFile file = series.file();
        return new ResultLine()
                .add("bars", series.bars().size())
                .add("asked", asked)
                .raw("timeframe", '"' + series.timeframe().code() + '"')
                .add("rows_read", file.rows())
                .add("rejected_rows", file.rejected().count())
                .add("repeated_rows", file.repeated())
                .add("suspect_bars", file.suspect().size())
                .raw("order", '"' + file.order().words() + '"')
                .add("gaps", series.spacing().gaps())
                .toString();
    }

    private List<String> reasons() {
        return series.file().rejected().reasons().stream()
                .map(reason -> "line " + reason.firstLine()
                        + (reason.count() == 1 ? "" : " and " + number(reason.count() - 1) + " more") + ": "
                        + reason.text())
                .toList();
    }

    private List<String> suspects() {
        return series.file().suspect().stream()
                .map(bar -> "line " + bar.line() + ", " + bar.start() + ": " + bar.reason())
                .toList();
    }

    private static String count(long count, String thing) {
        return number(count) + " " + thing + (count == 1 ? "" : "s");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
