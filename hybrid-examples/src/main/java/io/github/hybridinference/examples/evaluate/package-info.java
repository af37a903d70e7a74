/**
 * Measures the value of each call to the model with one command: {@code mvn -q -Pevaluate}.
 *
 * <p>{@link io.github.hybridinference.examples.evaluate.Evaluate} reads the command line; hybrid-eval does the
 * measuring:
 *
 * <pre>
 * Series ── IndicatorSnapshots ── History ── Evaluation ── Report
 *                                               │
 *              AnswerSource (the model, or a journal in its place)
 * </pre>
 */
@NullMarked
package io.github.hybridinference.examples.evaluate;

import org.jspecify.annotations.NullMarked;
