package io.github.hybridinference.model;

/**
 * How finely figures are rounded before they leave.
 *
 * @since 0.1.0
 */
public enum Resolution {
    /** In the steps of the catalogue: what may go to a third party. */
    COARSE,
    /** Up to nine digits: only for a model that runs on the owner's own machine. */
    FINE
}
