package io.github.hybridinference.examples.service;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Parses bodies, as many at once as there are processors, and one large one at a time: large bodies delay each other and not
 * the usual question. The others wait as bytes.
 */
final class BodyQueue implements AutoCloseable {
    /** Far more than a question needs. */
    private static final int LARGE_BYTES = 16 * 1024;

    private final ExecutorService usual =
            threads("request", Math.max(2, Runtime.getRuntime().availableProcessors()));
    private final ExecutorService large = threads("large-request", 1);

    private static ExecutorService threads(String name, int count) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Has a body parsed and answered; throws RejectedExecutionException once this is closed. */
    void add(int bytes, Runnable work) {
        (bytes > LARGE_BYTES ? large : usual).execute(work);
    }

    @Override
    public void close() {
        usual.shutdown();
        large.shutdown();
    }
}
