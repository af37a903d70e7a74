package io.github.hybridinference.eval.journal;

import io.github.hybridinference.InferenceListener;
import io.github.hybridinference.audit.LineWriter;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records each decision of an engine as a line of JSON, in numbered files of a folder:
 *
 * <pre>{@code
 * try (Journal journal = Journal.in(folder).asking(model.identity()).open();
 *         InferenceEngine engine = InferenceEngine.builder().remote(model).listener(journal).build()) {
 *     ...
 * }
 * Recording recording = Recording.read(folder);
 * }</pre>
 *
 * <p>It holds the anonymized snapshot, not the caller's: no price, and no symbol unless the builder is asked to keep
 * it. It never delays an inference: decisions wait in a bounded queue for a daemon thread of the journal, and are lost
 * and counted if the disk is too slow or full. Thread-safe. Close it after the engine.
 *
 * @since 0.1.0
 */
public final class Journal implements InferenceListener, AutoCloseable {
    private final LineWriter<PendingLine> writer;
    private final AtomicLong unattributed;

    Journal(LineWriter<PendingLine> writer, AtomicLong unattributed) {
        this.writer = writer;
        this.unattributed = unattributed;
    }

    /**
     * Starts a journal.
     *
     * @param folder the folder of its files; created if missing. A new file is always started, even if the folder has
     *     some
     * @return a builder
     */
    public static JournalBuilder in(Path folder) {
        return new JournalBuilder(folder);
    }

    @Override
    public void onAnswer(MarketSnapshot snapshot, Inference answer) {
        writer.offer(new PendingLine.Decision(answer.decisionId(), snapshot, answer, false));
    }

    @Override
    public void onRevision(MarketSnapshot snapshot, Inference revision) {
        writer.offer(new PendingLine.Decision(revision.decisionId(), snapshot, revision, true));
    }

    @Override
    public void onRemoteSwitch(boolean on, String reason, Instant at) {
        writer.offer(new PendingLine.Switch(new SwitchEntry(at, on, reason)));
    }

    /**
     * Returns how many lines were written: decisions, and pauses of the models.
     *
     * @return since the journal was opened
     */
    public long written() {
        return writer.written();
    }

    /**
     * Returns how many of them were lost, because the queue was full, writing failed, or the journal was closed.
     *
     * @return since the journal was opened
     */
    public long lost() {
        return writer.lost();
    }

    /**
     * Returns how many answers of a model were written without the identity of the model, because none or several of
     * the identities given to {@link JournalBuilder#asking} match. They cannot be replayed.
     *
     * @return since the journal was opened
     */
    public long unattributed() {
        return unattributed.get();
    }

    /** Writes the queued decisions, for at most ten seconds, and closes the file. Those left then are lost. */
    @Override
    public void close() {
        writer.close();
    }

    /** The counts. */
    @Override
    public String toString() {
        return "Journal[written " + written() + ", lost " + lost() + "]";
    }
}
