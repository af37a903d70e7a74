/** Small helpers that several packages of this module share. Not exported. */
@NullMarked
package io.github.hybridinference.eval.internal;

import org.jspecify.annotations.NullMarked;
