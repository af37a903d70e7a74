package io.github.hybridinference.redis;

import io.github.hybridinference.budget.Budget.Reservation;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.budget.BudgetDecision.Granted;
import io.github.hybridinference.budget.BudgetDecision.Refused;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.FatalErrors;
import io.github.hybridinference.redis.RedisFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * This instance's account on a day's sheet.
 *
 * <p>One post is under way at a time; reservations requested meanwhile wait for the next, which takes all of them. So an
 * older post never overwrites a newer one. The lock guards the figures, and is not held while futures are completed or Redis
 * is called.
 */
final class BudgetAccount {
    /** Longer than any time limit of the gateway, so that the gateway's applies. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The most reservations in one post: while a script runs, Redis serves nothing else. */
    private static final int LARGEST_POST = 256;

    private final Gateway gateway;
    private final LocalDate day;
    private final long cap;
    private final double localShare;
    private final BudgetSheet sheet;

    private List<Waiting> waiting = new ArrayList<>();
    private boolean posting;
    private boolean changed;
    private boolean failed;
    private long number;
    private long spent;
    private long reserved;
    private long othersSpent;
    private long othersReserved;

    /** Set while the last post was without a result. */
    private @Nullable Outage outage;

    /** What may be granted until Redis answers again; null for nothing. */
    private @Nullable Allowance localAllowance;

    /**
     * Makes an account that has not posted yet.
     *
     * @param localShare the part of what is left that may be spent without Redis; 0 for nothing
     * @param wholeCapIsLeft whether the whole cap is known to be left
     */
    BudgetAccount(
            Gateway gateway, List<byte[]> keys, LocalDate day, long cap, double localShare, boolean wholeCapIsLeft) {
        this.gateway = gateway;
        this.sheet = new BudgetSheet(keys, UUID.randomUUID().toString(), cap);
        this.day = day;
        this.cap = cap;
        this.localShare = localShare;
        this.localAllowance = wholeCapIsLeft ? allowance(cap) : null;
    }

    /** An amount that grows only by what reservations taken from it turn out not to have cost. */
    private static final class Allowance {
        private long left;

        Allowance(long left) {
            this.left = left;
        }

        boolean take(long amount) {
            boolean enough = amount <= left;
            left -= enough ? amount : 0;
            return enough;
        }
    }

    /** Since when posts are without a result, and why the last one was. */
    private record Outage(Instant since, Kind why) {}

    /** A reservation that waits for the result of a post. */
    private record Waiting(long amount, CompletableFuture<BudgetDecision> decision) {}

    private static final class Post {
        final List<Waiting> reservations;
        final long number;
        final long spent;
        final long reserved;

        /** Why it failed, if it does. */
        volatile Kind why;

        Post(List<Waiting> reservations, long number, long spent, long reserved, Kind why) {
            this.reservations = reservations;
            this.number = number;
            this.spent = spent;
            this.reserved = reserved;
            this.why = why;
        }

        long[] amounts() {
            return reservations.stream().mapToLong(Waiting::amount).toArray();
        }
    }

    LocalDate day() {
        return day;
    }

    /** Whether this instance has a share that it may spend without Redis. */
    synchronized boolean hasShare() {
        return localAllowance != null;
    }

    CompletionStage<BudgetDecision> reserve(long amount) {
        Waiting reservation = new Waiting(amount, new CompletableFuture<>());
        synchronized (this) {
            waiting.add(reservation);
        }
        postIfDue();
        return reservation.decision;
    }

    synchronized BudgetState state() {
        return new BudgetState(OptionalLong.of(cap), othersSpent + spent, othersReserved + reserved, trouble());
    }

    /** What is wrong, since when, what it means for attempts, and the cure. */
    private Optional<String> trouble() {
        String attempts = localShare > 0 ? "attempts are limited to the local share" : "attempts are refused";
        if (outage != null) {
            return Optional.of("the budget's account in Redis is out of reach since "
                    + outage.since.truncatedTo(ChronoUnit.SECONDS) + ": " + outage.why.words() + "; " + attempts
                    + "; to cure it, " + outage.why.cure());
        }
        return gateway.trouble().map(what -> what + "; " + attempts);
    }

    /** Posts the account again, if it has posted before: Redis is back, and may have lost the sheet. */
    void putBack() {
        synchronized (this) {
            changed |= number > 0;
        }
        postAgain();
    }

