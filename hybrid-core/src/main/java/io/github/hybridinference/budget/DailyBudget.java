package io.github.hybridinference.budget;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A cap per calendar day, in this process.
 *
 * <p>A reservation is settled on the day it was made, even if that is over. Clocks may be set back; the day never goes
 * back, or the old day's cap could be spent twice.
 */
final class DailyBudget implements Budget {
    static final long NO_CAP = Long.MAX_VALUE;

    private final long capNanoUsd;
    private final ZoneId zone;
    private Day today = new Day(LocalDate.MIN);

    DailyBudget(long capNanoUsd, ZoneId zone) {
        this.capNanoUsd = capNanoUsd;
        this.zone = zone;
    }

    @Override
    public CompletionStage<BudgetDecision> reserve(OptionalLong worstNanoUsd, Instant now) {
        return CompletableFuture.completedStage(reserveNow(worstNanoUsd, now));
    }

    private synchronized BudgetDecision reserveNow(OptionalLong worstNanoUsd, Instant now) {
        if (worstNanoUsd.isEmpty() && capNanoUsd != NO_CAP) {
            return BudgetDecision.Refused.PRICE_UNKNOWN;
        }
        long amount = worstNanoUsd.orElse(0);
        Day day = dayOf(now);
        if (amount > capNanoUsd - day.spent - day.reserved) {
            return BudgetDecision.Refused.EXHAUSTED;
        }
        day.reserved += amount;
        AtomicBoolean settled = new AtomicBoolean();
        return new BudgetDecision.Granted(cost -> {
            if (settled.compareAndSet(false, true)) {
                settle(day, amount, cost.orElse(amount));
            }
        });
    }

    private synchronized void settle(Day day, long reserved, long cost) {
        day.reserved -= reserved;
        day.spent += cost;
    }

    @Override
    public synchronized BudgetState state(Instant now) {
        Day day = dayOf(now);
        OptionalLong cap = capNanoUsd == NO_CAP ? OptionalLong.empty() : OptionalLong.of(capNanoUsd);
        return new BudgetState(cap, day.spent, day.reserved);
    }

    private Day dayOf(Instant now) {
        LocalDate date = LocalDate.ofInstant(now, zone);
        if (date.isAfter(today.date)) {
            today = new Day(date);
        }
        return today;
    }

    private static final class Day {
        private final LocalDate date;
        private long spent;
        private long reserved;

        Day(LocalDate date) {
            this.date = date;
        }
    }
}
