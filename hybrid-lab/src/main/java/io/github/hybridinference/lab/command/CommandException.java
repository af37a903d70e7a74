package io.github.hybridinference.lab.command;

import io.github.hybridinference.budget.Money;

/**
 * Ends a command with one line of error output and without a stack trace.
 *
 * @since 0.1.0
 */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean usage;

    /**
     * A failure that the user can do something about.
     *
     * @param message the line, without the name of the command
     */
    public CommandException(String message) {
        this(message, false);
    }

    private CommandException(String message, boolean usage) {
        super(message);
        this.usage = usage;
    }

    /**
     * Checks an option.
     *
     * @param valid whether it is valid
     * @param message what is expected of it
     * @throws CommandException if it is not valid; the command then ends like one with an unknown option
     */
    public static void requireOption(boolean valid, String message) throws CommandException {
        if (!valid) {
            throw new CommandException(message, true);
        }
    }

    /**
     * Checks an option that is an amount of money.
     *
     * @param option the option's name
     * @param usd what was given
     * @throws CommandException if it is not a positive number of US dollars; the command then ends like one with an unknown option
     */
    public static void requireAmount(String option, String usd) throws CommandException {
        boolean positive;
        try {
            positive = Money.nanoUsd(usd) > 0;
        } catch (IllegalArgumentException noAmount) {
            positive = false;
        }
        requireOption(positive, option + " must be a positive number of US dollars such as 5.00");
    }

    boolean isUsage() {
        return usage;
    }
}
