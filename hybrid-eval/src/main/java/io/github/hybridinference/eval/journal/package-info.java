/**
 * Recording decisions and replaying them without a network.
 *
 * <p>Start at {@link io.github.hybridinference.eval.journal.Journal}, a listener that writes, and
 * {@link io.github.hybridinference.eval.journal.Recording}, which reads. Recorded answers are replayed by
 * {@link io.github.hybridinference.eval.journal.RecordedModel}.
 *
 * <pre>
 * engine ──▶ Journal ──▶ journal-000001.jsonl … ──▶ Recording ──▶ JournalEntry …
 *                                                       └──▶ RecordedModel ──▶ engine
 * </pre>
 */
@NullMarked
package io.github.hybridinference.eval.journal;

import org.jspecify.annotations.NullMarked;
