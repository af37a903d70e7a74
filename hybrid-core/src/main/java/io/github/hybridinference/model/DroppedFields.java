package io.github.hybridinference.model;

import java.util.Arrays;
import java.util.List;

/**
 * Which of a caller's fields were not taken as they stand: how many, by cause, and the names of the first
 * {@value #MAX_FIELDS}. The names are for their owner; {@code toString}, statistics and services tell counts only. No value
 * is kept. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class DroppedFields {
    /** Of so many dropped fields the names are kept. */
    public static final int MAX_FIELDS = 64;

    /** Nothing dropped. */
    public static final DroppedFields NONE = new DroppedFields(new int[DropCause.values().length], 0, List.of());

    // All fields are transient: libraries that write objects field by field find nothing.

    private final transient int[] counts;
    private final transient int sensitive;
    private final transient List<DroppedField> fields;

    DroppedFields(int[] counts, int sensitive, List<DroppedField> fields) {
        this.counts = counts.clone();
        this.sensitive = sensitive;
        this.fields = List.copyOf(fields);
    }

    /** These, and {@code count} more for a cause. */
    DroppedFields and(DropCause cause, int count) {
        int[] more = counts.clone();
        more[cause.ordinal()] = Math.addExact(more[cause.ordinal()], count);
        return new DroppedFields(more, sensitive, fields);
    }

    /**
     * Returns how many fields were dropped for this cause.
     *
     * @param cause the cause
     * @return never negative
     */
    public int count(DropCause cause) {
        return counts[cause.ordinal()];
    }

    /**
     * Returns how many fields were dropped for any cause.
     *
     * @return never negative
     */
    public int total() {
        return (int)
                Math.min(Integer.MAX_VALUE, Arrays.stream(counts).asLongStream().sum());
    }

    /**
     * Returns how many of the dropped fields had a sensitive name such as {@code account_id}, stood beside one, or had
     * the value of no market: a sign that a caller passes data that does not belong here.
     *
     * @return never negative, at most {@link #total()}
     */
    public int sensitive() {
        return sensitive;
    }

    /**
     * Returns the dropped fields with their names, causes and the nearest names of the catalogue. Do not log the names.
     *
     * @return the first {@value #MAX_FIELDS}, in the order in which they were dropped; immutable
     */
    public List<DroppedField> fields() {
        return fields;
    }

    @Override
    public String toString() {
        return "DroppedFields[total=" + total() + ", sensitive=" + sensitive + "]";
    }
}
