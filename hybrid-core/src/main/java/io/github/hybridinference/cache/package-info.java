/**
 * Remembered answers: {@link io.github.hybridinference.cache.SignalCache}, in process or shared by a fleet. Uses only the
 * model package.
 */
@NullMarked
package io.github.hybridinference.cache;

import org.jspecify.annotations.NullMarked;
