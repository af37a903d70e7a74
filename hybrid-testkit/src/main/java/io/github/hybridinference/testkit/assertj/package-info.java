/**
 * Assertions for answers and statistics, beside those of AssertJ: import statically from {@link
 * io.github.hybridinference.testkit.assertj.InferenceAssertions}. Needs {@code assertj-core}, which this library does not bring.
 */
@NullMarked
package io.github.hybridinference.testkit.assertj;

import org.jspecify.annotations.NullMarked;
