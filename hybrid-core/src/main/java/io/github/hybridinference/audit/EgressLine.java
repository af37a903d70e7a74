package io.github.hybridinference.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** One line of an {@link EgressLog}. */
final class EgressLine {
    private static final JsonFactory JSON = new JsonFactory();

    private final Instant at;
    private final String recipient;
    private final String decisionId;
    private final byte[] body;

    EgressLine(Instant at, String recipient, String decisionId, byte[] body) {
        this.at = at;
        this.recipient = recipient;
        this.decisionId = decisionId;
        this.body = body;
    }

    byte[] encoded() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(2 * body.length + 128);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("at", at.toString());
            json.writeStringField("to", recipient);
            json.writeStringField("decision_id", decisionId);
            json.writeStringField("body", new String(body, StandardCharsets.UTF_8));
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return line.toByteArray();
    }
}
