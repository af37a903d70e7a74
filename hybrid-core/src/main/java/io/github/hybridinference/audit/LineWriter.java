package io.github.hybridinference.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines to a stream that may be slow or full, and never delays whoever has one to write: they wait in a bounded
 * queue for a daemon thread of the writer's own, which also puts them into bytes, and are lost and counted if the queue
 * is full. A line that could be written in part only does not swallow the next one. Thread-safe.
 *
 * @param <T> what becomes a line
 */
public final class LineWriter<T> implements AutoCloseable {
    /**
     * Puts a line into bytes, on the writer's thread.
     *
     * @param <T> what becomes a line
     */
    @FunctionalInterface
    public interface Encoder<T> {
        /**
         * Encodes a line.
         *
         * @param line what becomes a line
         * @return its bytes, with the line break
         * @throws IOException if it cannot; the line is lost and counted
         */
        byte[] encode(T line) throws IOException;
    }

    /** A line, or none to wake the thread up. */
    private record Waiting<T>(@Nullable T line) {}

    private final OutputStream out;
    private final Encoder<T> encoder;
    private final long closingMillis;
    private final BlockingQueue<Waiting<T>> waiting;

    private final AtomicLong written = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;
    private boolean brokenOff;

    /**
     * Starts a writer.
     *
     * @param name of its thread
     * @param out where the lines go; given each line in one call of {@link OutputStream#write(byte[])}, flushed whenever
     *     no line is waiting, and closed with the writer
     * @param encoder puts a line into bytes; one that throws loses the line
     * @param capacity how many lines may wait
     * @param closing how long {@link #close} waits for what is waiting
     */
    public LineWriter(String name, OutputStream out, Encoder<T> encoder, int capacity, Duration closing) {
        this.out = Objects.requireNonNull(out, "out");
        this.encoder = Objects.requireNonNull(encoder, "encoder");
        closingMillis = Math.max(1, closing.toMillis());
        waiting = new ArrayBlockingQueue<>(capacity);
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Hands in a line. Returns at once.
     *
     * @param line what becomes a line; must not be changed later on
     */
    public void offer(T line) {
        if (closed || !waiting.offer(new Waiting<>(line))) {
            lost.incrementAndGet();
        }
    }

    /**
     * Returns how many lines were written.
     *
     * @return since the writer was started
     */
    public long written() {
        return written.get();
    }

    /**
     * Returns how many lines were lost, because the queue was full, writing failed, or the writer was closed.
     *
     * @return since the writer was started
     */
    public long lost() {
        return lost.get();
    }

    /** Writes what is waiting, for as long as was agreed, and closes the target. What is left then is lost. */
    @Override
    public void close() {
        closed = true;
        waiting.offer(new Waiting<>(null)); // unless the queue is full, when the thread is not waiting
        try {
            thread.join(closingMillis);
        } catch (InterruptedException inAHurry) {
            Thread.currentThread().interrupt();
        }
        List<Waiting<T>> left = new ArrayList<>();
        waiting.drainTo(left);
        lost.addAndGet(left.stream().filter(entry -> entry.line() != null).count());
    }

    private void run() {
        try (out) {
            for (T line = next(); line != null; line = next()) {
                write(line);
            }
        } catch (IOException unclosable) {
            // the lines are written or counted as lost; there is nobody left to tell
        }
    }

    /** The next line, waiting for it unless closed; null when it is over. */
    private @Nullable T next() {
        Waiting<T> line = waiting.poll();
        if (line == null && !closed) {
            flush();
            line = await();
        }
        if (line != null && line.line() == null) {
            line = waiting.poll();
        }
        return line == null ? null : line.line();
    }

    private @Nullable Waiting<T> await() {
        try {
            return waiting.take();
        } catch (InterruptedException nobodyElseHasThisThread) {
            return null;
        }
    }

    private void write(T line) {
        try {
            byte[] bytes = encoder.encode(line);
            if (brokenOff) {
                out.write('\n'); // whatever part of the last line went out must not swallow this one
            }
            brokenOff = true;
            out.write(bytes);
            brokenOff = false;
            written.incrementAndGet();
        } catch (IOException | RuntimeException fullOrNoLine) {
            lost.incrementAndGet();
        }
    }

    private void flush() {
        try {
            out.flush();
        } catch (IOException full) {
            brokenOff = true;
        }
    }
}
