package io.github.hybridinference.audit;

import io.github.hybridinference.model.Experimental;
import io.github.hybridinference.model.FatalErrors;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines to a stream that may be slow, full or hanging, without delaying the threads that offer them: lines wait in a
 * bounded queue for a daemon thread of the writer's own, which encodes and writes them.
 *
 * <p>Each line offered is counted exactly once: as written when the stream has taken and flushed it without an error,
 * otherwise as lost. After {@link #close} the two counts add up to the lines offered. A line that was written in part does
 * not spoil the next one, which begins on a line of its own. Thread-safe.
 *
 * @param <T> what becomes a line
 * @since 0.1.0
 */
@Experimental
public final class LineWriter<T> implements AutoCloseable {
    /**
     * Encodes a line, on the writer's thread.
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

    private final OutputStream out;
    private final Encoder<T> encoder;
    private final int capacity;
    private final long closingMillis;
    private final Thread thread;

    /** Whether part of a line may stand at the end of the target. Of the writer's thread. */
    private boolean brokenOff;

    /** Guards what follows; never held while a line is encoded or written. */
    private final Object lock = new Object();

    private final Queue<T> waiting = new ArrayDeque<>();
    private boolean writing;
    private boolean closed;
    private long written;
    private long lost;

    /**
     * Starts a writer.
     *
     * @param name of its thread
     * @param out where the lines go; given each line in one call of {@link OutputStream#write(byte[])} and flushed after
     *     it, and closed with the writer
     * @param encoder encodes a line; one that throws loses the line
     * @param capacity how many lines may wait
     * @param closing how long {@link #close} waits for the lines that are still to be written
     */
    public LineWriter(String name, OutputStream out, Encoder<T> encoder, int capacity, Duration closing) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, but is " + capacity);
        }
        this.out = Objects.requireNonNull(out, "out");
        this.encoder = Objects.requireNonNull(encoder, "encoder");
        this.capacity = capacity;
        closingMillis = Math.max(1, Objects.requireNonNull(closing, "closing").toMillis());
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Offers a line. Returns at once; the line is lost if the queue is full or the writer is closed.
     *
     * @param line what becomes a line; must not be changed later on
     */
    public void offer(T line) {
        Objects.requireNonNull(line, "line");
        synchronized (lock) {
            if (closed || waiting.size() >= capacity) {
                lost++;
            } else {
                waiting.add(line);
                lock.notifyAll();
            }
        }
    }

    /**
     * Returns how many lines were written and flushed without an error.
     *
     * @return since the writer was started
     */
    public long written() {
        synchronized (lock) {
            return written;
        }
    }

    /**
     * Returns how many lines were lost, because the queue was full, writing failed, or the writer was closed.
     *
     * @return since the writer was started
     */
    public long lost() {
        synchronized (lock) {
            return lost;
        }
    }

    /**
     * Writes the lines that are waiting and closes the target, for the closing time at most. The lines that are not
     * written by then are lost, including one that the target is still busy with, even if its write succeeds later.
     */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        try {
            thread.join(closingMillis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (lock) {
            lost += waiting.size() + (writing ? 1 : 0);
            waiting.clear();
            writing = false;
        }
    }

    private void run() {
        try (out) {
            for (T line = take(); line != null; line = take()) {
                settle(write(line));
            }
        } catch (IOException notClosed) {
            // every line has been flushed or counted as lost before
        }
    }

    /** Takes the next line from the queue, waiting for it; null when the writer is closed and the queue is empty. */
    private @Nullable T take() {
        synchronized (lock) {
            while (waiting.isEmpty() && !closed) {
                try {
                    lock.wait();
                } catch (InterruptedException interrupted) {
                    closed = true;
                }
            }
            T line = waiting.poll();
            writing = line != null;
            return line;
        }
    }

    /** Counts the line taken last, unless {@link #close} has given it up. */
    private void settle(boolean complete) {
        synchronized (lock) {
            if (!writing) {
                return;
            }
            writing = false;
            if (complete) {
                written++;
            } else {
                lost++;
            }
        }
    }

    private boolean write(T line) {
        try {
            byte[] bytes = encoder.encode(line);
            if (brokenOff) {
                out.write('\n');
            }
            brokenOff = true;
            out.write(bytes);
            out.flush();
            brokenOff = false;
            return true;
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            return false;
        }
    }
}
