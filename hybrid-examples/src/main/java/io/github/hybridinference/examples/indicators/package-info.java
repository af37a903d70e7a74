/**
 * Technical indicators over {@link io.github.hybridinference.examples.bars bars}, computed by ta4j.
 *
 * <p>{@link io.github.hybridinference.examples.indicators.Indicators} takes one bar after the other and gives the
 * {@link io.github.hybridinference.examples.indicators.IndicatorValues} as they stand at that bar.
 */
@NullMarked
package io.github.hybridinference.examples.indicators;

import org.jspecify.annotations.NullMarked;
