package io.github.hybridinference.testing;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A model that does what a test says: each exchange is completed by the next step of a script, or by hand.
 *
 * <p>Without a script an exchange stays open. Everything runs on the thread that causes it. Thread-safe.
 */
public final class FakeModel implements RemoteModel, AutoCloseable {
    /** One attempt, to be completed by a test. */
    public static final class Exchange {
        private final RemoteRequest request;
        private final CompletableFuture<RemoteReply> future = new CompletableFuture<>();

        private Exchange(RemoteRequest request) {
            this.request = request;
        }

        /**
         * Returns what was asked.
         *
         * @return the request of this attempt
         */
        public RemoteRequest request() {
            return request;
        }

        /**
         * Answers it.
         *
         * @param reply the reply
         */
        public void reply(RemoteReply reply) {
            future.complete(reply);
        }

        /**
         * Lets it fail.
         *
         * @param thrown why
         */
        public void fail(Throwable thrown) {
            future.completeExceptionally(thrown);
        }

        /**
         * Tells whether it is complete.
         *
         * @return true after a reply, a failure or a cancellation
         */
        public boolean isOver() {
            return future.isDone();
        }

        /**
         * Tells whether the engine aborted it.
         *
         * @return true after a cancellation
         */
        public boolean isCancelled() {
            return future.isCancelled();
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ModelIdentity identity;
    private final Deque<Consumer<Exchange>> script = new ArrayDeque<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final AtomicInteger warmUps = new AtomicInteger();
    private final AtomicInteger closings = new AtomicInteger();
    private Consumer<Exchange> otherwise = open -> {};
    private volatile Supplier<OptionalLong> quote = () -> OptionalLong.of(0);

    /** Makes a model that leaves every exchange open and costs nothing. */
    public FakeModel() {
        this("fake-model");
    }

    /**
     * Makes a model that leaves every exchange open and costs nothing.
     *
     * @param name the name in its identity
     */
    public FakeModel(String name) {
        identity = new ModelIdentity(name, "fake-prompt", "");
    }

    /**
     * Says what becomes of the next attempt that nothing was said about yet.
     *
     * @param step completes the exchange, or does not; what it throws, {@link #ask} throws
     * @return this model
     */
    public synchronized FakeModel then(Consumer<Exchange> step) {
        script.add(step);
        return this;
    }

    /**
     * Says what becomes of all attempts beyond the script.
     *
     * @param step completes the exchange, or does not
     * @return this model
     */
    public synchronized FakeModel always(Consumer<Exchange> step) {
        otherwise = step;
        return this;
    }

    /**
     * Sets what it quotes for an attempt.
     *
     * @param worstNanoUsd gives the quote; what it throws, {@link #worstCostNanoUsd} throws
     * @return this model
     */
    public FakeModel quoting(Supplier<OptionalLong> worstNanoUsd) {
        quote = worstNanoUsd;
        return this;
    }

    /**
     * Makes a step that answers.
     *
     * @param reply the reply
     * @return a step
     */
    public static Consumer<Exchange> replying(RemoteReply reply) {
        return exchange -> exchange.reply(reply);
    }

    /**
     * Makes a step that fails.
     *
     * @param reason why
     * @return a step
     */
    public static Consumer<Exchange> failing(RemoteException.Reason reason) {
        return exchange -> exchange.fail(new RemoteException(reason));
    }

    /**
     * Makes a step that fails.
     *
     * @param thrown why
     * @return a step
     */
    public static Consumer<Exchange> failing(Throwable thrown) {
        return exchange -> exchange.fail(thrown);
    }

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    @Override
    public OptionalLong worstCostNanoUsd(RemoteRequest request) {
        return quote.get();
    }

    @Override
    public CompletableFuture<RemoteReply> ask(RemoteRequest request) {
        Exchange exchange = new Exchange(request);
        Consumer<Exchange> step;
        synchronized (this) {
            exchanges.add(exchange);
            notifyAll();
            step = script.isEmpty() ? otherwise : script.remove();
        }
        step.accept(exchange);
        return exchange.future;
    }

    @Override
    public void warmUp() {
        warmUps.incrementAndGet();
    }

    @Override
    public void close() {
        closings.incrementAndGet();
    }

    /**
     * Returns one of the attempts, and waits for it if it must.
     *
     * @param index from 0, in the order of asking
     * @return the exchange
     * @throws AssertionError if it does not come before long
     */
    public synchronized Exchange exchange(int index) {
        Deadline patience = Deadline.after(PATIENCE);
        try {
            while (exchanges.size() <= index && !patience.isExpired()) {
                TimeUnit.NANOSECONDS.timedWait(this, patience.remainingNanos());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (exchanges.size() <= index) {
            throw new AssertionError("the model was asked " + exchanges.size() + " times only");
        }
        return exchanges.get(index);
    }

    /**
     * Counts the attempts.
     *
     * @return how often it was asked
     */
    public synchronized int attempts() {
        return exchanges.size();
    }

    /**
     * Counts the attempts that the engine aborted.
     *
     * @return how many exchanges were cancelled
     */
    public synchronized int cancellations() {
        return (int) exchanges.stream().filter(Exchange::isCancelled).count();
    }

    /**
     * Counts the warm-ups.
     *
     * @return how often it was told to warm up
     */
    public int warmUps() {
        return warmUps.get();
    }

    /**
     * Counts the closings.
     *
     * @return how often it was closed
     */
    public int closings() {
        return closings.get();
    }
}
