package io.github.hybridinference.benchmarks.paths;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Gives who asks one processor and the process that answers another, where the system is Linux and has {@code taskset}.
 *
 * <p>A question to a process next door takes up to twice as long when the scheduler moves the two about, and by chance: that
 * would hide the few microseconds that are to be seen.
 */
final class Pinning {
    private static final Path THIS_THREAD = Path.of("/proc/thread-self");

    private Pinning() {}

    /** The calling thread alone: what compiles and collects goes where it likes. */
    static void threadApartFrom(Process peer) {
        try {
            taskset("-cp", 0, Files.readSymbolicLink(THIS_THREAD).getFileName().toString());
            pinAll(peer.toHandle(), 1);
        } catch (IOException otherSystem) {
            // measured all the same, if less exactly
        }
    }

    /** All threads of this process, those that collect included, for paths on which one hands over to another. */
    static void processApartFrom(Process peer) {
        taskset("-acp", 0, String.valueOf(ProcessHandle.current().pid()));
        pinAll(peer.toHandle(), 1);
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
