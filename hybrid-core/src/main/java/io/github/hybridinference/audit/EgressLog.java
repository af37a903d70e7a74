package io.github.hybridinference.audit;

import io.github.hybridinference.model.FileFaults;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A record of exactly what left the process: one JSON object a line, with the time, the recipient, the decision and the
 * body as it was sent.
 *
 * <pre>{@code
 * {"at":"2026-11-24T10:15:30Z","to":"api.deepseek.com","decision_id":"…","body":"{\"messages\":…}"}
 * }</pre>
 *
 * <p>Recording delays no caller: lines wait in a bounded queue for a daemon thread of the log's own, and are lost and
 * counted if the disk is too slow or full. Thread-safe.
 *
 * @since 0.1.0
 */
public final class EgressLog implements AutoCloseable {
    private static final int QUEUE_LINES = 4_096;
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final LineWriter<EgressLine> writer;

    private EgressLog(LineWriter<EgressLine> writer) {
        this.writer = writer;
    }

    /**
     * Opens a log that is appended to a file.
     *
     * @param file created if it is not there
     * @return a new log; close it
     * @throws IOException if the file cannot be opened; the message does not have its path
     */
    public static EgressLog appendingTo(Path file) throws IOException {
        try {
            return to(Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException namesThePath) {
            throw FileFaults.withoutPath("the egress log cannot be opened", namesThePath);
        }
    }

    /**
     * Opens a log.
     *
     * @param out where the lines go; flushed after each line, and closed with the log
     * @return a new log; close it
     */
    public static EgressLog to(OutputStream out) {
        return new EgressLog(new LineWriter<>("hybrid-egress-log", out, EgressLine::encoded, QUEUE_LINES, CLOSING));
    }

    /**
     * Records what is about to leave. Returns at once.
     *
     * @param at when it leaves
     * @param recipient where it goes, such as a host name
     * @param decisionId the decision it was sent for
     * @param body what is sent, in UTF-8; must not be changed later on
     */
    public void record(Instant at, String recipient, String decisionId, byte[] body) {
        writer.offer(new EgressLine(
                Objects.requireNonNull(at, "at"),
                Objects.requireNonNull(recipient, "recipient"),
                Objects.requireNonNull(decisionId, "decisionId"),
                Objects.requireNonNull(body, "body")));
    }

    /**
     * Returns how many lines were written and flushed without an error.
     *
     * @return since the log was opened
     */
    public long written() {
        return writer.written();
    }

    /**
     * Returns how many lines were lost, because the queue was full, writing failed, or the log was closed.
     *
     * @return since the log was opened
     */
    public long lost() {
        return writer.lost();
    }

    /** Writes the lines that are waiting, for a second at most, and closes the target. The lines left then are lost. */
    @Override
    public void close() {
        writer.close();
    }

    /** The counts. */
    @Override
    public String toString() {
        return "EgressLog[written " + written() + ", lost " + lost() + "]";
    }
}
