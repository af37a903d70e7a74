package io.github.hybridinference;

import io.github.hybridinference.cache.CallLease.Lease;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * One question under way, and all who wait for its outcome.
 *
 * <p>It ends once: with an answer, a failure, its limit, the last waiter's leaving or the engine's close. Its lock guards
 * who is aboard and whether it is over, and is never held while anything of others is called.
 */
final class Flight {
    private final Parts parts;
    private final CacheKey key;
    private final AnonymizedSnapshot told;
    private final String decisionId;
    private final long nextBarEndMs;
    private final Deadline limit;

    /** How long a flight without passengers, the renewal of an entry, may go on retrying; null for all others. */
    private final @Nullable Deadline ownPatience;

    private final Runnable onLanding;

    private List<Waiter> aboard = new ArrayList<>();
    private boolean over;
    private boolean ranOut;
    private boolean sent;
    private @Nullable Future<?> exchange;
    private @Nullable Lease lease;
    private @Nullable ScheduledFuture<?> limitAlarm;

    private Flight(
            Parts parts,
            CacheKey key,
            AnonymizedSnapshot told,
            String decisionId,
            long nextBarEndMs,
            @Nullable Deadline ownPatience,
            Runnable onLanding) {
        this.parts = parts;
        this.key = key;
        this.told = told;
        this.decisionId = decisionId;
        this.nextBarEndMs = nextBarEndMs;
        this.limit = Deadline.afterNanos(
                parts.settings().remoteTimeout().toNanos(), parts.settings().nanoClock());
        this.ownPatience = ownPatience;
        this.onLanding = onLanding;
    }

    static Flight of(Parts parts, CacheKey key, AnonymizedSnapshot told, Waiter first, Runnable onLanding) {
        Flight flight = new Flight(
                parts, key, told, first.decisionId(), first.request().snapshot().nextBarEndMs(), null, onLanding);
        flight.aboard.add(first);
        return flight;
    }

    static Flight renewal(Parts parts, CacheKey key, AnonymizedSnapshot told, long nextBarEndMs, Runnable onLanding) {
        Deadline patience = Deadline.afterNanos(
                parts.settings().timeout().toNanos(), parts.settings().nanoClock());
        return new Flight(parts, key, told, parts.answers().ids().get(), nextBarEndMs, patience, onLanding);
    }

    CacheKey key() {
        return key;
    }

    AnonymizedSnapshot told() {
        return told;
    }

    String decisionId() {
        return decisionId;
    }

    long nextBarEndMs() {
        return nextBarEndMs;
    }

    /** When it ends whatever happens. */
    Deadline limit() {
        return limit;
    }

    /** Whether it began without anybody waiting: it renews an entry that is past its soft age. */
    boolean isRenewal() {
        return ownPatience != null;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Whether it ended because its limit was reached. */
    synchronized boolean hasRunOut() {
        return ranOut;
    }

    /** True the first time: a question that goes to one model after another is one question. */
    synchronized boolean isFirstSending() {
        boolean first = !sent;
        sent = true;
        return first;
    }

    /** The time left to the most patient of those who wait. */
    synchronized long patienceNanos() {
        long longest = ownPatience == null ? Long.MIN_VALUE : ownPatience.remainingNanos();
        for (Waiter waiter : aboard) {
            longest = Math.max(longest, waiter.deadline().remainingNanos());
        }
        return longest;
    }

    /** Sets the alarm for the limit; called once, before anything else is done with the flight. */
    void start() {
        ScheduledFuture<?> alarm = parts.threads().after(limit.remainingNanos(), this::runOut);
        synchronized (this) {
            if (!over) {
                limitAlarm = alarm;
                return;
            }
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    private void runOut() {
        synchronized (this) {
            ranOut = !over;
        }
        abort(Degradation.TIMEOUT);
    }

    /** Takes one more aboard; false if it is over. */
    synchronized boolean board(Waiter waiter) {
        return !over && aboard.add(waiter);
    }

    /** A renewal ends since another process is at it; unless somebody has come aboard meanwhile. */
    boolean givesWay() {
        Ending ending;
        synchronized (this) {
            if (!isRenewal() || !aboard.isEmpty()) {
                return false;
            }
            ending = endLocked();
        }
        if (ending != null) {
            finish(ending, new Outcome.Failed(Degradation.CLOSED));
        }
        return true;
    }

    /** One gives up; when the last does, the question is dropped. */
    void leave(Waiter waiter) {
        Ending ending;
        synchronized (this) {
            if (!aboard.remove(waiter) || !aboard.isEmpty()) {
                return;
            }
            ending = endLocked();
        }
        if (ending != null) {
            abort(ending);
            finish(ending, new Outcome.Failed(Degradation.CLOSED));
        }
    }

    /** An exchange with a model is under way for this flight, and ends with it. */
    void carries(Future<?> sending) {
        synchronized (this) {
            if (!over) {
                exchange = sending;
                return;
            }
        }
        parts.shielded(() -> sending.cancel(true));
    }

    /** This process is the one of the fleet that asks; the right goes back when the flight ends. */
    void holds(Lease granted) {
        synchronized (this) {
            if (!over) {
                lease = granted;
                return;
            }
        }
        parts.shielded(granted::release);
    }

    void land(Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered && answered.source() == Source.REMOTE) {
            // before anybody can find the flight gone: whoever misses the flight finds the entry
            parts.memory().remember(key, answered.answer());
        }
        Ending ending;
        synchronized (this) {
            ending = endLocked();
        }
        if (ending != null) {
            finish(ending, outcome);
        }
    }

    void abort(Degradation degradation) {
        Ending ending;
        synchronized (this) {
            ending = endLocked();
        }
        if (ending != null) {
            abort(ending);
            finish(ending, new Outcome.Failed(degradation));
        }
    }

    private @Nullable Ending endLocked() {
        if (over) {
            return null;
        }
        over = true;
        Ending ending = new Ending(aboard, exchange, lease, limitAlarm);
        aboard = new ArrayList<>(0);
        return ending;
    }

    private void finish(Ending ending, Outcome outcome) {
        if (ending.limitAlarm != null) {
            ending.limitAlarm.cancel(false);
        }
        onLanding.run();
        if (ending.lease != null) {
            parts.shielded(ending.lease::release);
        }
        Usage share = outcome instanceof Outcome.Answered answered ? answered.usage() : Usage.NONE;
        for (Waiter waiter : ending.aboard) {
            if (waiter.landed(outcome, share)) {
                share = Usage.NONE; // the first one is charged, the others rode along
            }
        }
    }

    private void abort(Ending ending) {
        Future<?> underWay = ending.exchange;
        if (underWay != null) {
            parts.shielded(() -> underWay.cancel(true));
        }
    }

    private record Ending(
            List<Waiter> aboard,
            @Nullable Future<?> exchange,
            @Nullable Lease lease,
            @Nullable ScheduledFuture<?> limitAlarm) {}
}
