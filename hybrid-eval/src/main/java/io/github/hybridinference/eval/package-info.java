/**
 * Measuring an engine's signals against what the market did next.
 *
 * <p>Start at {@link io.github.hybridinference.eval.History}, bars with the snapshot at the close of each, and
 * {@link io.github.hybridinference.eval.Evaluation}, which runs an engine over them.
 * {@link io.github.hybridinference.eval.RouterReport} shows what the model changed,
 * {@link io.github.hybridinference.eval.Calibration} finds thresholds that send a target share of bars to it, and
 * {@link io.github.hybridinference.eval.CacheReport} shows what rounding saves and what it changes.
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
