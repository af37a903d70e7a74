package io.github.hybridinference.benchmarks.paths;

import java.io.IOException;
import java.util.List;

/**
 * Gives this process one processor and its peer another, where the system has {@code taskset}.
 *
 * <p>A question to a process next door takes twice as long when the scheduler moves the two about, and by chance: that
 * would hide the few microseconds that are to be seen.
 */
final class Pinning {
    private Pinning() {}

    static void apart(Process peer) {
        pin(ProcessHandle.current().pid(), 0);
        pin(peer.pid(), 1);
        peer.descendants().forEach(child -> pin(child.pid(), 1));
    }

    private static void pin(long process, int processor) {
        try {
            new ProcessBuilder(List.of("taskset", "-a", "-c", "-p", String.valueOf(processor), String.valueOf(process)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noSuchTool) {
            // measured all the same, if less exactly
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
