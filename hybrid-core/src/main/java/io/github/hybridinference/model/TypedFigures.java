package io.github.hybridinference.model;

/** The setters of the figures that most callers have, with names of their own. */
sealed interface TypedFigures permits MarketSnapshot.Builder {
    /**
     * Sets the last price.
     *
     * @param price in (0, 1e12]
     * @return this builder
     */
    MarketSnapshot.Builder price(double price);

    /**
     * Sets RSI(14), Wilder's.
     *
     * @param rsi in [0, 100]
     * @return this builder
     */
    MarketSnapshot.Builder rsi(double rsi);

    /**
     * Sets MACD(12, 26, 9).
     *
     * @param line the MACD line, in price units
     * @param signal the signal line, in price units
     * @return this builder
     */
    MarketSnapshot.Builder macd(double line, double signal);

    /**
     * Sets MACD(12, 26, 9) of the bar before, without which no cross can be seen.
     *
     * @param line the MACD line, in price units
     * @param signal the signal line, in price units
     * @return this builder
     */
    MarketSnapshot.Builder previousMacd(double line, double signal);

    /**
     * Sets the Bollinger bands (20, 2).
     *
     * @param lower the lower band, in price units, positive
     * @param middle the middle band, at least {@code lower}
     * @param upper the upper band, at least {@code middle}
     * @return this builder
     */
    MarketSnapshot.Builder bollinger(double lower, double middle, double upper);

    /**
     * Sets the volume against its moving average.
     *
     * @param ratio in [0, 999]; 1 is usual
     * @return this builder
     */
    MarketSnapshot.Builder volumeRatio(double ratio);

    /**
     * Sets the volatility of this timeframe. If it is not set, it is taken from {@code atr_14_pct}, or else from
     * {@code atr_14} and the price, if these are there.
     *
     * @param percent ATR(14) / close × 100, in [0, 100]
     * @return this builder
     */
    MarketSnapshot.Builder volatilityPct(double percent);

    /**
     * Sets the price change over the bar.
     *
     * @param percent in [-100, 999]
     * @return this builder
     */
    MarketSnapshot.Builder priceChangePct(double percent);
}
