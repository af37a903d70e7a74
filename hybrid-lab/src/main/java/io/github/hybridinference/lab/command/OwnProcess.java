package io.github.hybridinference.lab.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program in a JVM of its own, with this one's streams, and ends with its exit code. Maven starts it for the programs of
 * this project: in Maven's JVM a thread of theirs that was still busy when they ended would load classes from a class path
 * that Maven has just closed.
 *
 * <p>The environment variable {@code JAVA_OPTS} gives the options of the new JVM, such as {@code -Xmx256m}; options that contain
 * blanks go into a file, named by {@code @FILE}. The new process is terminated when this one is, and ends by itself if this one
 * is killed: its program is then told by {@link #PARENT}.
 *
 * @since 0.1.0
 */
public final class OwnProcess {
    /** The system property that holds the identifier of the process whose end is the end of this one. */
    public static final String PARENT = "hybrid.parent";

    /** Properties of this JVM, set by {@code -D}, that the program may read. */
    private static final List<String> PASSED_ON = List.of(
            "hybrid.", "http.", "https.", "java.net.", "javax.net.", "io.netty.", "logback.", "user.timezone", "bars");

    private static final long PATIENCE_SECONDS = 15;

    private OwnProcess() {}

    /**
     * Runs a program and exits with its code.
     *
     * @param args the program's main class, and its arguments
     * @throws IOException if it cannot be started
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Process program = new ProcessBuilder(command(List.of(args))).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(program), "end-program"));
        System.exit(program.waitFor());
    }

    private static List<String> command(List<String> programAndArguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> PASSED_ON.stream().anyMatch(name::startsWith))
                .sorted()
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.add("-D" + PARENT + "=" + ProcessHandle.current().pid());
        String options = System.getenv().getOrDefault("JAVA_OPTS", "").strip();
        if (!options.isEmpty()) {
            command.addAll(Arrays.asList(options.split("\\s+")));
        }
        command.addAll(List.of("-cp", ClassPath.ofThisProgram()));
        command.addAll(programAndArguments);
        return command;
    }

    private static void end(Process program) {
        program.destroy();
        try {
            if (!program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                program.destroyForcibly();
            }
        } catch (InterruptedException noMorePatience) {
            program.destroyForcibly();
        }
    }

    /** Ends this process when the one that started it has ended, if {@link #PARENT} names it; to be called by a program's main. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end of the parent but the process itself
    public static void endWithParent() {
        Long parent = Long.getLong(PARENT);
        if (parent != null) {
            ProcessHandle.of(parent)
                    .ifPresentOrElse(handle -> handle.onExit().thenRun(() -> System.exit(1)), () -> System.exit(1));
        }
    }
}
