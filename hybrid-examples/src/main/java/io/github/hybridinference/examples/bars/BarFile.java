package io.github.hybridinference.examples.bars;

import io.github.hybridinference.eval.Bar;
import java.util.List;

/**
 * The content of a file of bars: the bars, and what is wrong with the other rows.
 *
 * @param bars the accepted bars, each later than the one before
 * @param rejected rows that are not bars and were left out
 * @param suspect rows that are among the bars although one of their prices is contradicted by both neighbouring bars.
 *     They are kept, because a real crash can look the same and because leaving a bar out for what follows it would be
 *     hindsight
 */
public record BarFile(List<Bar> bars, RowFindings rejected, RowFindings suspect) {}
