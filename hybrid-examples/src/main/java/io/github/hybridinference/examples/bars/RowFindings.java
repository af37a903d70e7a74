package io.github.hybridinference.examples.bars;

import java.util.List;

/**
 * Findings about the rows of a file: all of them counted, the first of them in detail.
 *
 * @param count how many rows there are in all
 * @param first the first {@link #MAX_DETAILS} of them, in the order of the file
 */
public record RowFindings(long count, List<Row> first) {

    /** How many rows are kept in detail, so that a file full of errors cannot fill the memory. */
    public static final int MAX_DETAILS = 20;

    /**
     * One row and what was found about it.
     *
     * @param line line in the file, the header being line 1
     * @param reason what was found, without the content of the row
     */
    public record Row(long line, String reason) {}
}
