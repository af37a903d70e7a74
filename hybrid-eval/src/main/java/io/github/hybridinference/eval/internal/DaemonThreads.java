package io.github.hybridinference.eval.internal;

import java.util.concurrent.ThreadFactory;

/**
 * Makes the threads of this module's pools: daemons, so that none of them keeps a process alive.
 *
 * @since 0.1.0
 */
public final class DaemonThreads {
    private DaemonThreads() {}

    /**
     * Returns a factory of daemon threads.
     *
     * @param name the name of each thread
     * @return a new factory
     */
    public static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
