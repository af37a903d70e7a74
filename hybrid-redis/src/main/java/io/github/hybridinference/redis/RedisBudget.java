package io.github.hybridinference.redis;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.budget.BudgetDecision.Refused;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.budget.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A hard cap per day for a whole fleet: what all its engines have spent and reserved together never passes it.
 *
 * <p>Checking and reserving is one atomic step in Redis. What an instance had reserved when it died counts as spent, two
 * minutes after its last post: its attempts were most likely made, and will be billed. While Redis does not answer,
 * attempts are refused as {@link Refused#UNREACHABLE}, unless {@link #withLocalShare} allows a part of the cap; also when
 * that part is used up, since how much of the cap is left is unknown then. An attempt is refused as
 * {@link Refused#EXHAUSTED} only when Redis has answered, or when its worst cost is above the whole cap. All instances must be given the same cap and
 * zone.
 * Thread-safe; works over the connections of the cache it is given, until that is closed.
 *
 * @since 0.1.0
 */
public final class RedisBudget implements Budget {
    /** Beyond nine million dollars a day the sums would leave the range where scripts count exactly. */
    private static final long HIGHEST_CAP = 9_000_000 * Money.NANOS_PER_USD;

    private final RedisSignalCache redis;
    private final long capNanoUsd;
    private final ZoneId zone;
    private final double localShare;
    private BudgetAccount today;

    private RedisBudget(RedisSignalCache redis, long capNanoUsd, ZoneId zone, double localShare) {
        this.redis = redis;
        this.capNanoUsd = capNanoUsd;
        this.zone = zone;
        this.localShare = localShare;
        this.today = account(LocalDate.MIN, false);
        redis.gateway().whenBack(this::putTodayBack);
    }

    /**
     * Returns a hard cap per day, which starts at midnight UTC, for all engines with the cache's Redis and prefix.
     *
     * @param usd US dollars as a plain decimal number, such as {@code "5.00"}, at most nine million
     * @param redis the cache whose connections are used
     * @return a new budget
     * @throws IllegalArgumentException if the amount is malformed or out of range
     */
    public static RedisBudget perDay(String usd, RedisSignalCache redis) {
        return perDay(usd, ZoneOffset.UTC, redis);
    }

    /**
     * Returns a hard cap per day, which starts at midnight in the given zone, for all engines with the cache's Redis and
     * prefix.
     *
     * @param usd US dollars as a plain decimal number, such as {@code "5.00"}, at most nine million
     * @param zone the zone whose midnight starts a day
     * @param redis the cache whose connections are used
     * @return a new budget
     * @throws IllegalArgumentException if the amount is malformed or out of range
     */
    public static RedisBudget perDay(String usd, ZoneId zone, RedisSignalCache redis) {
        long cap = Money.nanoUsd(usd);
        if (cap > HIGHEST_CAP) {
            throw new IllegalArgumentException("a shared budget is at most nine million US dollars a day");
        }
        return new RedisBudget(redis, cap, zone, 0);
    }

    /**
     * Returns a budget that goes on spending while Redis is away: at most this share of what was left of the cap at this
     * instance's last successful post. With {@code n} instances and a share of {@code 1/n} the cap can be passed only by what
     * the others had spent between that post and the outage; when Redis is back, the spending of all instances still alive is
     * counted.
     *
     * <p>An instance that has not reserved anything through Redis since it started has no share: it does not know what is
     * left, and restarting it must not open the cap again. At midnight the share becomes one of the whole cap for an instance
     * that had a share the day before; any other instance is refused until Redis is back.
     *
     * @param share above 0, at most 1
     * @return a new budget, to be used in place of this one
     * @throws IllegalArgumentException if the share is out of range
     */
    public RedisBudget withLocalShare(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a local share lies above 0 and at most at 1");
        }
        return new RedisBudget(redis, capNanoUsd, zone, share);
    }

    @Override
    public CompletionStage<BudgetDecision> reserve(OptionalLong worstNanoUsd, Instant now) {
        if (worstNanoUsd.isEmpty()) {
            return CompletableFuture.completedStage(Refused.PRICE_UNKNOWN);
        }
        if (worstNanoUsd.getAsLong() > capNanoUsd) {
            return CompletableFuture.completedStage(Refused.EXHAUSTED);
        }
        return at(now).reserve(worstNanoUsd.getAsLong());
    }

    /** Returns this instance's figures as they are, and those of the others as of the last post. */
    @Override
    public BudgetState state(Instant now) {
        return at(now).state();
    }

    /**
     * Returns the account of the day. The day never goes back, even if a clock does. A reservation is settled on the account of
     * the day on which it was made.
     */
    private synchronized BudgetAccount at(Instant now) {
        LocalDate date = LocalDate.ofInstant(now, zone);
        if (date.isAfter(today.day())) {
            boolean wholeCapIsLeft = date.equals(today.day().plusDays(1)) && today.hasShare();
            today = account(date, wholeCapIsLeft);
        }
        return today;
    }

    private BudgetAccount account(LocalDate date, boolean wholeCapIsLeft) {
        return new BudgetAccount(
                redis.gateway(), redis.keys().budget(date), date, capNanoUsd, localShare, wholeCapIsLeft);
    }

    private void putTodayBack() {
        BudgetAccount current;
        synchronized (this) {
            current = today;
        }
        current.putBack();
    }
}
