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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One caller who waits for a question's outcome, no longer than his own deadline.
 *
 * <p>Outcome, deadline, cancellation and interrupt race for him; whoever takes the claim answers, once. Each caller has a
 * future of his own, so that what one does to his does not touch another's.
 */
final class Waiter extends CompletableFuture<Inference> {
    private final Parts parts;
    private final Request request;
    private final Deadline deadline;
    private final String decisionId;
    private final AtomicBoolean claimed = new AtomicBoolean();
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
        if (!claimed.get()) {
            alarm = parts.threads().after(deadline.remainingNanos(), this::expire);
            if (claimed.get()) {
                disarm(); // answered while the alarm was being set
            }
        }
    }

    /** The flight has landed; {@code share} is what this caller is charged with. */
    void landed(Outcome outcome, Usage share) {
        if (claimed.compareAndSet(false, true)) {
            disarm();
            revision.complete(Optional.empty());
            answer(
                    outcome instanceof Outcome.Answered answered
                            ? parts.answers().answered(id(), request, answered, share)
                            : fallback(((Outcome.Failed) outcome).degradation(), null));
        } else {
            revision.complete(
                    outcome instanceof Outcome.Answered late
                            ? Optional.of(parts.answers().revision(id(), request, late, share))
                            : Optional.empty());
        }
    }

    /** The deadline has passed; the model's answer may still come as a revision. */
    void expire() {
        if (claimed.compareAndSet(false, true)) {
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
            if (claimed.compareAndSet(false, true)) {
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
        if (!claimed.compareAndSet(false, true)) {
            return false;
        }
        parts.meter().cancelled();
        leave();
        return true;
    }

    private void answer(Inference answer) {
        super.complete(answer);
    }

    private void leave() {
        disarm();
        revision.complete(Optional.empty());
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
