package io.github.hybridinference.examples.run;

import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.examples.bars.BarCsv;
import io.github.hybridinference.examples.bars.BarFile;
import io.github.hybridinference.examples.bars.BarFileException;
import io.github.hybridinference.examples.bars.RowFindings;
import io.github.hybridinference.examples.bars.SyntheticSeries;
import io.github.hybridinference.examples.bars.TimeframeFinder;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.model.Timeframe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The bars to replay, at least one.
 *
 * @param label what they are, for display
 * @param symbol the instrument, as given to the engine
 * @param timeframe the length of the bars
 * @param bars the bars
 * @param rejected rows of the file that are not bars
 * @param suspect bars with a price that both neighbours contradict
 */
public record Series(
        String label, String symbol, Timeframe timeframe, List<Bar> bars, RowFindings rejected, RowFindings suspect) {

    private static final long SEED = 7;
    private static final int SYNTHETIC_BARS = 800;
    private static final RowFindings NONE = new RowFindings(0, List.of());

    /**
     * The bundled series.
     *
     * @param symbol the instrument, as given to the engine
     * @return synthetic bars
     */
    public static Series synthetic(String symbol) {
        SyntheticSeries made = SyntheticSeries.hourly(SEED, SYNTHETIC_BARS);
        return new Series(
                made.label(), symbol, timeframe(SyntheticSeries.TIMEFRAME).orElseThrow(), made.bars(), NONE, NONE);
    }

    /**
     * Reads a file.
     *
     * @param path the file
     * @param symbol the instrument, as given to the engine
     * @param given the length of the bars; found from the timestamps if null
     * @return its bars
     * @throws CommandException if it holds none, or their length cannot be found
     */
    public static Series read(Path path, String symbol, @Nullable Timeframe given) throws CommandException {
        BarFile file;
        try {
            file = BarCsv.read(path);
        } catch (BarFileException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
        if (file.bars().isEmpty()) {
            throw new CommandException("The file " + path + " holds no bars" + firstReason(file.rejected()) + ".");
        }
        Timeframe timeframe = given == null ? found(path, file) : fitting(given, file);
        return new Series(
                String.valueOf(path.getFileName()), symbol, timeframe, file.bars(), file.rejected(), file.suspect());
    }

    /** The timeframes that can be found or given. */
    static List<Timeframe> timeframes() {
        return TimeframeFinder.KNOWN.stream()
                .flatMap(length -> timeframe(length).stream())
                .toList();
    }

    /** The same as they are spelled on the command line. */
    static String timeframeCodes() {
        return timeframes().stream().map(Timeframe::code).collect(Collectors.joining(" "));
    }

    private static Timeframe found(Path path, BarFile file) throws CommandException {
        return TimeframeFinder.find(file.bars())
                .flatMap(Series::timeframe)
                .orElseThrow(() -> new CommandException("The timestamps of " + path
                        + " do not tell how long its bars are: say it with --timeframe (" + timeframeCodes() + ")."));
    }

    /** Bars must not overlap: an inference would be run before its bar has closed. */
    private static Timeframe fitting(Timeframe given, BarFile file) throws CommandException {
        Optional<Duration> apart = TimeframeFinder.find(file.bars());
        if (apart.isPresent() && apart.get().compareTo(given.duration()) < 0) {
            throw new CommandException(
                    "The bars are " + timeframe(apart.get()).orElseThrow().code() + " apart, so they cannot be "
                            + given.code() + " long (--timeframe).");
        }
        return given;
    }

    private static Optional<Timeframe> timeframe(Duration length) {
        return Arrays.stream(Timeframe.values())
                .filter(timeframe -> timeframe.duration().equals(length))
                .findFirst();
    }

    private static String firstReason(RowFindings rejected) {
        return rejected.first().isEmpty()
                ? ""
                : "; line " + rejected.first().get(0).line() + ": "
                        + rejected.first().get(0).reason();
    }
}
