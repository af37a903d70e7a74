package io.github.hybridinference.eval.journal;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.remote.ModelIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The entries of a journal, read back. Immutable and thread-safe.
 *
 * <p>A line that is not a whole entry, such as the last one before a crash, is skipped and reported by
 * {@link #skipped()}. A journal too large for memory is read by {@link #forEach}.
 *
 * <p>Journals of earlier releases can be read. A journal that a later release wrote in a format of its own is refused
 * as a whole.
 *
 * @since 0.1.0
 */
public final class Recording {
    /**
     * A line that is not an entry.
     *
     * @param file the name of its file
     * @param line its number in that file, from 1
     * @param last whether it is the last of its file: torn off by a crash, most likely
     */
    public record Skipped(String file, long line, boolean last) {}

    private final List<JournalEntry> entries;
    private final List<Skipped> skipped;
    private final List<SwitchEntry> switches;

    private Recording(List<JournalEntry> entries, List<Skipped> skipped, List<SwitchEntry> switches) {
        this.entries = List.copyOf(entries);
        this.skipped = List.copyOf(skipped);
        this.switches = List.copyOf(switches);
    }

    /**
     * Reads a journal.
     *
     * @param folder the folder it was written to
     * @param custom the custom features it may hold; a line with others is skipped
     * @return what it holds, in the order of writing
     * @throws IOException if it cannot be read, or holds a line of a later format version than this release reads; no
     *     entry of such a journal is returned
     */
    public static Recording read(Path folder, Feature... custom) throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        List<SwitchEntry> switches = new ArrayList<>();
        List<Skipped> skipped = forEach(folder, entries::add, switches::add, custom);
        return new Recording(entries, skipped, switches);
    }

    /**
     * Makes a recording of given entries, for example a selection of those of a journal.
     *
     * @param entries in the order of writing
     * @return a recording of them
     */
    public static Recording of(List<JournalEntry> entries) {
        return new Recording(entries, List.of(), List.of());
    }

    /**
     * Reads a journal entry by entry, without keeping them in memory.
     *
     * @param folder the folder it was written to
     * @param visitor sees each entry, in the order of writing
     * @param custom the custom features it may hold; a line with others is skipped
     * @return the lines that were skipped
     * @throws IOException if it cannot be read, or holds a line of a later format version than this release reads; no
     *     entry of such a journal is visited, unless the line was added during the visit
     */
    public static List<Skipped> forEach(Path folder, Consumer<JournalEntry> visitor, Feature... custom)
            throws IOException {
        return forEach(folder, visitor, event -> {}, custom);
    }

    private static List<Skipped> forEach(
            Path folder, Consumer<JournalEntry> visitor, Consumer<SwitchEntry> switches, Feature... custom)
            throws IOException {
        EntryReader reader = new EntryReader(custom);
        List<Skipped> skipped = new ArrayList<>();
        List<Path> files = RollingFiles.in(folder);
        for (Path file : files) { // all of them first, so that no part of a journal is taken for the whole of it
            read(file, (line, at) -> JournalFormat.requireNotLater(line, at.file(), at.line()));
        }
        for (Path file : files) {
            read(file, (line, at) -> {
                Optional<JournalEntry> entry = reader.read(line);
                Optional<SwitchEntry> event = entry.isPresent() ? Optional.empty() : EntryReader.readSwitch(line);
                if (entry.isPresent()) {
                    visitor.accept(entry.get());
                } else if (event.isPresent()) {
                    switches.accept(event.get());
                } else {
                    JournalFormat.requireNotLater(line, at.file(), at.line()); // it may have been added just now
                    skipped.add(at);
                }
            });
        }
        return skipped;
    }

    /** Takes a line, and where it stands. */
    @FunctionalInterface
    private interface LineVisitor {
        void line(String line, Skipped at) throws IOException;
    }

    private static void read(Path file, LineVisitor visitor) throws IOException {
        // not Files.newBufferedReader, which throws on the half of a character that a crash can leave
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            String name = file.getFileName().toString();
            long number = 0;
            String next = lines.readLine();
            while (next != null) {
                String line = next;
                next = lines.readLine();
                number++;
                visitor.line(line, new Skipped(name, number, next == null));
            }
        }
    }

    /**
     * Returns the decisions.
     *
     * @return in the order of writing
     */
    public List<JournalEntry> entries() {
        return entries;
    }

    /**
     * Returns the lines that are not entries.
     *
     * @return empty for a journal that was closed properly
     */
    public List<Skipped> skipped() {
        return skipped;
    }

    /**
     * Returns when the models were paused and resumed.
     *
     * @return in the order of writing
     */
    public List<SwitchEntry> switches() {
        return switches;
    }

    /**
     * Returns the models that were asked.
     *
     * @return in the order of their first answer
     */
    public Set<ModelIdentity> models() {
        Set<ModelIdentity> models = new LinkedHashSet<>();
        entries.forEach(entry -> entry.asked().ifPresent(models::add));
        return models;
    }

    /**
     * Makes a model that gives the recorded answers of one of the models.
     *
     * @param identity one of {@link #models()}
     * @param clock the replaying engine's clock, showing the time of the current bar
     * @return a model without a network
     */
    public RecordedModel replaying(ModelIdentity identity, Clock clock) {
        return new RecordedModel(identity, entries, clock);
    }

    /**
     * Returns the random numbers of the recorded engine: decision ids made with them start as the recorded ones do.
     *
     * @return thread-safe; each call returns a generator of the same numbers
     */
    public RandomGenerator random() {
        long seed = entries.isEmpty() ? 0 : ReplayRandom.seedOf(entries.get(0).decisionId());
        return new ReplayRandom(seed);
    }

    /** The counts. */
    @Override
    public String toString() {
        return "Recording[" + entries.size() + " entries, " + skipped.size() + " lines skipped]";
    }
}