    /** Posts what has changed, even if the last post failed. */
    private void postAgain() {
        synchronized (this) {
            failed = false;
        }
        postIfDue();
    }

    /** Makes at most one post on the calling thread; what is due after it is posted by a thread of the gateway. */
    private void postIfDue() {
        Post post = begin();
        if (post != null) {
            try {
                Object unused = send(post).thenAccept(reply -> end(post, reply));
            } catch (Throwable thrown) { // such as a stack that overflowed; the next post must not wait for this one
                end(post, Optional.empty());
                FatalErrors.rethrowIfFatal(thrown);
            }
        }
    }

    private boolean isDue() {
        return !waiting.isEmpty() || (changed && !failed && gateway.isHealthy());
    }

    private synchronized @Nullable Post begin() {
        if (posting || !isDue()) {
            return null;
        }
        posting = true;
        changed = false;
        int taken = Math.min(waiting.size(), LARGEST_POST);
        Kind why = gateway.isHealthy() ? Kind.NO_ANSWER : gateway.why();
        Post post = new Post(List.copyOf(waiting.subList(0, taken)), ++number, spent, reserved, why);
        waiting = new ArrayList<>(waiting.subList(taken, waiting.size()));
        return post;
    }

    private CompletableFuture<Optional<BudgetSheet.Reply>> send(Post post) {
        if (!gateway.isHealthy()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return gateway.callWithPriority(
                Deadline.after(PATIENCE),
                port -> {
                    try {
                        BudgetSheet.Reply reply =
                                sheet.post(port, post.number, post.spent, post.reserved, post.amounts());
                        gateway.accepted();
                        return Optional.of(reply);
                    } catch (RedisFailure failure) {
                        post.why = failure.kind();
                        throw failure;
                    }
                },
                Optional.empty());
    }

    private void end(Post post, Optional<BudgetSheet.Reply> reply) {
        boolean counted = reply.isPresent() && reply.get().counted();
        boolean[] granted = new boolean[post.reservations.size()];
        Allowance from;
        boolean more;
        synchronized (this) {
            posting = false;
            failed = reply.isEmpty();
            changed |= !counted;
            Kind cause = failed ? post.why : Kind.COUNTING;
            outage = counted ? null : new Outage(outage == null ? gateway.now() : outage.since, cause);
            from = counted ? null : localAllowance;
            for (int i = 0; i < granted.length; i++) {
                long amount = post.reservations.get(i).amount;
                granted[i] = counted ? isGranted(reply.get(), i, amount) : from != null && from.take(amount);
                reserved += granted[i] ? amount : 0;
            }
            if (counted) {
                learn(reply.get());
            }
            more = isDue();
        }
        if (more) {
            gateway.runWithPriority(this::postIfDue);
        }
        Refused refusal = counted ? Refused.EXHAUSTED : Refused.UNREACHABLE;
        for (int i = 0; i < granted.length; i++) {
            Waiting reservation = post.reservations.get(i);
            reservation.decision.complete(granted[i] ? new Granted(reservation(reservation.amount, from)) : refusal);
        }
    }

    /** Not whatever the reply says: a wrong one must not let this instance alone pass the cap. */
    private boolean isGranted(BudgetSheet.Reply reply, int index, long amount) {
        boolean grantedByReply = reply.grants().charAt(index) == '1';
        boolean fits = amount <= cap - spent - reserved;
        changed |= grantedByReply && !fits;
        return grantedByReply && fits;
    }

    private void learn(BudgetSheet.Reply reply) {
        othersSpent = reply.othersSpent();
        othersReserved = reply.othersReserved();
        localAllowance = allowance(Math.max(0, cap - othersSpent - othersReserved - spent - reserved));
    }

    private @Nullable Allowance allowance(long left) {
        return localShare > 0 ? new Allowance((long) (localShare * left)) : null;
    }

    private Reservation reservation(long amount, @Nullable Allowance from) {
        AtomicBoolean settled = new AtomicBoolean();
        return cost -> {
            if (settled.compareAndSet(false, true)) {
                synchronized (this) {
                    reserved -= amount;
                    spent += cost.orElse(amount);
                    if (from != null) {
                        from.left += amount - cost.orElse(amount);
                    }
                    changed = true;
                }
                postAgain();
            }
        };
    }
}
