/**
 * Signals from market bars with one command: {@code mvn -q -Pquickstart}.
 *
 * <p>{@link io.github.hybridinference.examples.quickstart.QuickStart} reads the command line and puts the parts together:
 *
 * <pre>
 * Series ── Replay ── Indicators ── Snapshots ── InferenceEngine ── Backend (DeepSeek, a simulated model, or none)
 *              │
 *              └──▶ SignalTable, JsonLines, Tally ──▶ Summary
 * </pre>
 */
@NullMarked
package io.github.hybridinference.examples.quickstart;

import org.jspecify.annotations.NullMarked;
