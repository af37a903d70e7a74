package io.github.hybridinference.redis;

import io.github.hybridinference.budget.Budget.Reservation;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.budget.BudgetDecision.Refused;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.model.Deadline;
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
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * This instance's account on a day's sheet.
 *
 * <p>One post is under way at a time, and takes with it all that came up meanwhile; so the figures posted never overtake
 * each other. The lock guards the figures and is not held while anything of others is called.
 */
final class BudgetAccount {
    /** Longer than any time limit of the gateway, which is the one that counts. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The most reservations asked for in one post: a script that runs long holds up everyone. */
    private static final int MOST_AT_ONCE = 256;

    private final Gateway gateway;
    private final LocalDate day;
    private final long cap;
    private final double localShare;
    private final BudgetSheet sheet;

    private List<Asker> waiting = new ArrayList<>();
    private boolean posting;
    private boolean changed;
    private boolean failed;
    private long number;
    private long spent;
    private long reserved;
    private long othersSpent;
    private long othersReserved;

    /** Set while the last post failed. */
    private @Nullable Outage outage;

    /** What may be granted without Redis until it is heard again; null for nothing. */
    private @Nullable Allowance alone;

    /**
     * Makes an account of which nothing was posted yet.
     *
     * @param localShare of what is left, may be spent without Redis; 0 for nothing
     * @param wholeCapIsLeft whether that is known without asking
     */
    BudgetAccount(
            Gateway gateway, List<byte[]> keys, LocalDate day, long cap, double localShare, boolean wholeCapIsLeft) {
        this.gateway = gateway;
        this.sheet = new BudgetSheet(keys, UUID.randomUUID().toString(), cap);
        this.day = day;
        this.cap = cap;
        this.localShare = localShare;
        this.alone = wholeCapIsLeft ? allowance(cap) : null;
    }

    /** So much and no more: what comes free elsewhere adds nothing to it. */
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

    /** Since when posts fail, and why the last one did. */
    private record Outage(Instant since, Kind why) {}

    private record Asker(long amount, CompletableFuture<BudgetDecision> answer) {}

    private record Post(List<Asker> askers, long number, long spent, long reserved) {
        long[] amounts() {
            return askers.stream().mapToLong(Asker::amount).toArray();
        }
    }

    LocalDate day() {
        return day;
    }

    /** Whether anything is known from which a share for this instance alone can be worked out. */
    synchronized boolean hasShare() {
        return alone != null;
    }

    CompletionStage<BudgetDecision> reserve(long amount) {
        Asker asker = new Asker(amount, new CompletableFuture<>());
        synchronized (this) {
            waiting.add(asker);
        }
        post();
        return asker.answer;
    }

    synchronized BudgetState state() {
        return new BudgetState(OptionalLong.of(cap), othersSpent + spent, othersReserved + reserved, trouble());
    }

    /** What is wrong, since when, what it means for attempts, and the cure. */
    private Optional<String> trouble() {
        String meanwhile = localShare > 0 ? "attempts spend the local share" : "attempts are refused";
        if (outage != null) {
            return Optional.of("the budget's account in Redis is out of reach since "
                    + outage.since.truncatedTo(ChronoUnit.SECONDS) + ": " + outage.why.words() + "; " + meanwhile
                    + "; to cure it, " + outage.why.cure());
        }
        return gateway.trouble().map(what -> what + "; " + meanwhile);
    }

    /** Writes the account down again, if it ever was: Redis is back, and may have forgotten it. */
    void putBack() {
        synchronized (this) {
            changed |= number > 0;
        }
        tryAgain();
    }

    /** Brings the sheet up to date, if need be and once more if that failed before. */
    private void tryAgain() {
        synchronized (this) {
            failed = false;
        }
        post();
    }

    /** Makes one post, if one is due: whoever comes to make it is not kept for what others ask for meanwhile. */
    private void post() {
        Post post = begin();
        if (post != null) {
            // a timer that runs out leaves it as it is
            AtomicReference<Kind> why = new AtomicReference<>(gateway.isWell() ? Kind.NO_ANSWER : gateway.why());
            Object unused = send(post, why).thenAccept(reply -> end(post, reply, why.get()));
        }
    }

    private boolean isDue() {
        return !waiting.isEmpty() || (changed && !failed && gateway.isWell());
    }

    private synchronized @Nullable Post begin() {
        if (posting || !isDue()) {
            return null;
        }
        posting = true;
        changed = false;
        int taken = Math.min(waiting.size(), MOST_AT_ONCE);
        Post post = new Post(List.copyOf(waiting.subList(0, taken)), ++number, spent, reserved);
        waiting = new ArrayList<>(waiting.subList(taken, waiting.size()));
        return post;
    }

    private CompletableFuture<Optional<BudgetSheet.Reply>> send(Post post, AtomicReference<Kind> why) {
        if (!gateway.isWell()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return gateway.askAhead(
                Deadline.after(PATIENCE),
                port -> {
                    try {
                        BudgetSheet.Reply reply =
                                sheet.post(port, post.number, post.spent, post.reserved, post.amounts());
                        gateway.accepted();
                        return Optional.of(reply);
                    } catch (RedisFailure failure) {
                        why.set(failure.kind());
                        throw failure;
                    }
                },
                Optional.empty());
    }

    private void end(Post post, Optional<BudgetSheet.Reply> reply, Kind why) {
        boolean counted = reply.isPresent() && reply.get().counted();
        boolean[] granted = new boolean[post.askers.size()];
        Allowance from;
        boolean more;
        synchronized (this) {
            posting = false;
            failed = reply.isEmpty();
            changed |= !counted;
            Kind cause = failed ? why : Kind.COUNTING;
            outage = counted ? null : new Outage(outage == null ? gateway.now() : outage.since, cause);
            from = counted ? null : alone;
            for (int i = 0; i < granted.length; i++) {
                long amount = post.askers.get(i).amount;
                granted[i] = counted ? reply.get().grants().charAt(i) == '1' : from != null && from.take(amount);
                reserved += granted[i] ? amount : 0;
            }
            if (counted) {
                learn(reply.get());
            }
            more = isDue();
        }
        if (more) {
            gateway.doAhead(this::post);
        }
        Refused refusal = counted ? Refused.EXHAUSTED : Refused.UNREACHABLE;
        for (int i = 0; i < granted.length; i++) {
            Asker asker = post.askers.get(i);
            asker.answer.complete(granted[i] ? new BudgetDecision.Granted(reservation(asker.amount, from)) : refusal);
        }
    }

    private void learn(BudgetSheet.Reply reply) {
        othersSpent = reply.othersSpent();
        othersReserved = reply.othersReserved();
        alone = allowance(Math.max(0, cap - othersSpent - othersReserved - spent - reserved));
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
                tryAgain();
            }
        };
    }
}
