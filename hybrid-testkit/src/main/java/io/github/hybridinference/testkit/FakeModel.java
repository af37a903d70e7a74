package io.github.hybridinference.testkit;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteReply.Finish;
import io.github.hybridinference.remote.RemoteRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model in the process that answers or fails as a test says, for an engine that is otherwise real.
 *
 * <pre>{@code
 * FakeModel model = FakeModel.failing(Fault.RATE_LIMITED).then(Signals.buy(0.8));
 * InferenceEngine engine = InferenceEngine.builder().remote(model).build();
 * }</pre>
 *
 * <p>Each attempt takes the next step, and the last one is repeated for all that follow: the model above limits the rate once
 * and then always says BUY. Replies are texts that the engine verifies like any other. It replies on the asking thread, unless
 * {@link #after} says otherwise. Thread-safe.
 *
 * @since 0.1.0
 */
public final class FakeModel implements RemoteModel {
    private static final String NAME = "fake-model";
    private static final long INPUT_TOKENS = 300;
    private static final long OUTPUT_TOKENS = 60;
    private static final String PLAIN = Signals.replyText(Signals.hold(0.6));

    /** What becomes of an attempt. */
    @FunctionalInterface
    private interface Step {
        void play(RemoteRequest request, CompletableFuture<RemoteReply> future, Usage usage);
    }

    private final List<Step> steps = new ArrayList<>();
    private final List<RemoteRequest> requests = new ArrayList<>();
    private final List<CompletableFuture<RemoteReply>> futures = new ArrayList<>();
    private ModelIdentity identity = new ModelIdentity(NAME, "fake-prompt", "");
    private OptionalLong costNanoUsd = OptionalLong.of(0);
    private Duration delay = Duration.ZERO;
    private @Nullable ScheduledExecutorService timer;

    private FakeModel() {}

    /**
     * Makes a model that says BUY.
     *
     * @param confidence how sure, in (0, 1]
     * @return a new model
     */
    public static FakeModel buying(double confidence) {
        return answering(Signals.buy(confidence));
    }

    /**
     * Makes a model that says SELL.
     *
     * @param confidence how sure, in (0, 1]
     * @return a new model
     */
    public static FakeModel selling(double confidence) {
        return answering(Signals.sell(confidence));
    }

    /**
     * Makes a model that says HOLD.
     *
     * @param confidence how sure, in [0, 1]
     * @return a new model
     */
    public static FakeModel holding(double confidence) {
        return answering(Signals.hold(confidence));
    }

    /**
     * Makes a model whose first step is an answer.
     *
     * @param signal the signal
     * @return a new model
     * @throws IllegalArgumentException as {@link #then(TradingSignal)}
     */
    public static FakeModel answering(TradingSignal signal) {
        return new FakeModel().then(signal);
    }

    /**
     * Makes a model that answers each request as a function does.
     *
     * @param function gives the signal; one that throws is a fault of the model's own, for which the engine gives INTERNAL
     * @return a new model
     */
    public static FakeModel answeringBy(Function<? super RemoteRequest, TradingSignal> function) {
        Objects.requireNonNull(function, "function");
        return new FakeModel()
                .add((request, future, usage) ->
                        future.complete(reply(Signals.replyText(function.apply(request)), Finish.STOP, usage)));
    }

    /**
     * Makes a model whose first step is a fault.
     *
     * @param fault what goes wrong
     * @return a new model
     */
    public static FakeModel failing(Fault fault) {
        return new FakeModel().then(fault);
    }

    // ---- the steps

    /**
     * Adds an answer.
     *
     * @param signal the signal
     * @return this model
     * @throws IllegalArgumentException if it says BUY or SELL without a stop, a target or any confidence, which the engine
     *     would reject; to see that, reply with a text
     */
    public FakeModel then(TradingSignal signal) {
        if (signal.action() != Action.HOLD
                && (signal.stopLossPct().isEmpty() || signal.takeProfitPct().isEmpty() || signal.confidence() == 0)) {
            throw new IllegalArgumentException(
                    "a model's BUY or SELL has a stop, a target and a confidence above 0, else the engine rejects it");
        }
        return thenReplying(Signals.replyText(signal));
    }

    /**
     * Adds a fault.
     *
     * @param fault what goes wrong
     * @return this model
     */
    public FakeModel then(Fault fault) {
        return switch (fault) {
            case HANG -> add((request, future, usage) -> {});
            case CONNECTION_RESET -> fails(new RemoteException(Reason.UNAVAILABLE));
            case SERVER_ERROR -> fails(status(Reason.UNAVAILABLE, 500, Optional.empty()));
            case OVERLOADED -> fails(status(Reason.UNAVAILABLE, 503, Optional.empty()));
            case RATE_LIMITED -> thenRateLimited(Duration.ofSeconds(1));
            case BAD_REQUEST -> fails(status(Reason.REJECTED, 400, Optional.empty()));
            case UNAUTHORIZED -> fails(status(Reason.UNAUTHORIZED, 401, Optional.empty()));
            case UNPAID -> fails(status(Reason.UNPAID, 402, Optional.empty()));
            case BLANK -> thenReplying("   ");
            case TRUNCATED -> replies(PLAIN.substring(0, PLAIN.length() / 2), Finish.LENGTH);
            case OUT_OF_RESOURCES -> replies("", Finish.INSUFFICIENT_RESOURCES);
            case CONTENT_FILTERED -> replies("", Finish.CONTENT_FILTER);
            case REFUSAL, MALFORMED, OUT_OF_RANGE -> thenReplying(FaultyReplies.text(fault));
            case CONTRADICTING ->
                add((request, future, usage) ->
                        future.complete(reply(contradiction(request.snapshot()), Finish.STOP, usage)));
        };
    }

    /**
     * Adds status 429.
     *
     * @param retryAfter how long the service asks to wait
     * @return this model
     */
    public FakeModel thenRateLimited(Duration retryAfter) {
        return fails(status(Reason.RATE_LIMITED, 429, Optional.of(retryAfter)));
    }

    /**
     * Adds a complete reply of any content, which the engine verifies.
     *
     * @param text what the model writes
     * @return this model
     */
    public FakeModel thenReplying(String text) {
        return replies(Objects.requireNonNull(text, "text"), Finish.STOP);
    }

    // ---- its properties

    /**
     * Sets its name, which belongs to the cache's key and is the name of its component in the health report.
     *
     * @param name the name
     * @return this model
     */
    public synchronized FakeModel named(String name) {
        identity = new ModelIdentity(name, identity.promptVersion(), identity.parameters());
        return this;
    }

    /**
     * Sets what an attempt costs: what it quotes, and what a reply then costs. By default that is nothing.
     *
     * @param nanoUsd billionths of a US dollar, not negative
     * @return this model
     * @throws IllegalArgumentException if it is negative
     */
    public synchronized FakeModel costing(long nanoUsd) {
        if (nanoUsd < 0) {
            throw new IllegalArgumentException("a cost is not negative");
        }
        costNanoUsd = OptionalLong.of(nanoUsd);
        return this;
    }

    /**
     * Lets it have no known price: its quotes and costs are empty.
     *
     * @return this model
     */
    public synchronized FakeModel unpriced() {
        costNanoUsd = OptionalLong.empty();
        return this;
    }

    /**
     * Lets all that it does take time from now on.
     *
     * @param latency from the request to the reply or failure, not negative
     * @param scheduler completes it, usually {@link ManualClock#scheduler()}
     * @return this model
     * @throws IllegalArgumentException if the time is negative
     */
    public synchronized FakeModel after(Duration latency, ScheduledExecutorService scheduler) {
        if (latency.isNegative()) {
            throw new IllegalArgumentException("a latency is not negative");
        }
        delay = latency;
        timer = Objects.requireNonNull(scheduler, "scheduler");
        return this;
    }

    // ---- what happened

    /**
     * Returns what was sent to it.
     *
     * @return the request of each attempt, in the order of asking
     */
    public synchronized List<RemoteRequest> requests() {
        return List.copyOf(requests);
    }

    /**
     * Counts the attempts, retries included.
     *
     * @return how often it was asked
     */
    public synchronized int attempts() {
        return requests.size();
    }

    /**
     * Counts the attempts that the engine aborted.
     *
     * @return how many were cancelled before they were over
     */
    public synchronized int aborted() {
        return (int) futures.stream().filter(CompletableFuture::isCancelled).count();
    }

    // ---- the model

    @Override
    public synchronized ModelIdentity identity() {
        return identity;
    }

    @Override
    public synchronized OptionalLong worstCostNanoUsd(RemoteRequest request) {
        return costNanoUsd;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation cancels a timer and cannot fail
    public CompletableFuture<RemoteReply> ask(RemoteRequest request) {
        CompletableFuture<RemoteReply> future = new CompletableFuture<>();
        Step step;
        Usage usage;
        ScheduledExecutorService scheduler;
        Duration latency;
        synchronized (this) {
            step = steps.get(Math.min(requests.size(), steps.size() - 1));
            usage = new Usage(0, INPUT_TOKENS, OUTPUT_TOKENS, 0, costNanoUsd);
            scheduler = timer;
            latency = delay;
            requests.add(request);
            futures.add(future);
        }
        if (scheduler == null) {
            play(step, request, future, usage);
        } else {
            ScheduledFuture<?> reply = scheduler.schedule(
                    () -> play(step, request, future, usage), latency.toNanos(), TimeUnit.NANOSECONDS);
            future.whenComplete((ignored, failure) -> reply.cancel(false));
        }
        return future;
    }

    private static void play(Step step, RemoteRequest request, CompletableFuture<RemoteReply> future, Usage usage) {
        try {
            step.play(request, future, usage);
        } catch (RuntimeException | Error thrown) { // a scheduler would swallow it, and the engine wait in vain
            future.completeExceptionally(thrown);
        }
    }

    private synchronized FakeModel add(Step step) {
        steps.add(step);
        return this;
    }

    private FakeModel fails(RemoteException failure) {
        return add((request, future, usage) -> future.completeExceptionally(failure));
    }

    private FakeModel replies(String text, Finish finish) {
        return add((request, future, usage) -> future.complete(reply(text, finish, usage)));
    }

    private static RemoteReply reply(String text, Finish finish, Usage usage) {
        return new RemoteReply(text, finish, usage, NAME);
    }

    private static RemoteException status(Reason reason, int status, Optional<Duration> retryAfter) {
        return RemoteException.ofStatus(reason, status, retryAfter, Optional.empty());
    }

    private static String contradiction(AnonymizedSnapshot sent) {
        for (int i = 0; i < sent.size(); i++) {
            String name = sent.feature(i).name().toLowerCase(Locale.ROOT);
            if (sent.feature(i).equals(Feature.RSI_14) || name.startsWith("rsi")) {
                return FaultyReplies.contradicting(name, sent.value(i));
            }
        }
        return PLAIN;
    }
}
