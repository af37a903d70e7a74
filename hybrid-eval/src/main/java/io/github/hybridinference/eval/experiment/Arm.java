package io.github.hybridinference.eval.experiment;

/**
 * One of the two sides of an A/B test.
 *
 * @since 0.1.0
 */
public enum Arm {
    /** The side that is in use so far. */
    A,
    /** The side that is tried. */
    B
}
