package io.github.hybridinference.model;

/**
 * Which part of the trading day a snapshot falls in; the only thing about its time that may leave the process.
 *
 * @since 0.1.0
 */
public enum Session {
    /** First hour after the opening bell. */
    OPEN,
    /** Between the opening and the closing hour. */
    REGULAR,
    /** Last hour before the closing bell. */
    CLOSE,
    /** Outside regular hours. */
    OVERNIGHT,
    /** Unknown, or a market that never closes. */
    UNKNOWN
}
