package io.github.hybridinference.model;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A figure that a model says its answer rests on, verified: it was sent to the model under this name and with this value.
 *
 * @param name the figure's name in the catalogue, or that of a custom feature: {@code [a-z][a-z0-9_]*}, at most 64
 *     characters
 * @param value the value that was sent, in the unit of the figure; finite
 * @since 0.1.0
 */
public record Evidence(String name, double value) {
    private static final int MAX_NAME_LENGTH = 64;
    private static final long MAX_WHOLE = 1L << 53;

    /**
     * Checks name and value.
     *
     * @param name the figure's name
     * @param value the value that was sent
     * @throws IllegalArgumentException if the name has another form, or the value is not finite; the message repeats
     *     neither
     */
    public Evidence {
        Objects.requireNonNull(name, "name");
        if (!isName(name)) {
            throw new IllegalArgumentException("the name of a figure is [a-z][a-z0-9_]*, at most 64 characters");
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the value of a figure is finite");
        }
        value += 0.0; // -0.0 becomes 0.0
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || !isLetter(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '_') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    /**
     * Writes the value as a plain decimal number.
     *
     * @return without exponent and needless zeros, for example {@code 35} or {@code -0.4}
     */
    public String valueText() {
        if (value == Math.rint(value) && Math.abs(value) < MAX_WHOLE) {
            return Long.toString((long) value);
        }
        String text = Double.toString(value);
        return text.indexOf('E') < 0
                ? text
                : new BigDecimal(text).stripTrailingZeros().toPlainString();
    }

    /** The name alone: a figure has no place in a log. */
    @Override
    public String toString() {
        return "Evidence[" + name + "]";
    }
}
