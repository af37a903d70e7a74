package io.github.hybridinference.model;

/**
 * What kind of instrument a snapshot describes; unlike the symbol, it may leave the process.
 *
 * @since 0.1.0
 */
public enum AssetClass {
    /** Spot or perpetual crypto currency. */
    CRYPTO,
    /** Single stock. */
    EQUITY,
    /** Stock index or exchange-traded fund on one. */
    INDEX,
    /** Currency pair. */
    FX,
    /** Commodity. */
    COMMODITY,
    /** Unknown. */
    UNKNOWN
}
