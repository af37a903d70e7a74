/**
 * Bars of market data: read from files as people have them, or made by a seeded generator.
 *
 * <p>Start with {@link io.github.hybridinference.examples.bars.BarFiles} for your own data and with {@link
 * io.github.hybridinference.examples.bars.SyntheticSeries} for a series that needs no file. {@link
 * io.github.hybridinference.examples.bars.Spacing} finds the length of the bars.
 */
@NullMarked
package io.github.hybridinference.examples.bars;

import org.jspecify.annotations.NullMarked;
