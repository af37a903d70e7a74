/** Meters and observations of an engine: start at {@link io.github.hybridinference.micrometer.MicrometerListener}. */
@NullMarked
package io.github.hybridinference.micrometer;

import org.jspecify.annotations.NullMarked;
