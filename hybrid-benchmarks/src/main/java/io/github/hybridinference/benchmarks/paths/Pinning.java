package io.github.hybridinference.benchmarks.paths;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Gives the client one processor and the server another, on Linux with {@code taskset}.
 *
 * <p>A call to another process takes up to twice as long when the scheduler moves the two between processors, which would
 * hide the few microseconds that are to be measured.
 */
public final class Pinning {
    private static final Path THIS_THREAD = Path.of("/proc/thread-self");

    private Pinning() {}

    /** Pins the calling thread only; the compiler's and collector's threads stay free. */
    static void threadApartFrom(ProcessHandle server) {
        try {
            taskset("-cp", 0, Files.readSymbolicLink(THIS_THREAD).getFileName().toString());
            pinAll(server, 1);
        } catch (IOException otherSystem) {
            // measured all the same, if less exactly
        }
    }

    /** Pins all threads of this process, for paths on which one thread hands over to another. */
    public static void processApartFrom(ProcessHandle server) {
        taskset("-acp", 0, String.valueOf(ProcessHandle.current().pid()));
        pinAll(server, 1);
    }

    private static void pinAll(ProcessHandle process, int processor) {
        taskset("-acp", processor, String.valueOf(process.pid()));
        process.descendants().forEach(child -> taskset("-acp", processor, String.valueOf(child.pid())));
    }

    private static void taskset(String options, int processor, String task) {
        try {
            new ProcessBuilder(List.of("taskset", options, String.valueOf(processor), task))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noSuchTool) {
            // likewise
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
