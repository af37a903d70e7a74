package io.github.hybridinference.model;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A figure that a model says its answer rests on, verified: it was sent to the model under this name and with this value.
 *
 * @param name the figure's name in the catalogue, or that of a custom feature: {@code [a-z][a-z0-9_]*}, at most 64
 *     characters
 * @param value the value that was sent, in the unit of the figure; finite
 * @since 0.1.0
 */
public record Evidence(String name, double value) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

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
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of a figure is [a-z][a-z0-9_]*, at most 64 characters");
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the value of a figure is finite");
        }
        value += 0.0; // -0.0 becomes 0.0
    }

    /**
     * Writes the value as a plain decimal number.
     *
     * @return without exponent and needless zeros, for example {@code 35} or {@code -0.4}
     */
    public String valueText() {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** The name alone: a figure has no place in a log. */
    @Override
    public String toString() {
        return "Evidence[" + name + "]";
    }
}
