package io.github.hybridinference.examples.service;

import io.github.hybridinference.lab.command.CommandException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads environment variables. The error message for a wrong value does not repeat the value. */
final class EnvironmentVariables {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final Pattern MONEY = Pattern.compile("[0-9]{1,7}(\\.[0-9]{1,9})?");

    private final Map<String, String> values;

    EnvironmentVariables(Map<String, String> values) {
        this.values = values;
    }

    /** The text without surrounding space; blank is the same as not set. */
    String text(String name, String standard) {
        String value = values.getOrDefault(name, "").strip();
        return value.isEmpty() ? standard : value;
    }

    int number(String name, int standard, int least, int most) throws CommandException {
        String value = text(name, Integer.toString(standard));
        int number = WHOLE.matcher(value).matches() ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            throw new CommandException(name + " must be a whole number from " + least + " to " + most);
        }
        return number;
    }

    boolean flag(String name, boolean standard) throws CommandException {
        return switch (text(name, Boolean.toString(standard)).toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw new CommandException(name + " must be true or false");
        };
    }

    /** A positive amount of US dollars as it was written, or empty. */
    String money(String name) throws CommandException {
        String value = text(name, "");
        if (!value.isEmpty() && (!MONEY.matcher(value).matches() || !value.matches(".*[1-9].*"))) {
            throw new CommandException(name + " must be a positive amount of US dollars such as 5.00");
        }
        return value;
    }
}
