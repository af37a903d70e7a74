package io.github.hybridinference.model;

/**
 * Why a field that a caller handed in was not taken.
 *
 * @since 0.1.0
 */
public enum DropCause {
    /** The name is not in the catalogue. */
    UNKNOWN_NAME,
    /** The value is no number: text, boolean, list, map or nothing. */
    NOT_A_NUMBER,
    /** The value is NaN or infinite. */
    NOT_FINITE,
    /** The value lies outside the range of its feature, or too far from the price for a market's figure. */
    OUT_OF_RANGE,
    /** The figure was there already, or two spellings of its name disagree: then neither is taken. */
    DUPLICATE,
    /** Reading the field threw, or its number has more than some 1,200 digits. */
    UNREADABLE,
    /** The map has more entries than are looked at, or the snapshot more figures than it may hold. */
    TOO_MANY,
    /**
     * The name means figures of different periods, units or owners; a {@link Vocabulary}, or the period in the name, would
     * settle it.
     */
    AMBIGUOUS_NAME,
    /** The map also holds fields of an order, a position or an account, and the figure may belong to them. */
    ACCOUNT_DATA,
    /** The value is what this figure is in another unit, such as an RSI of 0.57. */
    WRONG_UNIT,
    /** The figure was taken, but at the end of the range that it lies outside of. */
    CLIPPED
}
