package io.github.hybridinference.remote;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.FatalErrors;
import io.github.hybridinference.remote.RemoteException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls that block, each on a daemon thread, and ends each at its deadline. A limited number run at once and a limited
 * number wait; further ones are refused before anything is sent. A thread that has nothing to do for a while ends.
 *
 * <p>A call that is given up (deadline, cancellation, close) completes at once and its thread is interrupted. If the client
 * ignores that, the thread stays with the client until it returns, and there is one less for other calls.
 */
final class BlockingCalls implements AutoCloseable {
    private static final int MOST_WAITING = 1_024;
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor timer;
    private final Set<Call> open = ConcurrentHashMap.newKeySet();

    /**
     * Starts nothing yet; the threads come with the calls.
     *
     * @param name the beginning of the threads' names
     * @param mostRunning how many calls run at once
     */
    BlockingCalls(String name, int mostRunning) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                mostRunning,
                mostRunning,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                task -> daemon(task, name + "-" + number.incrementAndGet()));
        threads.allowCoreThreadTimeOut(true);
        timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, name + "-timer"));
        timer.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Starts a call.
     *
     * @param deadline by when it must be over
     * @param exchange makes the call; throws a {@link RemoteException}, since anything else counts as a fault of its own
     * @return completes on a thread of this object, or on the one that gives it up
     */
    CompletableFuture<RemoteReply> start(Deadline deadline, Supplier<RemoteReply> exchange) {
        Call call = new Call(exchange);
        open.add(call);
        try {
            Future<?> alarm =
                    timer.schedule(() -> call.giveUp(Reason.TIMEOUT), deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            call.onEnd(() -> {
                alarm.cancel(false);
                threads.remove(call);
                open.remove(call);
            });
            threads.execute(call);
        } catch (RejectedExecutionException refused) {
            open.remove(call);
            call.giveUp(threads.isShutdown() ? Reason.CANCELLED : Reason.UNAVAILABLE);
        }
        return call.reply;
    }

    /** Gives up all calls and ends all threads, but for those that a client holds. */
    @Override
    public void close() {
        threads.shutdown();
        List<Runnable> waiting = new ArrayList<>();
        threads.getQueue().drainTo(waiting); // first, since a thread that a running call frees would begin the next one
        waiting.forEach(call -> ((Call) call).giveUp(Reason.CANCELLED));
        open.forEach(call -> call.giveUp(Reason.CANCELLED));
        timer.shutdownNow();
    }

    private enum Progress {
        NEW,
        RUNNING,
        ABANDONED
    }

    private static final class Call implements Runnable {
        private final Supplier<RemoteReply> exchange;
        private final Reply reply = new Reply(this);
        private final AtomicReference<Progress> progress = new AtomicReference<>(Progress.NEW);
        private @Nullable Thread runner;

        Call(Supplier<RemoteReply> exchange) {
            this.exchange = exchange;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // the action does not fail
        void onEnd(Runnable action) {
            reply.whenComplete((known, failure) -> {
                action.run();
                interrupt();
            });
        }

        @Override
        public void run() {
            if (reply.isDone() || !progress.compareAndSet(Progress.NEW, Progress.RUNNING)) {
                return;
            }
            enter();
            RemoteReply known = null;
            Throwable failure = null;
            try {
                known = exchange.get();
            } catch (Throwable thrown) {
                failure = thrown;
            }
            leave();
            if (known != null) {
                reply.complete(known);
                return;
            }
            reply.completeExceptionally(
                    failure instanceof RemoteException reason ? reason : new RemoteException(Reason.INTERNAL));
            if (failure != null) {
                FatalErrors.rethrowIfFatal(failure);
            }
        }

        /** Fails it, unless it is complete. The exception says whether the exchange had begun; if not, it never will. */
        boolean giveUp(Reason reason) {
            boolean sent =
                    !progress.compareAndSet(Progress.NEW, Progress.ABANDONED) && progress.get() == Progress.RUNNING;
            return reply.completeExceptionally(
                    sent ? new RemoteException(reason) : RemoteException.beforeSending(reason));
        }

        private synchronized void enter() {
            runner = Thread.currentThread();
            if (reply.isDone()) {
                runner.interrupt();
            }
        }

        /** From here on there is no interrupt: what follows the reply may run on this thread. */
        private synchronized void leave() {
            runner = null;
            Thread.interrupted();
        }

        private synchronized void interrupt() {
            if (runner != null) {
                runner.interrupt();
            }
        }
    }

    /** Cancelling it gives the call up, and says whether anything may have been sent. */
    private static final class Reply extends CompletableFuture<RemoteReply> {
        private final Call call;

        Reply(Call call) {
            this.call = call;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return call.giveUp(Reason.CANCELLED);
        }
    }
}
