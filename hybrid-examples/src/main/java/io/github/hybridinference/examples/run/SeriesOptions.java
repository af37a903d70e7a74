package io.github.hybridinference.examples.run;

import static io.github.hybridinference.lab.command.CommandException.requireOption;

import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose the bars of a run. */
public final class SeriesOptions {
    @Option(
            names = "--bars",
            paramLabel = "FILE",
            description =
                    "CSV with a header line: timestamp (ISO-8601 or epoch; start of the bar), open, high, low, close, "
                            + "volume.")
    private @Nullable Path bars;

    @Option(
            names = "--symbol",
            paramLabel = "NAME",
            description = "The instrument, ${DEFAULT-VALUE} if left out; never leaves the process.")
    private String symbol = "UNNAMED";

    @Option(
            names = "--timeframe",
            paramLabel = "LENGTH",
            description = "1m 5m 15m 1h 4h or 1d; found from the timestamps if left out.",
            converter = TimeframeOption.class)
    private @Nullable Timeframe timeframe;

    /**
     * Checks the options.
     *
     * @throws CommandException if they are not valid
     */
    public void check() throws CommandException {
        requireOption(
                timeframe == null || bars != null, "--timeframe goes with --bars; the synthetic series is hourly");
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
        return bars == null ? Series.synthetic(symbol) : Series.read(bars, symbol, timeframe);
    }
}
