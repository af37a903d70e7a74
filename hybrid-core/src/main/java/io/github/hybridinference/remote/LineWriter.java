package io.github.hybridinference.remote;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes lines to a stream that may be slow or full, on a thread of its own. */
final class LineWriter {
    private static final long CLOSING_MILLIS = 1_000;

    /** Wakes the thread up; never written. */
    private static final EgressLine END = new EgressLine(Instant.EPOCH, "", "", new byte[0]);

    private final OutputStream out;
    private final BlockingQueue<EgressLine> waiting;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;
    private boolean brokenOff;

    LineWriter(OutputStream out, int capacity) {
        this.out = out;
        waiting = new ArrayBlockingQueue<>(capacity);
        thread = new Thread(this::run, "hybrid-egress-log");
        thread.setDaemon(true);
        thread.start();
    }

    void offer(EgressLine line) {
        if (closed || !waiting.offer(line)) {
            lost.incrementAndGet();
        }
    }

    long written() {
        return written.get();
    }

    long lost() {
        return lost.get();
    }

    void close() {
        closed = true;
        waiting.offer(END); // unless the queue is full, when the thread is not waiting
        try {
            thread.join(CLOSING_MILLIS);
        } catch (InterruptedException inAHurry) {
            Thread.currentThread().interrupt();
        }
        List<EgressLine> left = new ArrayList<>();
        waiting.drainTo(left);
        lost.addAndGet(left.stream().filter(line -> line != END).count());
    }

    private void run() {
        try (out) {
            for (EgressLine line = next(); line != null; line = next()) {
                write(line);
            }
        } catch (IOException unclosable) {
            // the lines are written or counted as lost; there is nobody left to tell
        }
    }

    /** The next line, waiting for it unless closed; null when it is over. */
    private @Nullable EgressLine next() {
        EgressLine line = waiting.poll();
        if (line == null && !closed) {
            flush();
            line = await();
        }
        return line == END ? waiting.poll() : line;
    }

    private @Nullable EgressLine await() {
        try {
            return waiting.take();
        } catch (InterruptedException nobodyElseHasThisThread) {
            return null;
        }
    }

    private void write(EgressLine line) {
        try {
            byte[] bytes = line.encoded();
            if (brokenOff) {
                out.write('\n'); // whatever part of the last line went out must not swallow this one
            }
            brokenOff = true;
            out.write(bytes);
            brokenOff = false;
            written.incrementAndGet();
        } catch (IOException full) {
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
