package io.github.hybridinference;

import io.github.hybridinference.InferenceFactory.ComplexInference;
import io.github.hybridinference.RemoteCall.Answered;
import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.internal.EngineThreads;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.FatalErrors;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Usage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One caller who waits for an in-flight call, no longer than his own deadline.
 *
 * <p>Result, deadline, cancellation and interrupt race for him; the one that moves his state on decides what he gets. Each
 * caller has a future of his own, so that cancelling it does not touch the others. A blocking caller makes his answer on
 * his own thread; an asynchronous one gets it in a task of the engine's executor.
 */
final class PendingInference extends CompletableFuture<Inference> {
    /**
     * How a caller takes his answer: the path is the same for both, but only one who does not block needs a future for an
     * answer that is there at once.
     *
     * @param <T> what the caller gets
     */
    interface Mode<T> {
        /** For {@link InferenceEngine#infer}. */
        Mode<Inference> BLOCKING = new Mode<>() {
            @Override
            public Inference now(Inference answer) {
                return answer;
            }

            @Override
            public Inference later(PendingInference pending) {
                return pending.await();
            }
        };

        /** For {@link InferenceEngine#inferAsync}. */
        Mode<CompletableFuture<Inference>> ASYNCHRONOUS = new Mode<>() {
            @Override
            public CompletableFuture<Inference> now(Inference answer) {
                return CompletableFuture.completedFuture(answer);
            }

            @Override
            public CompletableFuture<Inference> later(PendingInference pending) {
                return pending;
            }
        };

        T now(Inference answer);

        T later(PendingInference pending);

        /** A call was made for this caller: goes on with it, at once or together with others. */
        default void begin(InFlightCall call, Consumer<InFlightCall> goOn) {
            goOn.accept(call);
        }
    }

    private enum State {
        WAITING,
        /** It is settled what the caller gets. */
        SETTLED,
        /** He gets the rules' answer because the time was up; the model's answer becomes a revision. */
        TIMED_OUT,
        /** He was given what was settled. */
        ANSWERED,
        /** The time was up, and the revision is there. */
        REVISED,
        /** He has given up. */
        GONE
    }

    private final ComplexInference inference;
    private final Deadline deadline;
    private final String decisionId;
    private final InferenceFactory factory;
    private final EngineThreads threads;
    private final @Nullable Thread blocked;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<Optional<Inference>> revision = new CompletableFuture<>();
    private @Nullable Result result;
    private Usage share = Usage.NONE;
    private volatile @Nullable InFlightCall call;
    private volatile @Nullable ScheduledFuture<?> alarm;

    PendingInference(
            ComplexInference inference,
            Deadline deadline,
            InferenceFactory factory,
            EngineThreads threads,
            @Nullable Thread blocked) {
        this.inference = inference;
        this.deadline = deadline;
        this.decisionId = factory.ids().get();
        this.factory = factory;
        this.threads = threads;
        this.blocked = blocked;
    }

    ComplexInference inference() {
        return inference;
    }

    Deadline deadline() {
        return deadline;
    }

    String decisionId() {
        return decisionId;
    }

    long nextBarEndMs() {
        return inference.snapshot().nextBarEndMs();
    }

    /** Called once, when the call has let the caller join. */
    void joined(InFlightCall joined) {
        call = joined;
        if (state.get() == State.WAITING) {
            alarm = threads.after(deadline.remainingNanos(), this::deadlineReached);
            if (state.get() != State.WAITING) {
                disarm(); // settled while the alarm was being set
            }
        }
    }

    /**
     * The call is over.
     *
     * @param usage what this caller is charged with if he takes the result
     * @return false if he does not take it, so that another is charged: one who has given up, and one whose time was up
     *     when a call fails, as there is no revision that could say what it cost
     */
    boolean settle(Result outcome, Usage usage) {
        result = outcome;
        share = usage;
        boolean takes = moveTo(State.SETTLED) || (outcome instanceof Answered && state.get() == State.TIMED_OUT);
        if (blocked != null) {
            LockSupport.unpark(blocked);
        }
        return takes;
    }

    /** Whether nothing is left to do for a caller whose result is settled: a blocking one goes on by himself. */
    boolean answersItself() {
        return state.get() == State.GONE || (blocked != null && state.get() != State.TIMED_OUT);
    }

