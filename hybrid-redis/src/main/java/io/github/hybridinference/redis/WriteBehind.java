package io.github.hybridinference.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes what nobody waits for, one after the other in the order given, on a thread of its own.
 *
 * <p>What finds the queue full or Redis away is dropped: a shared answer is worth having, not worth keeping.
 */
final class WriteBehind implements AutoCloseable {
    private static final int WAITING = 1_024;
    private static final Duration LAST_WRITES = Duration.ofMillis(500);
    private static final Write END = new Write(port -> {}, () -> {});

    private final Gateway gateway;
    private final BlockingQueue<Write> queue = new ArrayBlockingQueue<>(WAITING);
    private final BlockingQueue<Consumer<RedisPort>> owed = new ArrayBlockingQueue<>(WAITING);
    private final Thread writer;
    private volatile boolean closed;

    WriteBehind(Gateway gateway) {
        this.gateway = gateway;
        this.writer = GatewayThreads.daemons("hybrid-redis-writer-").newThread(this::write);
        writer.start();
        gateway.whenBack(this::doWhatIsOwed);
    }

    private record Write(Consumer<RedisPort> deed, Runnable dropped) {}

    /**
     * Takes a write, and returns at once.
     *
     * @param deed the write
     * @param dropped told if it was not done, now or later
     */
    void add(Consumer<RedisPort> deed, Runnable dropped) {
        if (closed || gateway.isAway() || !queue.offer(new Write(deed, dropped))) {
            dropped.run();
        }
    }

    /** Takes a write that is not dropped with Redis away, but kept until it is back, as long as there is room. */
    void addOrKeep(Consumer<RedisPort> deed) {
        add(deed, () -> {
            boolean unused = owed.offer(deed);
        });
    }

    private void doWhatIsOwed() {
        List<Consumer<RedisPort>> deeds = new ArrayList<>();
        owed.drainTo(deeds);
        deeds.forEach(this::addOrKeep);
    }

    private void write() {
        try {
            for (Write next = queue.take(); !next.equals(END); next = queue.take()) {
                write(next);
            }
        } catch (InterruptedException closedWithoutPatience) {
            List<Write> rest = new ArrayList<>();
            queue.drainTo(rest);
            rest.forEach(write -> write.dropped.run());
        }
    }

    private void write(Write write) {
        try {
            if (!gateway.isAway()) {
                gateway.runNow(write.deed);
                return;
            }
        } catch (RedisFailure counted) {
            // told below
        }
        write.dropped.run();
    }

    /** Gives what waits a moment to be written. */
    @Override
    public void close() {
        closed = true;
        try {
            if (queue.offer(END, LAST_WRITES.toMillis(), TimeUnit.MILLISECONDS)) {
                writer.join(LAST_WRITES.toMillis());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        writer.interrupt();
    }
}
