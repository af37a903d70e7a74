/** Benchmarks that look into the adapter, and therefore live in its package. */
@NullMarked
package io.github.hybridinference.deepseek;

import org.jspecify.annotations.NullMarked;
