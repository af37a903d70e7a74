package io.github.hybridinference;

import io.github.hybridinference.InferenceFactory.ComplexInference;
import io.github.hybridinference.RemoteCall.Answered;
import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ChatCosts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a model, and the callers who wait for its result.
 *
 * <p>It ends once: with a result, at its limit, when the last waiting caller gives up, or when the engine closes. Its lock
 * guards who waits and whether it is over; no foreign code is called under it.
 */
final class InFlightCall {
    /** The consumption of an attempt whose cost is not known. */
    static final Usage UNSEEN = ChatCosts.UNSEEN;

    private final CacheKey key;
    private final AnonymizedSnapshot snapshot;
    private final String decisionId;
    private final Deadline limit;

    /** For the refresh of an entry, which starts without a waiting caller: how long it may retry. Null for all others. */
    private final @Nullable Deadline refreshPatience;

    private final Executor workers;

    private List<PendingInference> waiting = new ArrayList<>(1);
    private List<Runnable> whenOver = new ArrayList<>(4);
    private boolean over;
    private boolean limitReached;
    private long latestBarEndMs;

    /** What all models asked consumed; written by one stage after another. */
    private volatile Usage usage = Usage.NONE;

    private volatile boolean askingModel;
    private volatile @Nullable RemoteCall remoteCall;
    private volatile @Nullable CompletableFuture<Optional<CachedSignal>> lookUp;

    InFlightCall(
            CacheKey key,
            AnonymizedSnapshot snapshot,
            String decisionId,
            Deadline limit,
            long nextBarEndMs,
            @Nullable Deadline refreshPatience,
            Executor workers) {
        this.key = key;
        this.snapshot = snapshot;
        this.decisionId = decisionId;
        this.limit = limit;
        this.latestBarEndMs = nextBarEndMs;
        this.refreshPatience = refreshPatience;
        this.workers = workers;
    }

    CacheKey key() {
        return key;
    }

    AnonymizedSnapshot snapshot() {
        return snapshot;
    }

    String decisionId() {
        return decisionId;
    }

    /** When it ends at the latest. */
    Deadline limit() {
        return limit;
    }

    boolean isRefresh() {
        return refreshPatience != null;
    }

    /** The model that is being asked; there is one from the model chain on. */
    RemoteCall remoteCall() {
        RemoteCall current = remoteCall;
        if (current == null) {
            throw new IllegalStateException("no model is being asked");
        }
        return current;
    }

    void asks(RemoteCall model) {
        remoteCall = model;
    }

    /** What all attempts consumed; without a cost if that of one was not seen. */
    Usage usage() {
        return usage;
    }

    /** An attempt was settled; null if what it consumed was not seen. */
    void consumed(@Nullable Usage attempt) {
        usage = usage.plus(attempt == null ? UNSEEN : attempt);
    }

    boolean isAskingModel() {
        return askingModel;
    }

