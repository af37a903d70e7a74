/**
 * What each call of the model bought, with one command: {@code mvn -q -Pevaluate}.
 *
 * <p>{@link io.github.hybridinference.examples.evaluate.Evaluate} reads the command line; the measuring is done by the
 * module hybrid-eval:
 *
 * <pre>
 * Series ── IndicatorSnapshots ── History ── Evaluation ── Report
 *                                               │
 *              Answering (the model, or a journal in its place)
 * </pre>
 */
@NullMarked
package io.github.hybridinference.examples.evaluate;

import org.jspecify.annotations.NullMarked;
