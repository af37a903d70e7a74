package io.github.hybridinference.eval.journal;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.audit.LineWriter;
import io.github.hybridinference.eval.internal.SetOnce;
import io.github.hybridinference.remote.ModelIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Configures and opens a journal. Each mistake is refused at the call that makes it. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class JournalBuilder {
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Path folder;
    private final SetOnce set = new SetOnce();
    private List<ModelIdentity> models = List.of();
    private Anonymizer anonymizer = Anonymizer.standard();
    private int queueLines = 4_096;
    private long rollAtBytes = 64L << 20;
    private boolean keepingSymbols;

    JournalBuilder(Path folder) {
        this.folder = Objects.requireNonNull(folder, "folder");
    }

    /**
     * Names the models of the engine. Their answers can be replayed only if the journal records how they were asked.
     *
     * @param identities of the engine's models
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public JournalBuilder asking(ModelIdentity... identities) {
        List<ModelIdentity> asked = List.of(identities);
        set.mark("asking");
        models = asked;
        return this;
    }

    /**
     * Sets the anonymizer; the default is {@link Anonymizer#standard} without custom features. It must be that of the
     * engine; otherwise what is recorded is not what was sent.
     *
     * @param reducer called on the thread of the journal
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public JournalBuilder anonymizer(Anonymizer reducer) {
        Objects.requireNonNull(reducer, "anonymizer");
        set.mark("anonymizer");
        anonymizer = reducer;
        return this;
    }

    /**
     * Sets how many decisions may wait to be written; the default is 4,096.
     *
     * @param lines positive
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public JournalBuilder queueLines(int lines) {
        if (lines < 1) {
            throw new IllegalArgumentException("queueLines must be positive");
        }
        set.mark("queueLines");
        queueLines = lines;
        return this;
    }

    /**
     * Sets the size at which a new file is started; the default is 64 MiB.
     *
     * @param bytes positive
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public JournalBuilder rollAtBytes(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("rollAtBytes must be positive");
        }
        set.mark("rollAtBytes");
        rollAtBytes = bytes;
        return this;
    }

    /**
     * Records the symbol too, for an engine that serves several: without it the outcome of a decision cannot be looked
     * up. Such a journal must not be given to third parties.
     *
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public JournalBuilder keepingSymbols() {
        set.mark("keepingSymbols");
        keepingSymbols = true;
        return this;
    }

    /**
     * Opens the journal.
     *
     * @return a new journal; close it
     * @throws IOException if its file cannot be opened
     */
    public Journal open() throws IOException {
        EntryFactory maker = new EntryFactory(anonymizer, models, keepingSymbols);
        AtomicLong unattributed = new AtomicLong();
        LineWriter<PendingLine> writer = new LineWriter<>(
                "hybrid-journal",
                new RollingFiles(folder, rollAtBytes),
                pending -> {
                    if (pending instanceof PendingLine.Switch happened) {
                        return happened.entry().line();
                    }
                    JournalEntry entry = maker.of((PendingLine.Decision) pending);
                    if (entry.model().isPresent() && entry.asked().isEmpty()) {
                        unattributed.incrementAndGet();
                    }
                    return EntryWriter.line(entry);
                },
                queueLines,
                CLOSING);
        return new Journal(writer, unattributed);
    }
}
