package io.github.hybridinference;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Usage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One caller who waits for a question's outcome, no longer than his own deadline.
 *
 * <p>Outcome, deadline, cancellation and interrupt race for him; whoever moves his state on answers, once. Each caller has a
 * future of his own, so that what one does to his does not touch another's.
 */
final class Waiter extends CompletableFuture<Inference> {
    private enum State {
        /** Nobody has answered yet. */
        WAITS,
        /** Answered for good. */
        ANSWERED,
        /** Answered by the rules because the time was up; the model's answer is still of interest. */
        TIMED_OUT,
        /** He has given up, and wants to hear no more. */
        GONE
    }

    private final Parts parts;
    private final Request request;
    private final Deadline deadline;
    private final String decisionId;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITS);
    private final CompletableFuture<Optional<Inference>> revision = new CompletableFuture<>();
    private volatile @Nullable Flight flight;
    private volatile @Nullable ScheduledFuture<?> alarm;

    Waiter(Parts parts, Request request, Deadline deadline) {
        this.parts = parts;
        this.request = request;
        this.deadline = deadline;
        this.decisionId = parts.answers().ids().get();
    }

    Request request() {
        return request;
    }

    Deadline deadline() {
        return deadline;
    }

    String decisionId() {
        return decisionId;
    }

    /** Called once, when the flight has taken him aboard. */
    void boarded(Flight joined) {
        flight = joined;
        if (state.get() == State.WAITS) {
            alarm = parts.threads().after(deadline.remainingNanos(), this::expire);
            if (state.get() != State.WAITS) {
                disarm(); // answered while the alarm was being set
            }
        }
    }

    /**
     * The flight has landed.
     *
     * @param share what this caller is charged with
     * @return false if he is gone: then it is to be charged to another
     */
    boolean landed(Outcome outcome, Usage share) {
        if (moveTo(State.ANSWERED)) {
            disarm();
            answer(
                    outcome instanceof Outcome.Answered answered
                            ? parts.answers().answered(id(), request, answered, share)
                            : fallback(((Outcome.Failed) outcome).degradation(), null));
            return true;
        }
        boolean listens = state.get() == State.TIMED_OUT;
        revision.complete(
                listens && outcome instanceof Outcome.Answered late
                        ? Optional.of(parts.answers().revision(id(), request, late, share))
                        : Optional.empty());
        return listens;
    }

    /** The deadline has passed; the model's answer may still come as a revision. */
    void expire() {
        if (moveTo(State.TIMED_OUT)) {
            answer(fallback(Degradation.TIMEOUT, revision.minimalCompletionStage()));
        }
    }

    /** The bounded wait of a blocking caller; does not rely on the timer. */
    Inference await() {
        try {
            while (!deadline.isExpired()) {
                try {
                    return get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException early) {
                    // the deadline runs on a clock of its own, which need not agree with that of the wait
                }
            }
            expire();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            if (moveTo(State.GONE)) {
                leave();
                answer(fallback(Degradation.INTERRUPTED, null));
            }
        } catch (ExecutionException impossible) {
            throw new AssertionError("nobody else holds this future", impossible);
        }
        return join();
    }

    /** Whoever completes his future himself, by a timeout of his own for example, gives up the wait like one who cancels. */
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
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    @Override
    public Executor defaultExecutor() {
        return parts.threads();
    }

    private Inference fallback(Degradation degradation, @Nullable CompletionStage<Optional<Inference>> laterAnswer) {
        return parts.answers().fallback(id(), request, degradation, laterAnswer);
    }

    /** Without a way back to this waiter: an answer may be kept for long. */
    private Supplier<String> id() {
        String own = decisionId;
        return () -> own;
    }

    private boolean givesUp() {
        if (!moveTo(State.GONE)) {
            return false;
        }
        parts.meter().cancelled();
        leave();
        return true;
    }

    private boolean moveTo(State next) {
        return state.compareAndSet(State.WAITS, next);
    }

    private void answer(Inference answer) {
        super.complete(answer);
    }

    private void leave() {
        disarm();
        Flight joined = flight;
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
