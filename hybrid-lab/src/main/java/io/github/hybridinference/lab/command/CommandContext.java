package io.github.hybridinference.lab.command;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The process around a command; tests give another one.
 *
 * @param in standard input
 * @param out where results go
 * @param err where errors and progress go
 * @param terminal whether a person watches the output
 * @param environment the environment variables
 * @param nanoTime a clock to measure durations with
 * @since 0.1.0
 */
public record CommandContext(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        boolean terminal,
        Map<String, String> environment,
        LongSupplier nanoTime) {

    /**
     * The context of this process.
     *
     * @return its streams, terminal, environment and clock
     */
    public static CommandContext ofProcess() {
        return new CommandContext(
                System.in,
                new PrintWriter(System.out, true, Charset.defaultCharset()),
                new PrintWriter(System.err, true, Charset.defaultCharset()),
                isTerminal(),
                System.getenv(),
                System::nanoTime);
    }

    /**
     * Prints a line to {@link #out}, formatted without regard to the locale.
     *
     * @param format a format of {@link String#format}
     * @param args its arguments
     */
    public void println(String format, Object... args) {
        out.println(String.format(Locale.ROOT, format, args));
    }

    /**
     * Prints a line on the progress of the command to {@link #err}, if a person watches.
     *
     * @param format a format of {@link String#format}
     * @param args its arguments
     */
    public void progress(String format, Object... args) {
        if (terminal) {
            err.println(String.format(Locale.ROOT, format, args));
        }
    }

    /** From Java 22 on there may be a console without a terminal; it says so by a method that Java 17 does not have. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderThan22) {
            return true;
        }
    }
}
