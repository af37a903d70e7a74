package io.github.hybridinference.flink;

import io.github.hybridinference.InferenceEngine;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The engines of this JVM, each shared by all subtasks that name it. One that no subtask uses any more is kept for a while, as its
 * job may be about to restart.
 *
 * <p>Engines of the same name whose makers were loaded by different class loaders are different engines: code of a job must not
 * run after Flink has closed the job's class loader, so {@link #loaderReleased} closes the engine then. Thread-safe; engines are made and
 * looked up one at a time.
 */
final class EngineRegistry {
    static final EngineRegistry OF_THIS_JVM = new EngineRegistry(EngineRegistry::onTimer);

    /** Runs an action later, unless it is cancelled. */
    @FunctionalInterface
    interface Timer {
        Runnable after(Duration delay, Runnable action);
    }

    private record Key(String name, ClassLoader loader) {}

    private static final class Shared {
        private final Key key;
        private final InferenceEngine engine;
        private int holders;

        /** How often the last holder has gone; a timer set before that is out of date, even if it could not be cancelled in time. */
        private int releases;

        private @Nullable Runnable cancelClosing;

        Shared(Key key, InferenceEngine engine) {
            this.key = key;
            this.engine = engine;
        }
    }

    /** The right of a subtask to use an engine, until it is closed. */
    final class Lease implements AutoCloseable {
        private final Shared shared;
        private final Duration keep;
        private boolean closed;

        private Lease(Shared shared, Duration keep) {
            this.shared = shared;
            this.keep = keep;
        }

        InferenceEngine engine() {
            return shared.engine;
        }

        @Override
        public void close() {
            synchronized (EngineRegistry.this) {
                if (!closed) {
                    closed = true;
                    released(shared, keep);
                }
            }
        }
    }

    private final Timer timer;
    private final Map<Key, Shared> engines = new HashMap<>();

    EngineRegistry(Timer timer) {
        this.timer = timer;
    }

    /** Returns the engine of that name, which is made if there is none. */
    synchronized Lease acquire(EngineFactory factory, Duration keep) throws Exception {
        Key key = new Key(factory.name(), factory.loader());
        Shared shared = engines.get(key);
        if (shared == null) {
            shared = new Shared(key, factory.create());
            engines.put(key, shared);
        }
        shared.holders++;
        if (shared.cancelClosing != null) {
            shared.cancelClosing.run();
            shared.cancelClosing = null;
        }
        return new Lease(shared, keep);
    }

    private void released(Shared shared, Duration keep) {
        shared.holders--;
        if (shared.holders == 0 && engines.get(shared.key) == shared) {
            if (keep.isZero()) {
                end(shared);
            } else {
                int release = ++shared.releases;
                shared.cancelClosing = timer.after(keep, () -> closeIfUnused(shared, release));
            }
        }
    }

    private synchronized void closeIfUnused(Shared shared, int release) {
        if (shared.holders == 0 && shared.releases == release) {
            end(shared);
        }
    }

    /** Closes the engine that the factory's code made: the class loader of that code is about to be closed. */
    synchronized void loaderReleased(EngineFactory factory) {
        Shared shared = engines.get(new Key(factory.name(), factory.loader()));
        if (shared != null) {
            end(shared);
        }
    }

    private void end(Shared shared) {
        if (shared.cancelClosing != null) {
            shared.cancelClosing.run();
            shared.cancelClosing = null;
        }
        if (engines.remove(shared.key, shared)) {
            shared.engine.close();
        }
    }

    private static Runnable onTimer(Duration delay, Runnable action) {
        ScheduledFuture<?> closing = Closer.TIMER.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> closing.cancel(false);
    }

    /** A daemon thread that ends when there is nothing to close, and holds no job's class loader. */
    private static final class Closer {
        private static final ScheduledThreadPoolExecutor TIMER = timer();

        private static ScheduledThreadPoolExecutor timer() {
            ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "hybrid-flink-closer");
                thread.setDaemon(true);
                thread.setContextClassLoader(null);
                return thread;
            });
            timer.setKeepAliveTime(1, TimeUnit.SECONDS);
            timer.allowCoreThreadTimeOut(true);
            timer.setRemoveOnCancelPolicy(true);
            return timer;
        }
    }
}
