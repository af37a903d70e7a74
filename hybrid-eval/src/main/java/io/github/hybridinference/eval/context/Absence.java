package io.github.hybridinference.eval.context;

/**
 * Why a figure is absent.
 *
 * @since 0.1.0
 */
public enum Absence {
    /** The source answered without it. Counted once per figure and fetch. */
    NOT_GIVEN,
    /** The source gave a figure outside the range of its family. Counted once per figure and fetch. */
    OUT_OF_RANGE,
    /** It had not arrived when the snapshot had to proceed; the next one may have it. Counted once per snapshot. */
    LATE,
    /** The fetch failed. Counted once per snapshot that waited for it. */
    FAILED,
    /** The fetch timed out. Counted once per snapshot that waited for it. */
    TIMED_OUT,
    /** The circuit breaker of the source is open after too many failures. Counted once per snapshot. */
    BREAKER_OPEN,
    /** The bar is past and the source knows only the present. Counted once per snapshot. */
    PAST_BAR,
    /** The enricher is closed. Counted once per snapshot. */
    CLOSED
}
