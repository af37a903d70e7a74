/**
 * Snapshots of {@link io.github.hybridinference.examples.bars bars}, with the indicators of hybrid-ta4j.
 *
 * <p>{@link io.github.hybridinference.examples.indicators.BarSnapshots} takes one bar after the other and gives the snapshot
 * as it stands at that bar.
 */
@NullMarked
package io.github.hybridinference.examples.indicators;

import org.jspecify.annotations.NullMarked;
