package io.github.hybridinference.model;

/**
 * How risky it is to act on a signal now.
 *
 * @since 0.1.0
 */
public enum RiskLevel {
    /** Calm market, agreeing indicators. */
    LOW,
    /** Neither calm nor violent, or indicators that do not all agree. */
    MEDIUM,
    /** Violent market, or indicators that contradict each other. */
    HIGH
}
