/**
 * Measuring an engine's signals against what the market did next.
 *
 * <p>Start at {@link io.github.hybridinference.eval.History}, bars with the question at the close of each, and
 * {@link io.github.hybridinference.eval.Evaluation}, which asks an engine about them. What the model changed is told by
 * {@link io.github.hybridinference.eval.RouterReport}, which thresholds send a wanted share of bars to it by
 * {@link io.github.hybridinference.eval.Calibration}, and what rounding costs and saves by
 * {@link io.github.hybridinference.eval.CacheReport}.
 *
 * <pre>
 * bars ──▶ History ──▶ Evaluation ──▶ EvaluationResult ──▶ SourceFigures, digest
 *             ├──▶ Calibration     thresholds for a share or a budget
 *             └──▶ RouterReport    both paths on a sample
 * </pre>
 */
@NullMarked
package io.github.hybridinference.eval;

import org.jspecify.annotations.NullMarked;
