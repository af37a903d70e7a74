package io.github.hybridinference.eval.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * That the models were paused or resumed.
 *
 * @param time when, on the engine's clock
 * @param on whether they may be asked from then on
 * @param reason the word of whoever paused them; empty if they were resumed
 * @since 0.1.0
 */
public record SwitchEntry(Instant time, boolean on, String reason) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String EVENT = "event";
    private static final String REMOTE_SWITCH = "remote_switch";

    /**
     * Checks that all are there.
     *
     * @param time when
     * @param on whether they may be asked from then on
     * @param reason the word of whoever paused them
     */
    public SwitchEntry {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(reason, "reason");
    }

    /** The line of a journal. */
    byte[] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeNumberField(JournalFormat.FIELD, JournalFormat.VERSION);
            json.writeStringField(EVENT, REMOTE_SWITCH);
            json.writeStringField("time", time.toString());
            json.writeBooleanField("on", on);
            json.writeStringField("reason", reason);
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return line.toByteArray();
    }

    /** What a line tells of the switch; empty if it is of another kind, or torn. */
    static Optional<SwitchEntry> of(JsonNode line) {
        boolean isWhole = line.path(EVENT).asText().equals(REMOTE_SWITCH)
                && JournalFormat.isKnown(line)
                && line.path("time").isTextual()
                && line.path("on").isBoolean()
                && line.path("reason").isTextual();
        try {
            return isWhole
                    ? Optional.of(new SwitchEntry(
                            Instant.parse(line.get("time").asText()),
                            line.get("on").asBoolean(),
                            line.get("reason").asText()))
                    : Optional.empty();
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
