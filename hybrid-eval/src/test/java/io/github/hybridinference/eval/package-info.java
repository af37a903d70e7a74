/** Tests of the evaluation. */
@NullMarked
package io.github.hybridinference.eval;

import org.jspecify.annotations.NullMarked;
