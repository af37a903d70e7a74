package io.github.hybridinference.examples.bars;

import java.time.Instant;

/**
 * A bar with a price that is hardly true.
 *
 * @param line where it stands in the file
 * @param start when it begins
 * @param reason what was found
 */
public record SuspectBar(long line, Instant start, String reason) {}
