package io.github.hybridinference.eval.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * Remembers in a file until when decisions have served as a holdout, one line a look. What was looked at once chooses the
 * winner of the next search too, and a winner chosen on the holdout is not tested by it.
 */
final class HoldoutLedger {
    private final Path file;

    HoldoutLedger(Path file) {
        this.file = file;
    }

    void requireFresh(Exam holdout) throws IOException {
        Instant begin = holdout.questions().get(0).entry().barTime();
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            if (!line.isBlank() && !begin.isAfter(read(line))) {
                throw new IllegalStateException(
                        "part of this holdout was looked at in an earlier search: record newer decisions first");
            }
        }
    }

    void looked(Exam holdout) throws IOException {
        Instant end = holdout.questions().get(holdout.size() - 1).entry().barTime();
        Files.writeString(file, end + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static Instant read(String line) throws IOException {
        try {
            return Instant.parse(line.strip());
        } catch (DateTimeException foreign) {
            throw new IOException("the ledger of holdouts has a line that is no time");
        }
    }
}
