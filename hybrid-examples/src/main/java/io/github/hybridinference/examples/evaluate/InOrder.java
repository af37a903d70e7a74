package io.github.hybridinference.examples.evaluate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs tasks on several threads and gives their results in the order of the tasks, so that nothing that is made of them depends on
 * the number of threads. A few are started ahead of the one that is waited for, and no more, so that results do not pile up.
 */
final class InOrder<T> implements Iterator<T>, AutoCloseable {
    private static final int AHEAD = 4;

    private final Iterator<? extends Callable<T>> left;
    private final Deque<Future<T>> started = new ArrayDeque<>();
    private final int most;
    private final ExecutorService threads;

    InOrder(List<? extends Callable<T>> tasks, int threads) {
        this.left = tasks.iterator();
        this.most = threads * AHEAD;
        this.threads = Executors.newFixedThreadPool(Math.min(threads, Math.max(1, tasks.size())));
    }

    @Override
    public boolean hasNext() {
        return left.hasNext() || !started.isEmpty();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        while (started.size() < most && left.hasNext()) {
            started.add(threads.submit(left.next()));
        }
        try {
            return started.remove().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
