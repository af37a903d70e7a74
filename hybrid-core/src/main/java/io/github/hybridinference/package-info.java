/**
 * The engine: {@link io.github.hybridinference.InferenceEngine} is what a trading system embeds.
 *
 * <pre>
 * MarketSnapshot
 *    │ evaluate rules, classify
 *    ├─ SIMPLE ──▶ the rules' answer
 *    └─ COMPLEX ─▶ anonymize ─▶ near cache ─▶ join ─▶ far cache ─▶ lease ─▶ permit ─▶ breaker
 *                   ─▶ budget ─▶ ask ─▶ verify ─▶ remember ─▶ the model's answer
 *                     any refusal, failure or expiry ──▶ the rules' answer, and why
 * </pre>
 *
 * <p>Start at {@link io.github.hybridinference.InferenceEngine#builder()}. This package uses the stages in the packages
 * below it; a stage uses only the model package; nothing uses this one. What knows nothing of the path, such as the threads, is in
 * a package {@code internal} that is not exported.
 */
@NullMarked
package io.github.hybridinference;

import org.jspecify.annotations.NullMarked;
