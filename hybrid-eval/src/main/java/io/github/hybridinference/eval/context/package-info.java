/** Enriches snapshots with figures from elsewhere before they are classified. */
@NullMarked
package io.github.hybridinference.eval.context;

import org.jspecify.annotations.NullMarked;
