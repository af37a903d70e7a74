/**
 * The values every other package speaks in: snapshots going in, answers coming out, and the closed words between.
 *
 * <p>Start at {@link io.github.hybridinference.model.MarketSnapshot} (what a caller hands in),
 * {@link io.github.hybridinference.model.AnonymizedSnapshot} (all that may ever leave the process) and
 * {@link io.github.hybridinference.model.Inference} (what the caller gets back). Everything here is immutable and may
 * be shared between threads, builders apart. This package uses no other package of the library.
 */
@NullMarked
package io.github.hybridinference.model;

import org.jspecify.annotations.NullMarked;
