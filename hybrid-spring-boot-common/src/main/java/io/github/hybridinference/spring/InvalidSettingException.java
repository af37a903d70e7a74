package io.github.hybridinference.spring;

/** A property that cannot be used. The message names the property and never repeats its value. */
final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String property;
    private final String reason;

    InvalidSettingException(String property, String reason) {
        super(property + ": " + reason);
        this.property = property;
        this.reason = reason;
    }

    String property() {
        return property;
    }

    String reason() {
        return reason;
    }

    /** Runs what reads a property, and names the property if that is refused. */
    static void check(String property, Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException refused) {
            throw new InvalidSettingException(property, String.valueOf(refused.getMessage()));
        }
    }

    /** Refuses a text in which a placeholder is left, since Spring passes it on when the variable that it names is not set. */
    static String resolved(String property, String text) {
        if (text.contains("${")) {
            throw new InvalidSettingException(
                    property,
                    "it holds a placeholder that is not resolved; set the variable that the placeholder names");
        }
        return text;
    }
}
