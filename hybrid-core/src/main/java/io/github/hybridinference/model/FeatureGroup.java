package io.github.hybridinference.model;

/**
 * The chapter of the catalogue a feature family stands in.
 *
 * @since 0.1.0
 */
public enum FeatureGroup {
    /** Prices and price changes. */
    PRICE,
    /** Moving averages, directional movement, channels. */
    TREND,
    /** Oscillators. */
    MOMENTUM,
    /** Ranges, bands, deviations. */
    VOLATILITY,
    /** Traded volume and money flow. */
    VOLUME,
    /** Quotes, depth and trades. */
    ORDER_BOOK,
    /** Futures, perpetuals and options. */
    DERIVATIVES,
    /** Moods, turned into numbers before they come here. */
    SENTIMENT,
    /** What block chains show. */
    ON_CHAIN,
    /** Distances in time to events; never a date. */
    CALENDAR,
    /** Declared by the owner of an engine. */
    CUSTOM
}
