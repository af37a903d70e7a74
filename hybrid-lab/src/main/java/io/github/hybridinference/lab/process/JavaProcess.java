package io.github.hybridinference.lab.process;

import io.github.hybridinference.lab.command.ClassPath;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java program in a process of its own, on the class path of this one; the two exchange lines over its standard input and
 * output.
 *
 * <p>The program has to end when its standard input does, so that it cannot outlive this process.
 *
 * @since 0.1.0
 */
public final class JavaProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;

    private JavaProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
        this.input = process.outputWriter();
    }

    /**
     * Starts a program. What it writes to standard error is discarded.
     *
     * @param main its main class
     * @param flags for the JVM
     * @param arguments for the program
     * @return the running process, to be closed by the caller
     * @throws IOException if it cannot be started
     */
    public static JavaProcess start(Class<?> main, List<String> flags, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", ClassPath.ofThisProgram(), main.getName()));
        command.addAll(arguments);
        return new JavaProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /**
     * Waits for its next line of output.
     *
     * @return the line
     * @throws IOException if it has ended
     */
    public String readLine() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("a process that was started has ended");
        }
        return line;
    }

    /**
     * Sends it a line.
     *
     * @param line the line
     * @throws IOException if it has ended
     */
    public void writeLine(String line) throws IOException {
        input.write(line);
        input.newLine();
        input.flush();
    }

    /**
     * The process.
     *
     * @return its handle
     */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Kills it (SIGKILL): it cannot release anything it holds. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Closes its standard input, upon which it ends. */
    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException gone) {
            process.destroyForcibly();
        }
    }
}
