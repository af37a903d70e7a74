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
    /** The value lies outside the range of its feature. */
    OUT_OF_RANGE,
    /** The figure was there already, or two spellings of its name disagree: then neither is taken. */
    DUPLICATE,
    /** Reading the field threw, or its number has more than some 1,200 digits. */
    UNREADABLE,
    /** The map has more entries than are looked at. */
    TOO_MANY
}
