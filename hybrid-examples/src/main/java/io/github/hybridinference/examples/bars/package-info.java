/**
 * Bars of market data: read from a CSV file or made by a seeded generator.
 *
 * <p>Start at {@link io.github.hybridinference.examples.bars.BarCsv} for data of one's own and at {@link
 * io.github.hybridinference.examples.bars.SyntheticSeries} for a series that needs no file. {@link
 * io.github.hybridinference.examples.bars.TimeframeFinder} tells how long the bars are.
 */
@NullMarked
package io.github.hybridinference.examples.bars;

import org.jspecify.annotations.NullMarked;
