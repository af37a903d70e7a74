package io.github.hybridinference.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Runs tasks on virtual threads and sees which of them were pinned. For tests on JDK 21 or later, compiled for 17. */
public final class VirtualThreads {
    private VirtualThreads() {}

    /**
     * A task of one thread.
     *
     * @param <T> its result
     */
    @FunctionalInterface
    public interface Task<T> extends Callable<T> {}

    /**
     * What became of the tasks.
     *
     * @param results one of each task, in their order
     * @param pinned what the JVM recorded of each pinned thread
     * @param <T> their type
     */
    public record Outcome<T>(List<T> results, List<RecordedEvent> pinned) {}

    /**
     * Runs each task on a virtual thread of its own, all at once.
     *
     * @param tasks the tasks
     * @param <T> the type of their results
     * @return the results and the pinned threads
     * @throws Exception what a task threw, or if the JVM has no virtual threads
     */
    public static <T> Outcome<T> run(List<Task<T>> tasks) throws Exception {
        Path file = Files.createTempFile("virtual-threads", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO);
            recording.start();
            List<T> results = results(tasks);
            recording.stop();
            recording.dump(file);
            return new Outcome<>(
                    results,
                    RecordingFile.readAllEvents(file).stream()
                            .filter(event -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"))
                            .toList());
        } finally {
            Files.delete(file);
        }
    }

    private static <T> List<T> results(List<Task<T>> tasks) throws Exception {
        ExecutorService threads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Task<T> task : tasks) {
                futures.add(threads.submit(task));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(60, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
