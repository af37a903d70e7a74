package io.github.hybridinference.deepseek;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.hybridinference.remote.ChatSettings;
import io.github.hybridinference.remote.Dialect;
import io.github.hybridinference.remote.ReplySchema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The body of a model's requests, with a gap for the user's message. The bytes around the gap, which begin with the system
 * message, are the same in every request, so that the provider's prefix cache can reuse them. They are those that openai-java
 * writes: a test of hybrid-openai compares them, since both adapters share that cache.
 */
final class RequestTemplate {
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
        return of(settings, new ExtraBody());
    }

    /**
     * Writes the template. Jackson escapes the prompt; what else varies needs no escapes, and a generator would cost a fresh
     * JVM a good part of what it takes to build the first model. The owner's fields come last.
     */
    static RequestTemplate of(ChatSettings settings, ExtraBody extra) {
        String options = options(settings);
        extra.check(options);
        String before = "{\"messages\":[{\"content\":\""
                + escaped(settings.prompt().text()) + "\",\"role\":\"system\"},{\"content\":\"";
        String after = "\",\"role\":\"user\"}],\"model\":\"" + escaped(settings.model()) + "\"" + options
                + extra.members() + "}";
        return new RequestTemplate(before.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8));
    }

    /** As Jackson's generator does it, which escapes the halves of a surrogate pair, too. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 64);
        for (char c : JsonStringEncoder.getInstance().quoteAsString(text)) {
            if (Character.isSurrogate(c)) {
                out.append("\\u").append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** In the order in which openai-java writes them: its own fields first, in a fixed order, then those that it does not know. */
    private static String options(ChatSettings settings) {
        Dialect dialect = settings.dialect();
        String limit = switch (dialect.tokenLimit()) {
            case MAX_TOKENS -> ",\"max_tokens\":";
            case MAX_COMPLETION_TOKENS -> ",\"max_completion_tokens\":";
        };
        String effort = dialect.reasoningEffort()
                .map(word -> ",\"reasoning_effort\":\"" + word + "\"")
                .orElse("");
        String format = switch (dialect.output()) {
            case TEXT -> "";
            case JSON_OBJECT -> ",\"response_format\":{\"type\":\"json_object\"}";
            case JSON_SCHEMA ->
                ",\"response_format\":{\"json_schema\":{\"name\":\"" + ReplySchema.NAME + "\",\"schema\":"
                        + ReplySchema.JSON + ",\"strict\":true},\"type\":\"json_schema\"}";
        };
        String temperature = dialect.temperature().isPresent()
                ? ",\"temperature\":" + dialect.temperature().getAsDouble()
                : "";
        String unknown = switch (dialect.thinking()) {
            case UNSAID, EFFORT -> "";
            case TYPE, TYPE_AND_EFFORT ->
                ",\"thinking\":{\"type\":\"" + (dialect.thinks() ? "enabled" : "disabled") + "\"}";
            case TOP_LEVEL_FLAG -> ",\"enable_thinking\":" + dialect.thinks();
            case TEMPLATE_FLAG -> ",\"chat_template_kwargs\":{\"enable_thinking\":" + dialect.thinks() + "}";
        };
        return limit + settings.maxOutputTokens() + effort + format + temperature + unknown;
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
