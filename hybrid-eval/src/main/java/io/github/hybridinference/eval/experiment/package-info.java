/**
 * Telling two things apart without harm to live answers: models, prompts, classifiers, rules.
 *
 * <p>Live, {@link io.github.hybridinference.eval.experiment.Shadow} lets a candidate answer unheard beside an engine, and
 * {@link io.github.hybridinference.eval.experiment.AbTest} lets two engines answer by turns. On a journal,
 * {@link io.github.hybridinference.eval.experiment.Exam} picks the hard questions with their outcomes, for
 * {@link io.github.hybridinference.eval.experiment.ModelComparison},
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
@NullMarked
package io.github.hybridinference.eval.experiment;

import org.jspecify.annotations.NullMarked;
