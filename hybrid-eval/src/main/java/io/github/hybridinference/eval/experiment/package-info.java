/**
 * Comparing models, prompts, classifiers and rules without affecting live answers.
 *
 * <p>Live, {@link io.github.hybridinference.eval.experiment.Shadow} runs a candidate beside an engine without using its
 * answers, and {@link io.github.hybridinference.eval.experiment.AbTest} assigns symbols to two engines at random. On a
 * journal, {@link io.github.hybridinference.eval.experiment.Exam} selects the complex scenarios with known outcomes,
 * for {@link io.github.hybridinference.eval.experiment.ModelComparison},
 * {@link io.github.hybridinference.eval.experiment.PromptSearch} and
 * {@link io.github.hybridinference.eval.experiment.FineTuningExport}.
 *
 * <pre>
 * engine ──▶ Shadow  ──▶ ShadowReport             Recording ┐
 * AbTest ──▶ engine A or B ──▶ AbReport           Outcomes  ┴▶ Exam ─┬▶ ModelComparison ──▶ ComparisonReport
 *                                                                    ├▶ PromptSearch ──▶ SearchReport
 *                                                                    └▶ FineTuningExport ──▶ JSONL
 * </pre>
 */
@Experimental
@NullMarked
package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.model.Experimental;
import org.jspecify.annotations.NullMarked;
