/** Measures signals against what the market did next. */
@NullMarked
package io.github.hybridinference.eval;

import org.jspecify.annotations.NullMarked;
