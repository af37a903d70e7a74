/**
 * The report of an evaluation: a page that needs nothing else, the same in JSON, and one line for programs.
 *
 * <p>Start at {@link io.github.hybridinference.eval.report.Report}.
 */
@NullMarked
package io.github.hybridinference.eval.report;

import org.jspecify.annotations.NullMarked;
