package io.github.hybridinference.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs write commands in the background, in the order given, on one thread.
 *
 * <p>A command is dropped when the queue is full or Redis is away: losing an answer costs one call of the model.
 */
final class WriteBehind implements AutoCloseable {
    private static final int LONGEST_QUEUE = 1_024;
    private static final Duration CLOSING = Duration.ofMillis(500);
    private static final Write END = new Write(port -> {}, () -> {});

    private final Gateway gateway;
    private final BlockingQueue<Write> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private final BlockingQueue<Consumer<RedisPort>> kept = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private final Thread writer;
    private volatile boolean closed;

    WriteBehind(Gateway gateway) {
        this.gateway = gateway;
        this.writer = GatewayThreads.daemons("hybrid-redis-writer-").newThread(this::write);
        writer.start();
        gateway.whenBack(this::queueKept);
    }

    private record Write(Consumer<RedisPort> command, Runnable dropped) {}

    /**
     * Queues a command, and returns at once.
     *
     * @param command the command
     * @param dropped called if the command is not executed, now or later
     */
    void add(Consumer<RedisPort> command, Runnable dropped) {
        if (closed || gateway.isAway() || !queue.offer(new Write(command, dropped))) {
            dropped.run();
        }
    }

    /** Queues a command that, while Redis is away, is kept until it is back, as long as there is room. */
    void addOrKeep(Consumer<RedisPort> command) {
        add(command, () -> {
            boolean unused = kept.offer(command);
        });
    }

    private void queueKept() {
        List<Consumer<RedisPort>> commands = new ArrayList<>();
        kept.drainTo(commands);
        commands.forEach(this::addOrKeep);
    }

    private void write() {
        try {
            for (Write next = queue.take(); !next.equals(END); next = queue.take()) {
                write(next);
            }
        } catch (InterruptedException endedByClose) {
            List<Write> rest = new ArrayList<>();
            queue.drainTo(rest);
            rest.forEach(write -> write.dropped.run());
        }
    }

    private void write(Write write) {
        try {
            if (!gateway.isAway()) {
                gateway.runNow(write.command);
                return;
            }
        } catch (RedisFailure counted) {
            // reported as dropped below
        }
        write.dropped.run();
    }

    /** Waits a moment for the queued commands. */
    @Override
    public void close() {
        closed = true;
        try {
            if (queue.offer(END, CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                writer.join(CLOSING.toMillis());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        writer.interrupt();
    }
}
