package io.github.hybridinference.deepseek;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.hybridinference.remote.RemoteReply.Finish;
import io.github.hybridinference.remote.TokenCounts;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a chat completion, token by token: its choice, the usage, and the error that it reports. The text of the choice is
 * not interpreted. A body that can be read in more than one way is ambiguous: one with another choice than the one that was
 * asked for, a field given twice, or something behind the object.
 */
final class ReplyReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(64)
                    .maxNameLength(1_024)
                    .maxStringLength(Transport.BODY_LIMIT)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** Counts that stand in an object of their own within the usage. */
    private static final Set<String> DETAILS = Set.of("cached_tokens", "reasoning_tokens");

    private final JsonParser json;
    private boolean hasChoice;
    private boolean hasError;
    private @Nullable String errorCode;
    private boolean ambiguous;
    private final Set<String> seen = new HashSet<>();
    private @Nullable String text;
    private Finish finish = Finish.UNKNOWN;
    private @Nullable String model;
    private @Nullable String fingerprint;
    private final TokenCounts counts = new TokenCounts();

    private ReplyReader(JsonParser json) {
        this.json = json;
    }

    /**
     * Reads a body.
     *
     * @throws IOException if it is not a JSON object; its message may contain anything and must not be passed on
     */
    static ReplyReader read(Body body) throws IOException {
        try (JsonParser json = JSON.createParser(body.bytes(), 0, body.length())) {
            ReplyReader reader = new ReplyReader(json);
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            reader.readRoot();
            reader.ambiguous |= json.nextToken() != null;
            return reader;
        }
    }

    boolean hasChoice() {
        return hasChoice;
    }

    boolean hasError() {
        return hasError;
    }

    /** The error's code, status or type, or null if it names none. */
    @Nullable String errorCode() {
        return errorCode;
    }

    boolean isAmbiguous() {
        return ambiguous;
    }

    String text() {
        return text == null ? "" : text;
    }

    Finish finish() {
        return finish;
    }

    @Nullable String model() {
        return model;
    }

    @Nullable String fingerprint() {
        return fingerprint;
    }

    TokenCounts counts() {
        return counts;
    }

    private void readRoot() throws IOException {
        while (nextField()) {
            String name = json.currentName();
            switch (name) {
                case "model" -> {
                    once(name);
                    model = textOrSkip();
                }
                case "system_fingerprint" -> {
                    once(name);
                    fingerprint = textOrSkip();
                }
                case "choices" -> {
                    once(name);
                    readChoices();
                }
                case "usage" -> {
                    once(name);
                    readUsage();
                }
                case "error" -> readError("code", "type");
                case "base_resp" -> readError("status_code", "");
                default -> skip();
            }
        }
    }

    private void once(String field) {
        ambiguous |= !seen.add(field);
    }

    private void readChoices() throws IOException {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT && !hasChoice) {
                readChoice();
            } else {
                requireMore();
                ambiguous |= json.currentToken() == JsonToken.START_OBJECT;
                json.skipChildren();
            }
        }
    }

    private void readChoice() throws IOException {
        while (nextField()) {
            String name = json.currentName();
            switch (name) {
                case "message" -> {
                    once(name);
                    readMessage();
                }
                case "finish_reason" -> {
                    once(name);
                    finish = Finish.of(textOrSkip());
                }
                case "index" -> {
                    JsonToken index = json.nextToken();
                    ambiguous |= index == JsonToken.VALUE_NUMBER_INT && json.getDoubleValue() != 0;
                    json.skipChildren();
                }
                default -> skip();
            }
        }
    }

    private void readMessage() throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        hasChoice = true;
        while (nextField()) {
            if (json.currentName().equals("content")) {
                once("content");
                readContent();
            } else {
                skip();
            }
        }
    }

    /** Reads a text, or the parts of one. */
    private void readContent() throws IOException {
        JsonToken value = json.nextToken();
        if (value == JsonToken.VALUE_STRING) {
            text = json.getText();
        } else if (value == JsonToken.START_ARRAY) {
            StringBuilder parts = new StringBuilder();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                requireMore();
                if (json.currentToken() == JsonToken.START_OBJECT) {
                    parts.append(partOfContent());
                } else {
                    json.skipChildren();
                }
            }
            text = parts.toString();
        } else {
            json.skipChildren();
        }
    }

    /** The text of a part, or nothing if it is of another kind, such as a thought. */
    private String partOfContent() throws IOException {
        String kind = "text";
        String written = "";
        while (nextField()) {
            switch (json.currentName()) {
                case "type" -> kind = String.valueOf(textOrSkip());
                case "text" -> written = String.valueOf(textOrSkip());
                default -> skip();
            }
        }
        return kind.equals("text") || kind.equals("output_text") ? written : "";
    }

    private void readError(String code, String lessPrecise) throws IOException {
        JsonToken value = json.nextToken();
        hasError |= value != JsonToken.VALUE_NULL;
        if (value != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        String other = null;
        while (nextField()) {
            String name = json.currentName();
            JsonToken kind = json.nextToken();
            String plain = kind == JsonToken.VALUE_STRING || kind == JsonToken.VALUE_NUMBER_INT ? json.getText() : null;
            json.skipChildren();
            if (name.equals(code) && plain != null) {
                errorCode = plain;
            } else if (name.equals(lessPrecise)) {
                other = plain;
            }
        }
        errorCode = errorCode == null ? other : errorCode;
    }

    /** Reads the counts of the usage and, one level below, those of its details. */
    private void readUsage() throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT) {
                readDetails();
            } else if (value == JsonToken.VALUE_NUMBER_INT && !DETAILS.contains(name)) {
                counts.take(name, json.getDoubleValue());
            } else {
                json.skipChildren();
            }
        }
    }

    private void readDetails() throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && DETAILS.contains(name)) {
                counts.take(name, json.getDoubleValue());
            } else {
                json.skipChildren();
            }
        }
    }

    /** Moves to the next field of the current object; false at its end. */
    private boolean nextField() throws IOException {
        requireMore();
        return json.nextToken() == JsonToken.FIELD_NAME;
    }

    private void requireMore() throws IOException {
        if (json.currentToken() == null) {
            throw new IOException("truncated");
        }
    }

    private @Nullable String textOrSkip() throws IOException {
        if (json.nextToken() == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        json.skipChildren();
        return null;
    }

    private void skip() throws IOException {
        json.nextToken();
        json.skipChildren();
    }
}
