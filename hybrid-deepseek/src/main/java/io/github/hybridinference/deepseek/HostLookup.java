package io.github.hybridinference.deepseek;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks up a host on threads of its own, so that a slow name service does not hold up the event loop, to which everything
 * but the look-up itself belongs. The JVM caches what it has looked up, as its security properties say.
 *
 * <p>One look-up serves all that wait for the addresses. If it does not return within {@value #FIRST_RETRY_MS} ms, another
 * one is started on another thread, then after twice as long the next, up to {@value #MOST_THREADS} at once; the first
 * answer counts. A look-up that fails, with whatever it throws, means that the host has no address, unless a later one is
 * still running.
 */
final class HostLookup {
    static final int MOST_THREADS = 4;
    static final int FIRST_RETRY_MS = 1_000;

    private static final int IDLE_SECONDS = 5;

    private final String host;
    private final HostResolver resolver;
    private final EventLoop loop;
    private final ThreadPoolExecutor threads;
    private final List<Consumer<List<InetAddress>>> waiting = new ArrayList<>();
    private int latest;
    private int running;
    private long retryMs;
    private @Nullable Future<?> retry;

    @SuppressWarnings("ErroneousThreadPoolConstructorChecker") // start() raises the core size as far as it is needed
    HostLookup(String host, HostResolver resolver, EventLoop loop, ThreadFactory factory) {
        this.host = host;
        this.resolver = resolver;
        this.loop = loop;
        threads = new ThreadPoolExecutor(
                1, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        threads.allowCoreThreadTimeOut(true);
    }

    /** Passes on the addresses, none if there are none or the look-up failed. */
    void find(Consumer<List<InetAddress>> then) {
        waiting.add(then);
        if (waiting.size() == 1) {
            retryMs = FIRST_RETRY_MS;
            start();
        }
    }

    /** Interrupts the look-ups. Their answers are not passed on any more. */
    void close() {
        threads.shutdownNow();
    }

    private void start() {
        retry = loop.schedule(this::retry, retryMs, TimeUnit.MILLISECONDS);
        if (running == MOST_THREADS) {
            return;
        }
        running++;
        latest++;
        int number = latest;
        try {
            threads.setCorePoolSize(running); // a new thread if the others hang, and none if one is about to be free
            threads.execute(() -> lookUp(number));
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            answered(number, List.of());
        }
    }

    private void retry() {
        retryMs *= 2;
        start();
    }

    private void lookUp(int number) {
        List<InetAddress> found = List.of();
        try {
            found = List.of(resolver.resolve(host));
        } catch (Exception | StackOverflowError | LinkageError | AssertionError failed) {
            // the same as no address; what else it throws is reported as uncaught
        } finally {
            answer(number, found);
        }
    }

    private void answer(int number, List<InetAddress> found) {
        try {
            loop.execute(() -> answered(number, found));
        } catch (RejectedExecutionException closed) {
            // the transport has failed all exchanges
        }
    }

    private void answered(int number, List<InetAddress> found) {
        running--;
        if (waiting.isEmpty() || (found.isEmpty() && number != latest)) {
            return;
        }
        if (retry != null) {
            retry.cancel(false);
        }
        List<Consumer<List<InetAddress>>> all = List.copyOf(waiting);
        waiting.clear();
        answer(all, found);
    }

    /** Answers all, though one of them may throw. */
    private static void answer(List<Consumer<List<InetAddress>>> all, List<InetAddress> found) {
        for (int i = 0; i < all.size(); i++) {
            try {
                all.get(i).accept(found);
            } catch (RuntimeException | Error thrown) {
                answer(all.subList(i + 1, all.size()), found);
                throw thrown;
            }
        }
    }
}
