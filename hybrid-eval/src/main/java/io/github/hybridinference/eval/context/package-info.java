/**
 * Enrichment of snapshots with figures from other sources, before inference.
 *
 * <p>Start at {@link io.github.hybridinference.eval.context.ContextEnricher}. Figures come from a
 * {@link io.github.hybridinference.eval.context.ContextSource}; there are
 * {@link io.github.hybridinference.eval.context.JsonContextSource} for JSON over HTTP and
 * {@link io.github.hybridinference.eval.context.RecordedContext} for replays.
 *
 * <pre>
 * snapshot ──▶ ContextEnricher ──▶ enriched snapshot ──▶ engine ──▶ journal
 *                  │ cache, time limit, breaker                         │
 *                  └▶ ContextSource …                  RecordedContext ◀┘
 * </pre>
 */
@Experimental
@NullMarked
package io.github.hybridinference.eval.context;

import io.github.hybridinference.model.Experimental;
import org.jspecify.annotations.NullMarked;
