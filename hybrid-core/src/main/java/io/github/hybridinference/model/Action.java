package io.github.hybridinference.model;

/**
 * What a signal advises.
 *
 * @since 0.1.0
 */
public enum Action {
    /** Open or add to a long position. */
    BUY,
    /** Close a long position or go short. */
    SELL,
    /** Do nothing: an opinion like the others, never a stand-in for "we could not ask". */
    HOLD
}