    /** The first attempt is about to be made; false if there was one before, at another model. */
    boolean startsAsking() {
        boolean first = !askingModel;
        askingModel = true;
        return first;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Whether it ended because its limit was reached. */
    synchronized boolean hasReachedLimit() {
        return limitReached;
    }

    /** The latest end of the next bar of all callers who joined, in milliseconds since 1970-01-01T00:00Z. */
    synchronized long latestBarEndMs() {
        return latestBarEndMs;
    }

    /** The time left to the waiting caller with the latest deadline. */
    synchronized long patienceNanos() {
        long longest = refreshPatience == null ? Long.MIN_VALUE : refreshPatience.remainingNanos();
        for (PendingInference caller : waiting) {
            longest = Math.max(longest, caller.deadline().remainingNanos());
        }
        return longest;
    }

    /** The inference of the caller who came first, which stands for all, as they have the same request; null if none waits. */
    synchronized @Nullable ComplexInference firstInference() {
        return waiting.isEmpty() ? null : waiting.get(0).inference();
    }

    /** A look into the shared cache that was begun for this call together with others. */
    void isLookedUpBy(CompletableFuture<Optional<CachedSignal>> look) {
        lookUp = look;
    }

    /** Returns the look that was begun, once: a later look is to see what was cached meanwhile. Null if there is none. */
    @Nullable CompletableFuture<Optional<CachedSignal>> takeLookUp() {
        CompletableFuture<Optional<CachedSignal>> begun = lookUp;
        lookUp = null;
        return begun;
    }

    /** Lets a caller wait for the result; false if the call is over. */
    synchronized boolean join(PendingInference caller) {
        if (over) {
            return false;
        }
        waiting.add(caller);
        latestBarEndMs = Math.max(latestBarEndMs, caller.nextBarEndMs());
        return true;
    }

    /** Runs when the call is over, before its callers are answered; at once if it is over already. */
    void whenOver(Runnable cleanUp) {
        synchronized (this) {
            if (!over) {
                whenOver.add(cleanUp);
                return;
            }
        }
        cleanUp.run();
    }

    /** A caller gives up. When the last one does, the call is over. */
    void leave(PendingInference caller) {
        boolean last;
        synchronized (this) {
            last = !over && waiting.remove(caller) && waiting.isEmpty();
        }
        if (last) {
            endIfDeserted();
        }
    }

    /** Ends a call that no caller waits for; false if one does. */
    boolean endIfDeserted() {
        List<Runnable> cleanUps;
        synchronized (this) {
            if (over || !waiting.isEmpty()) {
                return over;
            }
            cleanUps = markOver();
        }
        cleanUp(cleanUps);
        return true;
    }

    void endAtLimit() {
        synchronized (this) {
            limitReached = !over;
        }
        endHere(Failed.of(Degradation.TIMEOUT));
    }

    /**
     * Ends the call, unless it is over. What each caller gets is settled at once; each is then answered in a task of his
     * own, so that the code that continues with one answer does not delay another.
     *
     * @return the callers who waited
     */
    List<PendingInference> end(Result result) {
        List<PendingInference> callers = settle(result);
        callers.forEach(this::answerInTask);
        return callers;
    }

    /**
     * The same, but the caller who came first is answered on this thread, after the tasks of the others are under way. It
     * is his own thread if the call ends before it had to wait.
     */
    void endHere(Result result) {
        List<PendingInference> callers = settle(result);
        for (int i = 1; i < callers.size(); i++) {
            answerInTask(callers.get(i));
        }
        if (!callers.isEmpty() && !callers.get(0).answersItself()) {
            callers.get(0).answer();
        }
    }

    private void answerInTask(PendingInference caller) {
        if (!caller.answersItself()) {
            workers.execute(caller::answer);
        }
    }

    /** Settles what each caller gets, the first come first. */
    private List<PendingInference> settle(Result result) {
        List<PendingInference> callers;
        List<Runnable> cleanUps;
        synchronized (this) {
            if (over) {
                return List.of();
            }
            callers = waiting;
            cleanUps = markOver();
        }
        try {
            cleanUp(cleanUps);
        } finally {
            Usage share = shareOf(result);
            for (PendingInference caller : callers) {
                if (caller.settle(result, share)) {
                    share = Usage.NONE; // the first one is charged for all
                }
            }
        }
        return callers;
    }

    private Usage shareOf(Result result) {
        if (result instanceof Answered answered) {
            return answered.usage();
        }
        boolean cutShort = result instanceof Failed failed
                && (failed.degradation() == Degradation.TIMEOUT || failed.degradation() == Degradation.CLOSED)
                && failed.failure() == null;
        return cutShort && askingModel ? usage.plus(UNSEEN) : usage; // of the attempt under way nothing is known yet
    }

    /** Gives back all that was acquired, though one of the owner's parts may throw. */
    private static void cleanUp(List<Runnable> cleanUps) {
        for (int i = 0; i < cleanUps.size(); i++) {
            try {
                cleanUps.get(i).run();
            } catch (RuntimeException | Error thrown) {
                cleanUp(cleanUps.subList(i + 1, cleanUps.size()));
                throw thrown;
            }
        }
    }

    private List<Runnable> markOver() {
        over = true;
        waiting = List.of();
        List<Runnable> cleanUps = whenOver;
        whenOver = List.of();
        return cleanUps;
    }
}
