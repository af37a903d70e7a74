package io.github.hybridinference.examples.bars;

import java.util.List;

/**
 * Findings about the rows of a file: all of them counted by reason, the first of them in detail.
 *
 * @param count how many rows there are in all
 * @param first the first {@link #MAX_DETAILS} of them, in the order of the file
 * @param reasons each reason with its count and first line, the most frequent first
 */
public record RowFindings(long count, List<Row> first, List<Reason> reasons) {

    /** How many rows are kept in detail, so that a file full of errors cannot fill the memory. */
    public static final int MAX_DETAILS = 20;

    /** No findings. */
    public static final RowFindings NONE = new RowFindings(0, List.of(), List.of());

    /**
     * One row and what was found about it.
     *
     * @param line line in the file, its first line being 1; in JSON the number of the element
     * @param reason what was found, without the content of the row
     */
    public record Row(long line, String reason) {}

    /**
     * What was found about several rows.
     *
     * @param text what was found
     * @param count about how many rows
     * @param firstLine where the first of them stands
     */
    public record Reason(String text, long count, long firstLine) {}
}
