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
        if (!isDone()) {
            alarm = parts.threads().after(deadline.remainingNanos(), this::expire);
            if (isDone()) {
                disarm();
            }
        }
    }

    /** The flight has landed; {@code share} is what this caller is charged with. */
    void landed(Outcome outcome, Usage share) {
        if (claimed.compareAndSet(false, true)) {
            disarm();
            revision.complete(Optional.empty());
            complete(
                    outcome instanceof Outcome.Answered answered
                            ? parts.answers().answered(this::decisionId, request, answered, share)
                            : fallback(((Outcome.Failed) outcome).degradation(), null));
        } else {
            revision.complete(
                    outcome instanceof Outcome.Answered late
                            ? Optional.of(parts.answers().revision(this::decisionId, request, late, share))
                            : Optional.empty());
        }
    }

    /** The deadline has passed; the model's answer may still come as a revision. */
    void expire() {
        if (claimed.compareAndSet(false, true)) {
            complete(fallback(Degradation.TIMEOUT, revision.minimalCompletionStage()));
        }
    }

    /** Answers without a flight. */
    Inference refuse(Degradation degradation) {
        claimed.set(true);
        Inference answer = fallback(degradation, null);
        complete(answer);
        return answer;
    }

    /** The bounded wait of a blocking caller; does not rely on the timer. */
    Inference await() {
        try {
            return get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException passed) {
            expire();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            if (claimed.compareAndSet(false, true)) {
                disarm();
                complete(fallback(Degradation.INTERRUPTED, null));
                leave();
            }
        } catch (ExecutionException impossible) {
            throw new AssertionError("nobody else holds this future", impossible);
        }
        return join();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (claimed.compareAndSet(false, true)) {
            disarm();
            parts.meter().cancelled();
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            leave();
            return cancelled;
        }
        return isCancelled();
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
        return parts.answers().fallback(this::decisionId, request, degradation, laterAnswer);
    }

    private void leave() {
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