    /** Gives the caller what was settled; done once, however often it is called. */
    void answer() {
        if (state.compareAndSet(State.SETTLED, State.ANSWERED)) {
            disarm();
            completeWith(this::made);
        } else if (state.compareAndSet(State.TIMED_OUT, State.REVISED)) {
            Optional<Inference> revised = Optional.empty();
            try {
                if (result instanceof Answered late) {
                    revised = Optional.of(factory.revision(id(), inference, late, share));
                }
            } finally {
                revision.complete(revised);
            }
        }
    }

    private void deadlineReached() {
        if (moveTo(State.TIMED_OUT)) {
            if (blocked == null) {
                completeWith(this::timedOut);
            } else {
                LockSupport.unpark(blocked);
            }
        } else if (blocked == null && state.get() == State.SETTLED) {
            answer(); // the task that is to do so still waits for a worker
        }
    }

    /** An answer is never left out, not even where making it fails fatally. */
    private void completeWith(Supplier<Inference> answer) {
        try {
            super.complete(answer.get());
        } catch (Throwable thrown) {
            super.completeExceptionally(thrown);
            throw thrown;
        }
    }

    private Inference await() {
        completeWith(this::awaited);
        return join();
    }

    /** The bounded wait of a blocking caller. It relies neither on the timer nor on the workers. */
    private Inference awaited() {
        while (state.get() == State.WAITING) {
            long leftNanos = deadline.remainingNanos();
            if (leftNanos <= 0) {
                moveTo(State.TIMED_OUT);
            } else if (!Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(this, leftNanos);
            } else if (moveTo(State.GONE)) {
                leave();
                return factory.fallback(id(), inference, Degradation.INTERRUPTED, Usage.NONE, null);
            }
        }
        disarm();
        return state.get() == State.SETTLED ? made() : timedOut();
    }

    private Inference made() {
        if (result instanceof Answered answered) {
            return factory.answered(id(), inference, answered, share);
        }
        return factory.fallback(
                id(),
                inference,
                result instanceof Failed failed ? failed.degradation() : Degradation.INTERNAL,
                share,
                null);
    }

    private Inference timedOut() {
        InFlightCall joined = call;
        boolean pays =
                joined != null && joined.isAskingModel() && joined.decisionId().equals(decisionId);
        return factory.fallback(
                id(),
                inference,
                Degradation.TIMEOUT,
                pays ? InFlightCall.UNSEEN : Usage.NONE,
                revision.minimalCompletionStage());
    }

    /** Without a reference to this object: an answer may be kept for long. */
    private Supplier<String> id() {
        String own = decisionId;
        return () -> own;
    }

    // A caller who completes his future himself, for example by a time-out of his own, gives up like one who cancels
    // it.

    @Override
    public boolean complete(Inference own) {
        return givesUp() && super.complete(own);
    }

    @Override
    public boolean completeExceptionally(Throwable own) {
        return givesUp() && super.completeExceptionally(own);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return givesUp() ? super.cancel(mayInterruptIfRunning) : isCancelled();
    }

    @Override
    public CompletableFuture<Inference> completeAsync(Supplier<? extends Inference> own, Executor executor) {
        executor.execute(() -> {
            try {
                complete(own.get());
            } catch (Throwable thrown) {
                FatalErrors.rethrowIfFatal(thrown);
                completeExceptionally(thrown);
            }
        });
        return this;
    }

    @Override
    public void obtrudeValue(Inference own) {
        givesUp();
        super.obtrudeValue(own);
    }

    @Override
    public void obtrudeException(Throwable own) {
        givesUp();
        super.obtrudeException(own);
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    @Override
    public Executor defaultExecutor() {
        return threads;
    }

    private boolean givesUp() {
        if (!moveTo(State.GONE)) {
            return false;
        }
        factory.cancelled();
        leave();
        return true;
    }

    private boolean moveTo(State next) {
        return state.compareAndSet(State.WAITING, next);
    }

    private void leave() {
        disarm();
        InFlightCall joined = call;
        if (joined != null) {
            joined.leave(this);
        }
    }

    private void disarm() {
        ScheduledFuture<?> set = alarm;
        if (set != null) {
            set.cancel(false);
        }
    }
}
