package io.github.hybridinference.deepseek;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A request with a gap for the question. The bytes around the gap, which begin with the system message, are the same in every
 * request, so that the provider's prefix cache can reuse them.
 */
final class RequestTemplate {
    private final String path;
    private final Map<String, String> headers;
    private final byte[] before;
    private final byte[] after;
    private final int promptBytes;

    RequestTemplate(String path, Map<String, String> headers, byte[] before, byte[] after, Prompt prompt) {
        this.path = path;
        this.headers = Map.copyOf(headers);
        this.before = before.clone();
        this.after = after.clone();
        this.promptBytes = prompt.text().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Puts a question, already escaped as the inside of a JSON string, into the gap. */
    byte[] body(CharSequence question) {
        byte[] body = new byte[before.length + question.length() + after.length];
        System.arraycopy(before, 0, body, 0, before.length);
        int at = before.length;
        for (int i = 0; i < question.length(); i++) {
            char c = question.charAt(i);
            if (c > 126) {
                throw new IllegalArgumentException("a question is plain ASCII");
            }
            body[at++] = (byte) c;
        }
        System.arraycopy(after, 0, body, at, after.length);
        return body;
    }

    Request request(byte[] body) {
        return new Request("POST", path, headers, body);
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

    /** The number of bytes of the system message, an upper bound on its tokens. */
    int promptBytes() {
        return promptBytes;
    }

    @Override
    public String toString() {
        return "RequestTemplate[" + path + "]";
    }
}
