package io.github.hybridinference.deepseek;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.hybridinference.remote.RemoteReply.Finish;
import io.github.hybridinference.remote.TokenCounts;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a chat completion, token by token: the first choice, the usage, and whether it reports an error. The text of the
 * choice is not interpreted.
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
    private @Nullable String text;
    private Finish finish = Finish.UNKNOWN;
    private @Nullable String model;
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
            return reader;
        }
    }

    boolean hasChoice() {
        return hasChoice;
    }

    boolean hasError() {
        return hasError;
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

    TokenCounts counts() {
        return counts;
    }

    private void readRoot() throws IOException {
        while (nextField()) {
            switch (json.currentName()) {
                case "model" -> model = textOrSkip();
                case "choices" -> readChoices();
                case "usage" -> readUsage();
                case "error" -> hasError |= isThere();
                default -> skip();
            }
        }
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
                json.skipChildren();
            }
        }
    }

    private void readChoice() throws IOException {
        while (nextField()) {
            switch (json.currentName()) {
                case "message" -> readMessage();
                case "finish_reason" -> finish = Finish.of(textOrSkip());
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
                text = textOrSkip();
            } else {
                skip();
            }
        }
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

    private boolean isThere() throws IOException {
        boolean there = json.nextToken() != JsonToken.VALUE_NULL;
        json.skipChildren();
        return there;
    }

    private void skip() throws IOException {
        json.nextToken();
        json.skipChildren();
    }
}
