package io.github.hybridinference.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.hybridinference.eval.journal.JournalEntry;
import io.github.hybridinference.eval.journal.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldoutLedgerTest {
    private static final Instant LATEST_IN_FILES = Instant.parse("2026-02-28T23:00:00Z");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("holdouts.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"holdouts-1.txt", "holdouts-2.txt"})
    void readsEachVersionSoFar(String version) throws IOException {
        try (InputStream in = Objects.requireNonNull(HoldoutLedgerTest.class.getResourceAsStream(version))) {
            Files.copy(in, file);
        }
        HoldoutLedger ledger = new HoldoutLedger(file);
        assertThatIllegalStateException().isThrownBy(() -> ledger.requireFresh(startingAt(LATEST_IN_FILES)));
        assertThatNoException().isThrownBy(() -> ledger.requireFresh(startingAt(LATEST_IN_FILES.plusSeconds(1))));
    }

    @Test
    void writesTheCurrentVersionBehindTheLinesThere() throws IOException {
        Files.writeString(file, "2026-01-31T23:00:00Z\n");
        new HoldoutLedger(file).looked(startingAt(LATEST_IN_FILES));
        assertThat(file).hasContent("2026-01-31T23:00:00Z\nv2 2026-02-28T23:00:00Z\n");
    }

    @Test
    void refusesALaterVersion() throws IOException {
        Files.writeString(file, "2026-01-31T23:00:00Z\nv3 2026-02-28T23:00:00Z other\n");
        assertThatIOException()
                .isThrownBy(() -> new HoldoutLedger(file).requireFresh(startingAt(LATEST_IN_FILES.plusSeconds(1))))
                .withMessage(
                        "line 2 of the holdout ledger has format version 3, and this release reads versions 1 to 2:"
                                + " run the search with the release that wrote it, or a later one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "v2", "v2 yesterday", "v0 2026-02-28T23:00:00Z", "vv 2026-02-28T23:00:00Z"})
    void refusesALineThatIsNoEntry(String line) throws IOException {
        Files.writeString(file, line + "\n");
        assertThatIOException()
                .isThrownBy(() -> new HoldoutLedger(file).requireFresh(startingAt(LATEST_IN_FILES)))
                .withMessageContaining("line 1 of the holdout ledger is not an entry")
                .withMessageNotContaining("yesterday");
    }

    /** An exam of one question. */
    private static Exam startingAt(Instant bar) {
        JournalEntry template = Exams.recording(1).entries().get(0);
        JournalEntry entry = new JournalEntry(
                template.decisionId(),
                bar,
                template.symbol(),
                template.snapshot(),
                template.scenario(),
                template.rules(),
                template.model(),
                template.source(),
                template.degradation(),
                template.asked(),
                template.provenance(),
                template.latency(),
                template.late());
        return Exam.of(Recording.of(List.of(entry)), Exams.truth(Duration.ofHours(1)), 5);
    }
}
