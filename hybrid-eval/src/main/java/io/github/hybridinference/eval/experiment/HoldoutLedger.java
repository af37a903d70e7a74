package io.github.hybridinference.eval.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Records in a file up to which bar decisions have served as a holdout, one line per use. A holdout that was looked at
 * influences later searches, and a winner chosen with knowledge of the holdout is not tested by it.
 */
final class HoldoutLedger {
    private static final int FIRST = 1;
    private static final int VERSION = 2;

    /** The version and the rest. Lines of version 1 are a time only. */
    private static final Pattern VERSIONED = Pattern.compile("v([1-9][0-9]{0,8}) (.*)");

    private final Path file;

    HoldoutLedger(Path file) {
        this.file = file;
    }

    void requireFresh(Exam holdout) throws IOException {
        Instant begin = holdout.questions().get(0).entry().barTime();
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank() && !begin.isAfter(read(lines.get(i).strip(), i + 1))) {
                throw new IllegalStateException(
                        "part of this holdout was looked at in an earlier search: record newer decisions and use them");
            }
        }
    }

    void looked(Exam holdout) throws IOException {
        Instant end = holdout.questions().get(holdout.size() - 1).entry().barTime();
        Files.writeString(file, "v" + VERSION + " " + end + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static Instant read(String line, int number) throws IOException {
        Matcher versioned = VERSIONED.matcher(line);
        int version = versioned.matches() ? Integer.parseInt(versioned.group(1)) : FIRST;
        if (version > VERSION) {
            throw new IOException("line " + number + " of the holdout ledger has format version " + version
                    + ", and this release reads versions " + FIRST + " to " + VERSION
                    + ": run the search with the release that wrote it, or a later one");
        }
        try {
            return Instant.parse(versioned.matches() ? versioned.group(2) : line);
        } catch (DateTimeException foreign) {
            throw new IOException("line " + number + " of the holdout ledger is not an entry");
        }
    }
}
