package io.github.hybridinference.examples.run;

import static io.github.hybridinference.lab.command.CommandException.requireOption;

import io.github.hybridinference.examples.bars.BarFileOptions;
import io.github.hybridinference.examples.bars.BarFormat;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose the bars of a run. */
public final class SeriesOptions {
    private static final String UNNAMED = "UNNAMED";

    @Option(
            names = "--bars",
            paramLabel = "FILE",
            description =
                    "CSV or JSON, packed or not, as venues export it: a time (the start of the bar), open, high, low, "
                            + "close, and volume if there is one.")
    private List<Path> bars = new ArrayList<>();

    @Option(
            names = "--symbol",
            paramLabel = "NAME",
            description = "The instrument; never leaves the process. Chooses one from a file of several.")
    private String symbol = UNNAMED;

    @Option(
            names = "--timeframe",
            paramLabel = "LENGTH",
            description = "1m 5m 15m 30m 1h 2h 4h 1d or 1w; found from the timestamps if left out.",
            converter = TimeframeOption.class)
    private @Nullable Timeframe timeframe;

    @Option(
            names = "--date-format",
            paramLabel = "FORMAT",
            description = "How times are written, such as \"dd/MM/yyyy HH:mm\"; found from the file if left out.")
    private @Nullable String dateFormat;

    @Option(
            names = "--decimal",
            paramLabel = "MARK",
            description = "The decimal mark, point or comma; found from the file if left out.")
    private @Nullable String decimal;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "The zone of times that do not say it, such as America/New_York; UTC if left out.")
    private @Nullable String zone;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description =
                    "The order of the columns of a file without a header line: ${COMPLETION-CANDIDATES}; found if left out.",
            completionCandidates = FormatNames.class)
    private @Nullable String format;

    @Option(
            names = "--asset-class",
            paramLabel = "CLASS",
            description =
                    "crypto, equity, index, fx or commodity: the model is told, and the steps of figures follow it; unknown if "
                            + "left out.")
    private AssetClass assetClass = AssetClass.UNKNOWN;

    @Option(
            names = "--keep-going",
            description = "Run although more than 5 %% of the rows, and at least three, are no bars.")
    private boolean keepGoing;

    /**
     * Checks the options of a command that takes one series.
     *
     * @throws CommandException if they are not valid
     */
    public void check() throws CommandException {
        requireOption(bars.size() <= 1, "--bars is given once here; evaluate takes several files");
        checkSeveral();
    }

    /**
     * Checks the options of a command that takes several series.
     *
     * @throws CommandException if they are not valid
     */
    public void checkSeveral() throws CommandException {
        requireOption(
                timeframe == null || !bars.isEmpty(), "--timeframe goes with --bars; the synthetic series is hourly");
        requireOption(
                !bars.isEmpty()
                        || (dateFormat == null && decimal == null && zone == null && format == null && !keepGoing),
                "--date-format, --decimal, --zone, --format and --keep-going go with --bars");
        requireOption(decimal == null || decimal.matches("point|comma"), "--decimal is point or comma");
        requireOption(
                format == null || BarFormat.named(format).isPresent(),
                "--format is one of " + String.join(" ", BarFormat.names()));
        requireOption(zone() != null, "--zone is a zone such as UTC, +01:00 or Europe/Berlin");
        requireOption(isDateFormat(), "--date-format is a pattern such as dd/MM/yyyy or \"yyyy-MM-dd HH:mm\"");
        try {
            MarketSnapshot.builder(symbol, Timeframe.H1);
        } catch (IllegalArgumentException e) {
            requireOption(false, "--symbol: " + e.getMessage());
        }
    }

    /**
     * Reads the chosen file, or takes the bundled series if there is none.
     *
     * @return the series
     * @throws CommandException if the file cannot be used
     */
    public Series read() throws CommandException {
        return bars.isEmpty() ? Series.synthetic(symbol).withAssetClass(assetClass) : read(bars.get(0));
    }

    /**
     * Whether more than one file is named, or a folder.
     *
     * @return false for one file, and for the bundled series
     */
    public boolean isSeveral() {
        return bars.size() > 1 || (bars.size() == 1 && Files.isDirectory(bars.get(0)));
    }

    /**
     * Finds the named files, and those in the named folders that have the ending of a file of bars.
     *
     * @return each once, by a name that tells them apart, in the order of the names
     * @throws CommandException if a folder cannot be read, or there is no file
     */
    public SortedMap<String, Path> files() throws CommandException {
        return SeriesFiles.of(bars);
    }

    /**
     * Reads a file.
     *
     * @param file one of {@link #files()}
     * @return the series
     * @throws CommandException if the file cannot be used
     */
    public Series read(Path file) throws CommandException {
        ZoneId known = zone();
        BarFileOptions options = new BarFileOptions(
                symbol.equals(UNNAMED) ? null : symbol,
                dateFormat,
                decimal == null ? null : decimal.equals("comma") ? ',' : '.',
                known == null ? ZoneOffset.UTC : known,
                format == null ? null : BarFormat.named(format).orElse(null));
        return Series.read(file, symbol, timeframe, options, keepGoing).withAssetClass(assetClass);
    }

    /** What the help lists. */
    private static final class FormatNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return BarFormat.names().iterator();
        }
    }

    private @Nullable ZoneId zone() {
        try {
            return zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            return null;
        }
    }

    private boolean isDateFormat() {
        try {
            return dateFormat == null || DateTimeFormatter.ofPattern(dateFormat).toString() != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
