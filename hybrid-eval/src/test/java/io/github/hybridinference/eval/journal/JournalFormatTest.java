package io.github.hybridinference.eval.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Evidence;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Session;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a journal looks like on disk. Journals outlive the release that wrote them and other programs read them, so the
 * lines in the resources must never be edited: a change of the format is a new version with a resource of its own.
 */
class JournalFormatTest {
    private static final Feature DESK = Feature.custom("desk_mood", 0, 10, 2);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsEachVersionSoFar(int version) throws IOException {
        List<JournalEntry> entries = entriesOf(version);
        assertThat(entries)
                .extracting(JournalEntry::source)
                .containsExactly(Source.REMOTE, Source.CACHE, Source.FALLBACK, Source.REMOTE, Source.LOCAL);
        JournalEntry first = entries.get(0);
        assertThat(first.decisionId()).isEqualTo("00000000000000ab-1");
        assertThat(first.barTime()).isEqualTo(Instant.parse("2026-03-02T10:00:00Z"));
        assertThat(first.symbol()).contains("BTC-USDT");
        assertThat(first.scenario()).isEqualTo(Scenario.complex(Scenario.Reason.NEUTRAL_RSI));
        assertThat(first.rules().strongestBuy()).isEqualTo(0.25);
        assertThat(first.signal().confidence()).isEqualTo(0.731);
        assertThat(first.signal().takeProfitPct()).hasValue(3.25);
        assertThat(first.signal().commentary()).isEqualTo("Momentum \"turns\" upwards.");
        assertThat(first.signal().reasoning())
                .isEqualTo("The model advises BUY " + (version < 3 ? "without evidence." : "on rsi_14 = 50."));
        assertThat(first.signal().evidence())
                .containsExactly(version < 3 ? new Evidence[0] : new Evidence[] {new Evidence("rsi_14", 50)});
        assertThat(first.asked().orElseThrow().parameters()).isEqualTo("temperature=0");
        assertThat(first.provenance().orElseThrow().usage().costNanoUsd()).hasValue(4_000);
        assertThat(first.snapshot().get(Feature.RSI_14)).isEqualTo(50);
        assertThat(entries.get(2).degradation()).contains(Degradation.TIMEOUT);
        assertThat(entries.get(3).late()).isTrue();
        assertThat(entries.get(4).snapshot().timeframe()).isEqualTo(Timeframe.D1);
        assertThat(entries.get(4).snapshot().get(DESK)).isEqualTo(7);
    }

    @Test
    void writesTheCurrentVersion() throws IOException {
        assertThat(written(entriesOf(3))).isEqualTo(frozen(3));
        assertThat(written(entriesOf(1)))
                .isEqualTo(written(entriesOf(2)))
                .startsWith("{\"format\":3,")
                .contains("\"evidence\":{},\"commentary\":\"Momentum");
    }

    private static String written(List<JournalEntry> entries) throws IOException {
        StringBuilder written = new StringBuilder();
        for (JournalEntry entry : entries) {
            written.append(new String(EntryWriter.line(entry), StandardCharsets.UTF_8));
        }
        return written.toString();
    }

    /** A line of version 2 whose text states a figure: nobody knows whether it was sent, so it is not shown. */
    @Test
    void dropsUnverifiedFiguresFromTheTextOfVersionsBeforeEvidence() throws IOException {
        put(1, frozen(2).replace("Momentum \\\"turns\\\" upwards.", "RSI is 82. Momentum fades."));
        JournalEntry first = Recording.read(folder, DESK).entries().get(0);

        assertThat(first.signal().commentary()).isEqualTo("Momentum fades.");
    }

    @Test
    void refusesALaterVersionBeforeAnyEntryIsVisited() throws IOException {
        put(1, frozen(1));
        put(2, frozen(3) + frozen(3).replace("\"format\":3", "\"format\":4"));
        List<JournalEntry> visited = new ArrayList<>();
        assertThatIOException()
                .isThrownBy(() -> Recording.forEach(folder, visited::add, DESK))
                .withMessage(
                        "journal-000002.jsonl, line 6 has format version 4, and this release reads versions 1 to 3:"
                                + " read the journal with the release that wrote it, or a later one");
        assertThat(visited).isEmpty();
        assertThatIOException().isThrownBy(() -> Recording.read(folder, DESK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"x\",\"format\":4}",
                "{\"snapshot\":{\"format\":1},\"format\":4}",
                "{\"format\":4,\"id\":\"torn",
                "{\"format\":9999999999999999999999}"
            })
    void findsALaterVersionWhereverItStands(String line) throws IOException {
        put(1, line);
        assertThatIOException()
                .isThrownBy(() -> Recording.read(folder))
                .withMessageContaining("line 1 has format version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2.0", "\"2\"", "null", "[3]", "{\"format\":3}"})
    void aLineWhoseVersionIsNoneIsNoEntry(String version) throws IOException {
        put(1, frozen(2).replace("\"format\":2", "\"format\":" + version));
        Recording recording = Recording.read(folder, DESK);
        assertThat(recording.entries()).isEmpty();
        assertThat(recording.skipped()).hasSize(5);
    }

    /**
     * A reader skips a line with an enum constant it does not know. So a new or renamed constant needs a new version of the
     * format, which a reader refuses with a message.
     */
    @Test
    void theWordsBelongToTheVersion() {
        String words = Stream.of(
                        Action.class,
                        AssetClass.class,
                        Degradation.class,
                        Resolution.class,
                        RiskLevel.class,
                        Scenario.Kind.class,
                        Scenario.Reason.class,
                        Session.class,
                        Source.class)
                .map(type -> type.getSimpleName() + " " + Arrays.toString(type.getEnumConstants()) + "\n")
                .reduce("", String::concat);
        assertThat(words).isEqualTo(resource("words-3.txt"));
    }

    private List<JournalEntry> entriesOf(int version) throws IOException {
        put(1, frozen(version));
        Recording recording = Recording.read(folder, DESK);
        assertThat(recording.skipped()).isEmpty();
        return recording.entries();
    }

    private void put(int file, String lines) throws IOException {
        Files.writeString(folder.resolve("journal-00000" + file + ".jsonl"), lines);
    }

    private static String frozen(int version) {
        return resource("format-" + version + ".jsonl");
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(JournalFormatTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(name, unreadable);
        }
    }
}
