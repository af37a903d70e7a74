package io.github.hybridinference.model;

import java.util.Arrays;

/**
 * How many of a caller's fields were not taken, by cause. Counts only: no name and no value is kept. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class DroppedFields {
    /** Nothing dropped. */
    public static final DroppedFields NONE = new DroppedFields(new int[DropCause.values().length], 0);

    private final int[] counts;
    private final int sensitive;

    DroppedFields(int[] counts, int sensitive) {
        this.counts = counts.clone();
        this.sensitive = sensitive;
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
     * Returns how many of the dropped fields had a sensitive name such as {@code account_id}: a sign that
     * a caller passes data that does not belong here.
     *
     * @return never negative, at most {@link #total()}
     */
    public int sensitive() {
        return sensitive;
    }

    @Override
    public String toString() {
        return "DroppedFields[total=" + total() + ", sensitive=" + sensitive + "]";
    }
}
