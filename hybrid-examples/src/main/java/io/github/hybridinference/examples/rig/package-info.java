/**
 * What the runners that measure have in common: processes beside their own
 * ({@link io.github.hybridinference.examples.rig.JavaProcess},
 * {@link io.github.hybridinference.examples.rig.StandInProcess}) and questions in any number.
 */
@NullMarked
package io.github.hybridinference.examples.rig;

import org.jspecify.annotations.NullMarked;
