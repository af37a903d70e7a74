package io.github.hybridinference.deepseek;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.hybridinference.remote.ChatSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The body of a model's requests, with a gap for the user's message. The bytes around the gap, which begin with the system
 * message, are the same in every request, so that the provider's prefix cache can reuse them. They are those that openai-java
 * writes: a test of hybrid-openai compares them, since both adapters share that cache.
 */
final class RequestTemplate {
    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] before;
    private final byte[] after;

    /**
     * Makes a template.
     *
     * @param before the bytes before the gap, which end with the quote that opens the message
     * @param after the bytes after it
     */
    RequestTemplate(byte[] before, byte[] after) {
        this.before = before.clone();
        this.after = after.clone();
    }

    static RequestTemplate of(ChatSettings settings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        int gap;
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("messages");
            writeMessage(json, settings.prompt().text(), "system");
            json.writeStartObject();
            json.writeStringField("content", "");
            json.flush();
            gap = out.size() - 1;
            json.writeStringField("role", "user");
            json.writeEndObject();
            json.writeEndArray();
            writeOptions(json, settings);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        byte[] body = out.toByteArray();
        return new RequestTemplate(Arrays.copyOf(body, gap), Arrays.copyOfRange(body, gap, body.length));
    }

    private static void writeMessage(JsonGenerator json, String content, String role) throws IOException {
        json.writeStartObject();
        json.writeStringField("content", content);
        json.writeStringField("role", role);
        json.writeEndObject();
    }

    private static void writeOptions(JsonGenerator json, ChatSettings settings) throws IOException {
        json.writeStringField("model", settings.model());
        json.writeNumberField(
                switch (settings.dialect().tokenLimit()) {
                    case MAX_TOKENS -> "max_tokens";
                    case MAX_COMPLETION_TOKENS -> "max_completion_tokens";
                },
                settings.maxOutputTokens());
        switch (settings.dialect().thinking()) {
            case EFFORT_NONE -> json.writeStringField("reasoning_effort", "none");
            case EFFORT_MINIMAL -> json.writeStringField("reasoning_effort", "minimal");
            case UNSAID, TYPE_DISABLED, TYPE_ENABLED, TEMPLATE_FLAG -> {}
        }
        if (settings.dialect().jsonMode()) {
            json.writeObjectFieldStart("response_format");
            json.writeStringField("type", "json_object");
            json.writeEndObject();
        }
        if (settings.dialect().temperature()) {
            json.writeNumberField("temperature", 0.0);
        }
        switch (settings.dialect().thinking()) {
            case TYPE_DISABLED -> writeThinking(json, "disabled");
            case TYPE_ENABLED -> writeThinking(json, "enabled");
            case TEMPLATE_FLAG -> {
                json.writeObjectFieldStart("chat_template_kwargs");
                json.writeBooleanField("enable_thinking", false);
                json.writeEndObject();
            }
            case UNSAID, EFFORT_NONE, EFFORT_MINIMAL -> {}
        }
    }

    private static void writeThinking(JsonGenerator json, String type) throws IOException {
        json.writeObjectFieldStart("thinking");
        json.writeStringField("type", type);
        json.writeEndObject();
    }

    /** Puts a message into the gap, escaped as JSON wants it. It is plain ASCII without backslashes. */
    byte[] body(CharSequence message) {
        int length = message.length();
        int escaped = 0;
        for (int i = 0; i < length; i++) {
            char c = message.charAt(i);
            if (c == '"' || c == '\n') {
                escaped++;
            } else if (c < ' ' || c > '~' || c == '\\') {
                throw new IllegalArgumentException("a message is plain ASCII without backslashes");
            }
        }
        byte[] body = new byte[before.length + length + escaped + after.length];
        System.arraycopy(before, 0, body, 0, before.length);
        int at = before.length;
        for (int i = 0; i < length; i++) {
            char c = message.charAt(i);
            if (c == '"' || c == '\n') {
                body[at++] = '\\';
            }
            body[at++] = (byte) (c == '\n' ? 'n' : c);
        }
        System.arraycopy(after, 0, body, at, after.length);
        return body;
    }

    /** Whether a body is this template with something in the gap. */
    boolean surrounds(byte[] body) {
        int end = body.length - after.length;
        return end >= before.length
                && Arrays.equals(body, 0, before.length, before, 0, before.length)
                && Arrays.equals(body, end, body.length, after, 0, after.length);
    }

    int gapStart() {
        return before.length;
    }

    int gapEnd(byte[] body) {
        return body.length - after.length;
    }

    @Override
    public String toString() {
        return "RequestTemplate[" + before.length + " bytes before the gap, " + after.length + " after it]";
    }
}
