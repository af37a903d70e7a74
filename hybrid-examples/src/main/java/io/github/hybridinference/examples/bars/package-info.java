/**
 * Bars of market data: read from a CSV file or made by a seeded generator.
 *
 * <p>Start with {@link io.github.hybridinference.examples.bars.BarCsv} for your own data and with {@link
 * io.github.hybridinference.examples.bars.SyntheticSeries} for a series that needs no file. {@link
 * io.github.hybridinference.examples.bars.TimeframeFinder} finds the length of the bars.
 */
@NullMarked
package io.github.hybridinference.examples.bars;

import org.jspecify.annotations.NullMarked;
