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

/** Opens a journal. Each mistake is refused at the call that makes it. Not thread-safe. */
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
     * Tells which models the engine asks; what they answered can be replayed only if the journal knows how they were
     * asked.
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
     * Sets the anonymizer; the default is {@link Anonymizer#standard} without custom features. It must be the engine's,
     * or what is recorded is not what was sent.
     *
     * @param reducer called on the journal's own thread
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
            throw new IllegalArgumentException("queueLines is positive");
        }
        set.mark("queueLines");
        queueLines = lines;
        return this;
    }

    /**
     * Sets the size at which a new file is begun; the default is 64 MiB.
     *
     * @param bytes positive
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public JournalBuilder rollAtBytes(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("rollAtBytes is positive");
        }
        set.mark("rollAtBytes");
        rollAtBytes = bytes;
        return this;
    }

    /**
     * Writes down the symbol too, for an engine that serves several: without it what came of a decision cannot be looked
     * up. The journal is then not for any third party.
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
        EntryMaker maker = new EntryMaker(anonymizer, models, keepingSymbols);
        AtomicLong unattributed = new AtomicLong();
        LineWriter<Decision> writer = new LineWriter<>(
                "hybrid-journal",
                new RollingFiles(folder, rollAtBytes),
                decision -> {
                    JournalEntry entry = maker.of(decision);
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
