package io.github.hybridinference.lab.command;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * The last line of a measurement, for other programs: {@code RESULT} and a JSON object on one line. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class ResultLine {
    private final StringJoiner fields = new StringJoiner(",", "RESULT {", "}");

    /**
     * Adds a whole number.
     *
     * @param name the field
     * @param value its value
     * @return this line
     */
    public ResultLine add(String name, long value) {
        return raw(name, Long.toString(value));
    }

    /**
     * Adds a whole number that may be unknown.
     *
     * @param name the field
     * @param value its value; empty becomes {@code null}
     * @return this line
     */
    public ResultLine add(String name, OptionalLong value) {
        return raw(name, value.isPresent() ? Long.toString(value.getAsLong()) : "null");
    }

    /**
     * Adds a number.
     *
     * @param name the field
     * @param value its value
     * @param decimals the number of digits after the point
     * @return this line
     */
    public ResultLine add(String name, double value, int decimals) {
        return raw(name, String.format(Locale.ROOT, "%." + decimals + "f", value));
    }

    /**
     * Adds a value that is JSON already.
     *
     * @param name the field
     * @param json its value
     * @return this line
     */
    public ResultLine raw(String name, String json) {
        fields.add('"' + name + "\":" + json);
        return this;
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
