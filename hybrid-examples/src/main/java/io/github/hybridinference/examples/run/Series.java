package io.github.hybridinference.examples.run;

import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.examples.bars.BarFile;
import io.github.hybridinference.examples.bars.BarFile.Order;
import io.github.hybridinference.examples.bars.BarFileException;
import io.github.hybridinference.examples.bars.BarFileOptions;
import io.github.hybridinference.examples.bars.BarFiles;
import io.github.hybridinference.examples.bars.RowFindings;
import io.github.hybridinference.examples.bars.Spacing;
import io.github.hybridinference.examples.bars.SyntheticSeries;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.Timeframe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The bars to replay, at least one.
 *
 * @param label what they are, for display
 * @param symbol the instrument, as given to the engine
 * @param timeframe the length of the bars
 * @param assetClass what the instrument is
 * @param spacing how far apart they are
 * @param file the bars, and what is to be known of the rows of their file
 */
public record Series(
        String label, String symbol, Timeframe timeframe, AssetClass assetClass, Spacing spacing, BarFile file) {

    private static final long SEED = 7;
    private static final int SYNTHETIC_BARS = 800;

    /** From this share of rejected rows on, and this many, the rest is not the series that was meant. */
    private static final double TOO_MANY = 0.05;

    private static final int TOO_MANY_ROWS = 3;

    /**
     * The bundled series.
     *
     * @param symbol the instrument, as given to the engine
     * @return synthetic bars
     */
    public static Series synthetic(String symbol) {
        SyntheticSeries made = SyntheticSeries.hourly(SEED, SYNTHETIC_BARS);
        return of(made.label(), symbol, timeframe(SyntheticSeries.TIMEFRAME).orElseThrow(), made.bars());
    }

    /**
     * Bars that come from no file.
     *
     * @param label what they are
     * @param symbol the instrument
     * @param timeframe the length of the bars
     * @param bars each later than the one before
     * @return the series
     */
    public static Series of(String label, String symbol, Timeframe timeframe, List<Bar> bars) {
        BarFile made =
                new BarFile(bars, "", bars.size(), RowFindings.NONE, 0, List.of(), Order.OLDEST_FIRST, List.of());
        return new Series(label, symbol, timeframe, AssetClass.UNKNOWN, Spacing.of(bars), made);
    }

    /**
     * Reads a file.
     *
     * @param path the file
     * @param symbol the instrument, as given to the engine
     * @param given the length of the bars; found from the timestamps if null
     * @param options what its owner says about the file
     * @param keepGoing whether to use a file although many of its rows are rejected
     * @return its bars
     * @throws CommandException if it holds none, too many rows are none, or their length cannot be found
     */
    public static Series read(
            Path path, String symbol, @Nullable Timeframe given, BarFileOptions options, boolean keepGoing)
            throws CommandException {
        BarFile file;
        try {
            file = BarFiles.read(path, options);
        } catch (BarFileException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
        long rejected = file.rejected().count();
        if (file.bars().isEmpty()) {
            throw new CommandException("The file " + path + " holds no bars" + reasons(file.rejected()) + ".");
        }
        if (!keepGoing && rejected >= TOO_MANY_ROWS && rejected > TOO_MANY * file.rows()) {
            throw new CommandException(String.format(
                    Locale.ROOT,
                    "%,d of the %,d rows of %s are no bars%s. --keep-going runs on the others.",
                    rejected,
                    file.rows(),
                    path,
                    reasons(file.rejected())));
        }
        Spacing spacing = Spacing.of(file.bars());
        Timeframe timeframe = given == null ? found(path, spacing) : fitting(given, spacing);
        return new Series(String.valueOf(path.getFileName()), symbol, timeframe, AssetClass.UNKNOWN, spacing, file);
    }

    /**
     * Says what the instrument is, by which the steps of its figures follow.
     *
     * @param known the class
     * @return the same series of that class
     */
    public Series withAssetClass(AssetClass known) {
        return new Series(label, symbol, timeframe, known, spacing, file);
    }

    /**
     * Returns the bars.
     *
     * @return each later than the one before
     */
    public List<Bar> bars() {
        return file.bars();
    }

    /** The timeframes that can be found or given, as they are spelled on the command line. */
    static String timeframeCodes() {
        return Arrays.stream(Timeframe.values()).map(Timeframe::code).collect(Collectors.joining(" "));
    }

    private static Timeframe found(Path path, Spacing spacing) throws CommandException {
        Duration apart = spacing.length();
        if (apart == null) {
            throw new CommandException("The timestamps of " + path + " do not tell how long its bars are: say it with "
                    + "--timeframe (" + timeframeCodes() + ").");
        }
        return timeframe(apart)
                .orElseThrow(() -> new CommandException("The bars of " + path + " are " + Spacing.words(apart)
                        + " apart, which is none of the lengths that the engine knows (" + timeframeCodes() + ")."));
    }

    private static Timeframe fitting(Timeframe given, Spacing spacing) throws CommandException {
        Duration apart = spacing.length();
        if (apart != null && !apart.equals(given.duration())) {
            throw new CommandException("The bars are " + Spacing.words(apart) + " apart, so they cannot be "
                    + given.code() + " long (--timeframe).");
        }
        return given;
    }

    private static Optional<Timeframe> timeframe(Duration length) {
        return Arrays.stream(Timeframe.values())
                .filter(timeframe -> timeframe.duration().equals(length))
                .findFirst();
    }

    private static String reasons(RowFindings rejected) {
        return rejected.reasons().isEmpty()
                ? ""
                : ": "
                        + rejected.reasons().stream()
                                .limit(3)
                                .map(reason -> reason.text() + " (" + reason.count() + ", first in line "
                                        + reason.firstLine() + ")")
                                .collect(Collectors.joining("; "));
    }
}
