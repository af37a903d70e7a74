package io.github.hybridinference.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.remote.Budget.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DailyBudgetTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-25T00:00:00Z");

    /** A hundred nano-dollars a day. */
    private final Budget budget = Budget.perDay("0.0000001");

    @Test
    void setsAsideNoMoreThanTheCap() {
        assertThat(reserve(60, NOON)).isPresent();
        assertThat(reserve(41, NOON)).isEmpty();
        assertThat(reserve(40, NOON)).isPresent();
        assertThat(reserve(1, NOON)).isEmpty();
        assertThat(reserve(0, NOON)).isPresent();
        assertThat(budget.state(NOON)).isEqualTo(new BudgetState(OptionalLong.of(100), 0, 100));
        assertThat(budget.state(NOON).usedShare()).isEqualTo(1);
    }

    @Test
    void freesWhatAnAttemptDidNotCost() {
        settle(reserve(100, NOON), OptionalLong.of(30));
        assertThat(budget.state(NOON)).isEqualTo(new BudgetState(OptionalLong.of(100), 30, 0));
        assertThat(reserve(70, NOON)).isPresent();
    }

    @Test
    void takesTheWholeReservationForACostThatWasNeverSeen() {
        settle(reserve(80, NOON), OptionalLong.empty());
        assertThat(budget.state(NOON).spentNanoUsd()).isEqualTo(80);
    }

    @Test
    void settlesOnce() {
        Optional<Reservation> reservation = reserve(50, NOON);
        settle(reservation, OptionalLong.of(10));
        settle(reservation, OptionalLong.of(10));
        settle(reservation, OptionalLong.empty());
        assertThat(budget.state(NOON)).isEqualTo(new BudgetState(OptionalLong.of(100), 10, 0));
    }

    @Test
    void allowsNothingMoreAfterACostBeyondTheQuote() {
        settle(reserve(50, NOON), OptionalLong.of(150));
        assertThat(reserve(1, NOON)).isEmpty();
        assertThat(budget.state(NOON).usedShare()).isEqualTo(1.5);
    }

    @Test
    void startsAnewAtMidnight() {
        settle(reserve(100, NOON), OptionalLong.of(100));
        assertThat(reserve(1, MIDNIGHT.minusMillis(1))).isEmpty();
        assertThat(reserve(100, MIDNIGHT)).isPresent();
    }

    @Test
    void startsAnewAtTheMidnightOfItsZone() {
        Budget shanghai = Budget.perDay("0.0000001", ZoneId.of("Asia/Shanghai"));
        Instant theirMidnight = Instant.parse("2026-11-24T16:00:00Z");
        assertThat(reserve(shanghai, 100, theirMidnight.minusMillis(1))).isPresent();
        assertThat(reserve(shanghai, 100, theirMidnight.minusMillis(1))).isEmpty();
        assertThat(reserve(shanghai, 100, theirMidnight)).isPresent();
        assertThat(reserve(shanghai, 1, MIDNIGHT)).isEmpty();
    }

    @Test
    void settlesOnTheDayOfTheReservation() {
        Optional<Reservation> late = reserve(100, MIDNIGHT.minusMillis(1));
        assertThat(budget.state(MIDNIGHT).reservedNanoUsd()).isZero();
        settle(late, OptionalLong.empty());
        assertThat(budget.state(MIDNIGHT)).isEqualTo(new BudgetState(OptionalLong.of(100), 0, 0));
        assertThat(reserve(100, MIDNIGHT)).isPresent();
    }

    @Test
    void doesNotSpendADayTwiceWhenTheClockIsSetBack() {
        settle(reserve(100, MIDNIGHT), OptionalLong.of(100));
        assertThat(reserve(1, NOON)).isEmpty();
        assertThat(budget.state(NOON).spentNanoUsd()).isEqualTo(100);
        assertThat(reserve(1, MIDNIGHT.plus(Duration.ofHours(1)))).isEmpty();
    }

    @Test
    void refusesAnUnknownPriceUnderACapOnly() {
        assertThat(budget.reserve(OptionalLong.empty(), NOON)
                        .toCompletableFuture()
                        .join())
                .isEmpty();
        Budget unlimited = Budget.unlimited();
        Optional<Reservation> unpriced = unlimited
                .reserve(OptionalLong.empty(), NOON)
                .toCompletableFuture()
                .join();
        settle(unpriced, OptionalLong.of(70));
        assertThat(unlimited.state(NOON)).isEqualTo(new BudgetState(OptionalLong.empty(), 70, 0));
        assertThat(unlimited.state(NOON).usedShare()).isZero();
    }

    private Optional<Reservation> reserve(long nanoUsd, Instant now) {
        return reserve(budget, nanoUsd, now);
    }

    private static Optional<Reservation> reserve(Budget from, long nanoUsd, Instant now) {
        return from.reserve(OptionalLong.of(nanoUsd), now).toCompletableFuture().join();
    }

    private static void settle(Optional<Reservation> reservation, OptionalLong cost) {
        reservation.orElseThrow().settle(cost);
    }
}
