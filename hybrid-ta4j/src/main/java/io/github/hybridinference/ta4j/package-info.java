/** From a bar series of ta4j to a snapshot: start at {@link io.github.hybridinference.ta4j.Snapshots}. */
@NullMarked
package io.github.hybridinference.ta4j;

import org.jspecify.annotations.NullMarked;
