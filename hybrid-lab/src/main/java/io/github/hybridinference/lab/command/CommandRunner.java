package io.github.hybridinference.lab.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Runs picocli commands alike: one line of error output instead of a stack trace where the user can do something about
 * it, exit code 0 when done, 1 after a failure (unless the command names another one), 2 after a wrong option.
 *
 * @since 0.1.0
 */
public final class CommandRunner {
    /** The logback configuration of all commands, on the class path. */
    public static final String LOG_CONFIGURATION = "io/github/hybridinference/lab/command/logback.xml";

    private CommandRunner() {}

    /**
     * Runs a command as the program of this process, and ends the process with its exit code.
     *
     * @param command makes the command: an object that picocli can fill in and call, or a {@link CommandLine}
     * @param args its options
     */
    public static void main(Function<CommandContext, Object> command, String... args) {
        OwnProcess.endWithParent();
        setIfAbsent("logback.configurationFile", LOG_CONFIGURATION);
        setIfAbsent("hybrid.log.level", "WARN"); // when engines start and stop is of interest in a service only
        CommandContext context = CommandContext.ofProcess();
        int code = execute(command.apply(context), context, args);
        context.out().flush();
        context.err().flush();
        System.exit(code);
    }

    /**
     * Runs a command within this process.
     *
     * @param command an object that picocli can fill in and call, or a {@link CommandLine}
     * @param context where it prints
     * @param args its options
     * @return its exit code
     */
    public static int execute(Object command, CommandContext context, String... args) {
        try {
            return run(command, context, args);
        } catch (OutOfMemoryError tooMuch) {
            context.err()
                    .println(
                            "There is not enough memory for this run: JAVA_OPTS=-Xmx4g gives more, fewer bars need less.");
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static int run(Object command, CommandContext context, String... args) {
        return (command instanceof CommandLine line ? line : new CommandLine(command))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(context.out())
                .setErr(context.err())
                .setParameterExceptionHandler((failure, given) -> {
                    return usage(failure.getCommandLine(), context, failure.getMessage());
                })
                .setExecutionExceptionHandler((failure, failed, given) -> {
                    if (failure instanceof CommandException known && known.isUsage()) {
                        return usage(failed, context, known.getMessage());
                    }
                    if (failure instanceof CommandException
                            || failure instanceof IOException
                            || failure instanceof UncheckedIOException) {
                        context.err().println(failed.getCommandName() + ": " + failure.getMessage());
                        return failed.getCommandSpec().exitCodeOnExecutionException();
                    }
                    throw failure; // a bug: picocli prints its stack trace
                })
                .execute(args);
    }

    private static int usage(CommandLine line, CommandContext context, @Nullable String message) {
        context.err().println(line.getCommandName() + ": " + message + " (--help lists the options)");
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
