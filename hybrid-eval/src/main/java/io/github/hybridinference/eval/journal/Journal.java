package io.github.hybridinference.eval.journal;

import io.github.hybridinference.InferenceListener;
import io.github.hybridinference.audit.LineWriter;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes down each decision of an engine, one JSON object a line, in numbered files of a folder:
 *
 * <pre>{@code
 * try (Journal journal = Journal.in(folder).asking(model.identity()).open();
 *         InferenceEngine engine = InferenceEngine.builder().remote(model).listener(journal).build()) {
 *     ...
 * }
 * Recording recording = Recording.read(folder);
 * }</pre>
 *
 * <p>It holds the anonymized snapshot, not the caller's: no price, no symbol unless asked to. It never delays an
 * inference: decisions wait in a bounded queue for a daemon thread of the journal's own, and are lost and counted if the
 * disk is too slow or full. Thread-safe. Close it after the engine.
 */
public final class Journal implements InferenceListener, AutoCloseable {
    private final LineWriter<Decision> writer;
    private final AtomicLong unattributed;

    Journal(LineWriter<Decision> writer, AtomicLong unattributed) {
        this.writer = writer;
        this.unattributed = unattributed;
    }

    /**
     * Starts a journal.
     *
     * @param folder where its files go; made if it is not there. A new file is begun, whatever stands in it
     * @return a builder
     */
    public static JournalBuilder in(Path folder) {
        return new JournalBuilder(folder);
    }

    @Override
    public void onAnswer(MarketSnapshot snapshot, Inference answer) {
        writer.offer(new Decision(answer.decisionId(), snapshot, answer, false));
    }

    @Override
    public void onRevision(MarketSnapshot snapshot, Inference revision) {
        writer.offer(new Decision(revision.decisionId(), snapshot, revision, true));
    }

    /**
     * Returns how many decisions were written.
     *
     * @return since the journal was opened
     */
    public long written() {
        return writer.written();
    }

    /**
     * Returns how many decisions were lost, because the queue was full, writing failed, or the journal was closed.
     *
     * @return since the journal was opened
     */
    public long lost() {
        return writer.lost();
    }

    /**
     * Returns how many answers of a model were written without saying which model was asked, because the journal was
     * told of none or of several that fit. They cannot be replayed.
     *
     * @return since the journal was opened
     */
    public long unattributed() {
        return unattributed.get();
    }

    /** Writes what is waiting, for at most ten seconds, and closes the file. What is left then is lost. */
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
