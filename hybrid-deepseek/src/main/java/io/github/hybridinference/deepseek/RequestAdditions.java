package io.github.hybridinference.deepseek;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the owner adds to every request beside its body: headers, a query, another path. A header's value may be a secret and
 * shows in no message. Not thread-safe.
 */
final class RequestAdditions {
    private static final int LONGEST_VALUE = 8_192;
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Pattern QUERY_NAME = Pattern.compile("[A-Za-z0-9._~-]{1,128}");
    private static final Pattern PATH = Pattern.compile("(/([A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)+");

    /** Those that frame the message, belong to the connection, or say what the adapter writes and reads. */
    private static final Set<String> OWNED = Set.of(
            "accept",
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final Map<String, String> headers = new TreeMap<>();
    private final Map<String, String> query = new LinkedHashMap<>();
    private @Nullable String keyHeader;
    private @Nullable String path;

    void header(String name, String value) {
        String plain = headerName(name);
        if (plain.equals("authorization")) {
            throw new IllegalArgumentException("the header authorization is the key's: use apiKey");
        }
        String stripped = value.strip();
        boolean visible = stripped.chars().allMatch(c -> c >= ' ' && c < 127);
        if (stripped.isEmpty() || stripped.length() > LONGEST_VALUE || !visible) {
            throw new IllegalArgumentException(
                    "a header's value is 1 to " + LONGEST_VALUE + " visible ASCII characters");
        }
        if (headers.putIfAbsent(plain, stripped) != null) {
            throw new IllegalStateException("header was already set for this name");
        }
    }

    void keyHeader(String name) {
        String plain = headerName(name);
        if (keyHeader != null) {
            throw new IllegalStateException("keyHeader was already set");
        }
        keyHeader = plain;
    }

    private static String headerName(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        if (!HEADER_NAME.matcher(plain).matches()) {
            throw new IllegalArgumentException("a header's name is 1 to 128 letters, digits and -_.");
        }
        if (OWNED.contains(plain)) {
            throw new IllegalArgumentException("the header " + plain + " is set by the adapter");
        }
        return plain;
    }

    void query(String name, String value) {
        if (!QUERY_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of a query parameter is 1 to 128 letters, digits and -_.~");
        }
        if (value.length() > LONGEST_VALUE) {
            throw new IllegalArgumentException(
                    "the value of a query parameter has at most " + LONGEST_VALUE + " characters");
        }
        if (query.putIfAbsent(name, value) != null) {
            throw new IllegalStateException("query was already set for this name");
        }
    }

    void path(String completions) {
        if (completions.length() > 1_024
                || !PATH.matcher(completions).matches()) { // long ones would overflow the stack
            throw new IllegalArgumentException(
                    "a path is /-separated and URL-encoded, such as /chat/completions, without a query: use query");
        }
        for (String segment : completions.split("/")) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("a path has no segments . and ..");
            }
        }
        if (path != null) {
            throw new IllegalStateException("path was already set");
        }
        path = completions;
    }

    /**
     * Refuses what does not go together.
     *
     * @param key the key, or null for none or one that is not known yet
     */
    void check(@Nullable String key) {
        if (keyHeader != null && headers.containsKey(keyHeader)) {
            throw new IllegalStateException("keyHeader and header have the same name");
        }
        if (key != null && (query.values().stream().anyMatch(value -> value.contains(key)) || path().contains(key))) {
            throw new IllegalArgumentException("the query or the path contains the API key, which is sent in a header");
        }
    }

    Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }

    /** The header that holds the key alone, or null for {@code authorization}, in which {@code Bearer} goes before it. */
    @Nullable String keyHeader() {
        return keyHeader;
    }

    String path() {
        return path == null ? "/chat/completions" : path;
    }

    /** Empty, or encoded and with its question mark. */
    String queryString() {
        StringBuilder text = new StringBuilder();
        query.forEach((name, value) ->
                text.append(text.isEmpty() ? '?' : '&').append(name).append('=').append(encoded(value)));
        return text.toString();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Nothing of it, since there may be secrets among it. */
    @Override
    public String toString() {
        return "RequestAdditions";
    }
}
