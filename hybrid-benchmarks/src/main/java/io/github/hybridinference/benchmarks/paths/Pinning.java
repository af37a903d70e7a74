package io.github.hybridinference.benchmarks.paths;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Gives the thread that asks one processor and the process that answers another, where the system is Linux and has
 * {@code taskset}.
 *
 * <p>A question to a process next door takes up to twice as long when the scheduler moves the two about, and by chance: that
 * would hide the few microseconds that are to be seen. The compiler's and the collector's threads go where they like.
 */
final class Pinning {
    private static final Path THIS_THREAD = Path.of("/proc/thread-self");

    private Pinning() {}

    /** Pins the calling thread. */
    static void apartFrom(Process peer) {
        try {
            String thread = Files.readSymbolicLink(THIS_THREAD).getFileName().toString();
            pin(thread, 0);
            pin(String.valueOf(peer.pid()), 1);
            peer.descendants().forEach(child -> pin(String.valueOf(child.pid()), 1));
        } catch (IOException otherSystem) {
            // measured all the same, if less exactly
        }
    }

    private static void pin(String task, int processor) {
        try {
            new ProcessBuilder(List.of("taskset", "-c", "-p", String.valueOf(processor), task))
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
