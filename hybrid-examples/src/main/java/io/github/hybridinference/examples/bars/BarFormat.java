package io.github.hybridinference.examples.bars;

import io.github.hybridinference.examples.bars.HeaderNames.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files without a header line whose columns stand in an order that must be known. */
public enum BarFormat {
    /** Binance's archives and API: open time, open, high, low, close, volume, close time and more. */
    BINANCE_KLINE(Column.TIMESTAMP, Column.OPEN, Column.HIGH, Column.LOW, Column.CLOSE, Column.VOLUME),
    /** Coinbase's candles: time, low, high, open, close, volume. */
    COINBASE_CANDLES(Column.TIMESTAMP, Column.LOW, Column.HIGH, Column.OPEN, Column.CLOSE, Column.VOLUME),
    /** Kraken's API: time, open, high, low, close, mean price, volume, count. */
    KRAKEN_OHLC(Column.TIMESTAMP, Column.OPEN, Column.HIGH, Column.LOW, Column.CLOSE, null, Column.VOLUME),
    /** KuCoin's candles: time, open, close, high, low, volume, turnover. */
    KUCOIN_KLINE(Column.TIMESTAMP, Column.OPEN, Column.CLOSE, Column.HIGH, Column.LOW, Column.VOLUME),
    /** Bitfinex's candles: time, open, close, high, low, volume. */
    BITFINEX_CANDLES(Column.TIMESTAMP, Column.OPEN, Column.CLOSE, Column.HIGH, Column.LOW, Column.VOLUME),
    /** Gate's candles: time, quote volume, close, high, low, open, volume. */
    GATE_CANDLES(Column.TIMESTAMP, null, Column.CLOSE, Column.HIGH, Column.LOW, Column.OPEN, Column.VOLUME),
    /** MetaTrader 4's export: date, time of day, open, high, low, close, volume. */
    METATRADER_4(
            Column.TIMESTAMP, Column.TIME_OF_DAY, Column.OPEN, Column.HIGH, Column.LOW, Column.CLOSE, Column.VOLUME);

    @SuppressWarnings("ImmutableEnumChecker") // it is the list that Stream.toList makes
    private final List<Optional<Column>> columns;

    BarFormat(@Nullable Column... columns) {
        this.columns = Arrays.stream(columns).map(Optional::ofNullable).toList();
    }

    /** What the columns hold, from the left. */
    List<Optional<Column>> columns() {
        return columns;
    }

    /**
     * Returns the name on the command line.
     *
     * @return lower case with hyphens
     */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Finds a format by its name.
     *
     * @param code the name on the command line
     * @return the format
     */
    public static Optional<BarFormat> named(String code) {
        return Arrays.stream(values())
                .filter(format -> format.code().equals(code))
                .findFirst();
    }

    /**
     * Lists the names.
     *
     * @return all names
     */
    public static List<String> names() {
        return Arrays.stream(values()).map(BarFormat::code).toList();
    }
}
