/** Compares models, prompts and rules without touching the live answers. */
@NullMarked
package io.github.hybridinference.eval.experiment;

import org.jspecify.annotations.NullMarked;
