package io.github.hybridinference.model;

/**
 * Whose names a map of figures bears. Libraries give one name to figures of different periods and units: {@code CCI} is
 * over 14 bars in TA-Lib and over 20 in TradingView, {@code stoch_rsi} goes to 1 in {@code ta} and to 100 elsewhere. Without
 * a vocabulary a name in doubt is dropped as {@link DropCause#AMBIGUOUS_NAME}.
 *
 * @since 0.1.0
 */
public enum Vocabulary {
    /** The catalogue's own names, written by someone who had its page open: none of them is in doubt. */
    CATALOGUE,
    /** TA-Lib's functions and outputs, with its standard periods. */
    TA_LIB,
    /** The columns of pandas-ta. */
    PANDAS_TA,
    /** The indicators of ta4j, with or without {@code Indicator}. */
    TA4J,
    /** The columns of freqtrade's strategies, which call TA-Lib with its standard periods, and of FreqAI. */
    FREQTRADE,
    /** The columns of TradingView's screener. */
    TRADING_VIEW,
    /** The columns of the Python library {@code ta}. */
    TA,
    /** The columns of tushare, whose {@code macd} is twice the histogram. */
    TUSHARE,
    /** The fields of exchanges' market data, whose rates are ratios. */
    EXCHANGE
}
