/**
 * The report of an evaluation: a page that needs nothing else, the same in JSON, and one line for programs.
 *
 * <p>Start at {@link io.github.hybridinference.eval.report.Report}.
 */
@Experimental
@NullMarked
package io.github.hybridinference.eval.report;

import io.github.hybridinference.model.Experimental;
import org.jspecify.annotations.NullMarked;
