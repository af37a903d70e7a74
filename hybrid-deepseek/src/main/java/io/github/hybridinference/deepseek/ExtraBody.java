package io.github.hybridinference.deepseek;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fields that the owner adds to the body of every request, as JSON with the names in alphabetical order: equal fields make
 * equal requests, and share cached answers, in every JVM. Not thread-safe.
 */
final class ExtraBody {
    private static final int MOST_BYTES = 16_384;
    private static final int DEEPEST = 16;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    /** Those that decide who is asked what, how the reply arrives and what it can cost at most. */
    private static final Set<String> OWNED = Set.of(
            "messages",
            "model",
            "stream",
            "stream_options",
            "n",
            "best_of",
            "max_tokens",
            "max_completion_tokens",
            "tools",
            "tool_choice",
            "functions",
            "function_call");

    private final Map<String, String> fields = new TreeMap<>();

    void add(String name, @Nullable Object value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of an extra field is 1 to 64 letters, digits and _.-");
        }
        if (OWNED.contains(name)) {
            throw new IllegalArgumentException("the field " + name + " is written by the adapter");
        }
        if (fields.containsKey(name)) {
            throw new IllegalStateException("extraBody was already set for this name");
        }
        StringBuilder json = new StringBuilder();
        write(value, json, 0);
        fields.put(name, json.toString());
        if (bytes() > MOST_BYTES) {
            fields.remove(name);
            throw new IllegalArgumentException("extra fields take at most " + MOST_BYTES + " bytes");
        }
    }

    private static void write(@Nullable Object value, StringBuilder json, int depth) {
        if (depth > DEEPEST || json.length() > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "extra fields are at most " + DEEPEST + " levels deep and take at most " + MOST_BYTES + " bytes");
        }
        if (value == null || value instanceof Boolean || isNumber(value)) {
            json.append(value);
        } else if (value instanceof String text) {
            writeText(text, json);
        } else if (value instanceof List<?> list) {
            writeAll(list, json, depth);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map, json, depth);
        } else {
            throw plainOnly();
        }
    }

    private static boolean isNumber(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger
                || value instanceof BigDecimal
                || (value instanceof Double number && Double.isFinite(number))
                || (value instanceof Float small && Float.isFinite(small));
    }

    private static void writeAll(Collection<?> list, StringBuilder json, int depth) {
        String separator = "[";
        for (Object each : list) {
            json.append(separator);
            write(each, json, depth + 1);
            separator = ",";
        }
        json.append(list.isEmpty() ? "[]" : "]");
    }

    private static void writeMap(Map<?, ?> map, StringBuilder json, int depth) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((name, value) -> {
            if (!(name instanceof String text)) {
                throw plainOnly();
            }
            sorted.put(text, value);
        });
        String separator = "{";
        for (Map.Entry<String, @Nullable Object> each : sorted.entrySet()) {
            json.append(separator);
            writeText(each.getKey(), json);
            json.append(':');
            write(each.getValue(), json, depth + 1);
            separator = ",";
        }
        json.append(sorted.isEmpty() ? "{}" : "}");
    }

    private static void writeText(String text, StringBuilder json) {
        if (text.length() > MOST_BYTES) {
            throw new IllegalArgumentException("extra fields take at most " + MOST_BYTES + " bytes");
        }
        json.append('"').append(RequestTemplate.escaped(text)).append('"');
    }

    private static IllegalArgumentException plainOnly() {
        return new IllegalArgumentException(
                "extra fields hold texts, finite numbers, true, false, null, lists, and maps with texts as keys");
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    /** The members, each with a comma before it, or an empty text. */
    String members() {
        StringBuilder json = new StringBuilder();
        fields.forEach(
                (name, value) -> json.append(",\"").append(name).append("\":").append(value));
        return json.toString();
    }

    int bytes() {
        return members().getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Refuses fields that the dialect writes, since a body with a field given twice means anything.
     *
     * @param options the members that the dialect writes
     */
    void check(String options) {
        for (String name : fields.keySet()) {
            if (options.contains(",\"" + name + "\":")) {
                throw new IllegalStateException("the dialect writes the field " + name + " itself: change the dialect");
            }
        }
    }

    /** A digest of the fields, which shape the answers; not the fields, since they may name a user. */
    String digest() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(members().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    /** The names alone. */
    @Override
    public String toString() {
        return "ExtraBody" + fields.keySet();
    }
}
