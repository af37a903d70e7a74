package io.github.hybridinference.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.Budget.Reservation;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.budget.BudgetDecision.Refused;
import io.github.hybridinference.budget.BudgetState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * What holds for every {@link Budget} with a cap per day that starts at midnight UTC. Extend it and say how to make one; JUnit
 * runs the tests that it inherits.
 *
 * @since 0.1.0
 */
public abstract class BudgetContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final long CAP = 1_000_000_000;

    /** For those who extend it. */
    protected BudgetContract() {}

    /**
     * Makes the budget under test.
     *
     * @return one with a cap of one US dollar a day, of which nothing is spent; the suite does not close it
     */
    protected abstract Budget oneDollarADay();

    private static Optional<Reservation> reserve(Budget budget, long amount, Instant now) {
        CompletableFuture<BudgetDecision> stage =
                budget.reserve(OptionalLong.of(amount), now).toCompletableFuture();
        assertThat(stage).succeedsWithin(Duration.ofSeconds(5));
        BudgetDecision decision = stage.join();
        if (decision instanceof BudgetDecision.Granted granted) {
            return Optional.of(granted.reservation());
        }
        assertThat(decision).isEqualTo(Refused.EXHAUSTED);
        return Optional.empty();
    }

    private static void assertStands(Budget budget, Instant now, long spent, long reserved) {
        BudgetState state = budget.state(now);
        assertThat(state.capNanoUsd()).hasValue(CAP);
        assertThat(state.spentNanoUsd()).as("spent").isEqualTo(spent);
        assertThat(state.reservedNanoUsd()).as("reserved").isEqualTo(reserved);
    }

    @Test
    void grantsUpToTheCapAndNotBeyond() {
        Budget budget = oneDollarADay();

        assertThat(reserve(budget, CAP - 1, NOON)).isPresent();
        assertThat(reserve(budget, 2, NOON)).isEmpty();
        assertThat(reserve(budget, 1, NOON)).isPresent();
        assertThat(reserve(budget, 1, NOON)).isEmpty();
        assertStands(budget, NOON, 0, CAP);
    }

    @Test
    void refusesWhatHasNoPrice() {
        Budget budget = oneDollarADay();

        assertThat(budget.reserve(OptionalLong.empty(), NOON).toCompletableFuture())
                .succeedsWithin(Duration.ofSeconds(5))
                .isEqualTo(Refused.PRICE_UNKNOWN);
    }

    @Test
    void givesBackWhatWasNotSpent() {
        Budget budget = oneDollarADay();

        reserve(budget, CAP, NOON).orElseThrow().settle(OptionalLong.of(CAP / 4));

        assertStands(budget, NOON, CAP / 4, 0);
        assertThat(reserve(budget, CAP - CAP / 4, NOON)).isPresent();
        assertThat(reserve(budget, 1, NOON)).isEmpty();
    }

    @Test
    void countsAllOfAReservationWhoseCostWasNeverSeen() {
        Budget budget = oneDollarADay();

        reserve(budget, 300, NOON).orElseThrow().settle(OptionalLong.empty());

        assertStands(budget, NOON, 300, 0);
    }

    @Test
    void settlesOnce() {
        Budget budget = oneDollarADay();
        Reservation reservation = reserve(budget, 300, NOON).orElseThrow();

        reservation.settle(OptionalLong.of(100));
        reservation.settle(OptionalLong.of(200));

        assertStands(budget, NOON, 100, 0);
    }

    @Test
    void startsAnewAtMidnightAndSettlesOnTheDayOfTheReservation() {
        Budget budget = oneDollarADay();
        Instant nextDay = Instant.parse("2026-03-02T00:00:00Z");
        Reservation late = reserve(budget, CAP, nextDay.minusMillis(1)).orElseThrow();

        assertThat(reserve(budget, CAP, nextDay)).isPresent();
        late.settle(OptionalLong.of(CAP));

        assertStands(budget, nextDay, 0, CAP);
    }

    @Test
    void neverGoesBackADay() {
        Budget budget = oneDollarADay();
        assertThat(reserve(budget, CAP, NOON)).isPresent();

        assertThat(reserve(budget, 1, NOON.minus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void neverPassesTheCapWhateverTheNumberOfThreads() throws Exception {
        Budget budget = oneDollarADay();
        AtomicLong held = new AtomicLong();
        AtomicLong highest = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int seed = 0; seed < 8; seed++) {
                Random random = new Random(seed);
                done.add(threads.submit(() -> {
                    for (int i = 0; i < 60; i++) {
                        long amount = 1 + random.nextLong(CAP / 50);
                        reserve(budget, amount, NOON).ifPresent(reservation -> {
                            highest.accumulateAndGet(held.addAndGet(amount), Math::max);
                            long cost = random.nextLong(amount + 1);
                            held.addAndGet(cost - amount);
                            reservation.settle(OptionalLong.of(cost));
                        });
                    }
                }));
            }
            for (Future<?> one : done) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(highest.get()).isLessThanOrEqualTo(CAP);
        assertStands(budget, NOON, held.get(), 0);
        assertThat(held.get()).isGreaterThan(CAP - CAP / 10);
    }
}
