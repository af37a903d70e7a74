package io.github.hybridinference.examples.run;

import io.github.hybridinference.deepseek.DeepSeek;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a run finds around it.
 *
 * @param out where results go
 * @param err where mistakes go
 * @param terminal whether somebody is looking
 * @param environment the variables of the environment
 * @param service makes the model that the environment describes
 */
public record Surroundings(
        PrintWriter out,
        PrintWriter err,
        boolean terminal,
        Map<String, String> environment,
        Supplier<DeepSeek> service) {

    /**
     * Finds what is around this process.
     *
     * @return streams, terminal and environment of the process
     */
    public static Surroundings ofProcess() {
        return new Surroundings(
                new PrintWriter(System.out, true, Charset.defaultCharset()),
                new PrintWriter(System.err, true, Charset.defaultCharset()),
                isTerminal(),
                System.getenv(),
                DeepSeek::fromEnv);
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
