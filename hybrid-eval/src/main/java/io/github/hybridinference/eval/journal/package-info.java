/** Records decisions as lines of JSON and answers from them again. */
@NullMarked
package io.github.hybridinference.eval.journal;

import org.jspecify.annotations.NullMarked;
