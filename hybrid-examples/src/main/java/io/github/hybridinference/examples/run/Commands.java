package io.github.hybridinference.examples.run;

import java.util.function.ToIntFunction;
import picocli.CommandLine;

/** How a command over market bars starts and ends. */
public final class Commands {
    private static final String LOG_LEVEL = "hybrid.log.level";

    private Commands() {}

    /**
     * Runs a command as the program of this process. Ends the virtual machine only with a code other than 0.
     *
     * @param command runs the command and returns its exit code
     */
    public static void main(ToIntFunction<Surroundings> command) {
        if (System.getProperty(LOG_LEVEL) == null) {
            System.setProperty(LOG_LEVEL, "WARN"); // the comings and goings of engines are for services
        }
        int code = command.applyAsInt(Surroundings.ofProcess());
        if (code != 0) {
            System.exit(code);
        }
    }

    /**
     * Runs a command.
     *
     * @param name its name, for what is said about wrong options
     * @param command what picocli is to fill in and call
     * @param around where it prints
     * @param args its options
     * @return its exit code
     */
    public static int execute(String name, Object command, Surroundings around, String... args) {
        return new CommandLine(command)
                .setOut(around.out())
                .setErr(around.err())
                .setParameterExceptionHandler((mistake, given) -> {
                    around.err().println(name + ": " + mistake.getMessage() + " (--help lists the options)");
                    return mistake.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
                })
                .execute(args);
    }
}
