package io.github.hybridinference.eval.context;

/** Why a figure is absent. */
public enum Absence {
    /** The source answered without it. Counted once a figure and fetch. */
    NOT_GIVEN,
    /** The source gave a figure out of its family's range. Counted once a figure and fetch. */
    OUT_OF_RANGE,
    /** It was not there when the snapshot had to go on; it may be for the next one. Counted once a snapshot. */
    LATE,
    /** The fetch failed. Counted once a snapshot that waited for it. */
    FAILED,
    /** The fetch took longer than it may. Counted once a snapshot that waited for it. */
    TIMED_OUT,
    /** The source failed too often of late and is spared. Counted once a snapshot. */
    BREAKER_OPEN,
    /** The bar is past and the source knows only the present. Counted once a snapshot. */
    PAST_BAR,
    /** The enricher is closed. Counted once a snapshot. */
    CLOSED
}
