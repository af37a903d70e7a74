package io.github.hybridinference.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.BudgetDecision;
import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class DailyBudgetTest extends BudgetContract {
    @Override
    protected Budget oneDollarADay() {
        return Budget.perDay("1.00");
    }

    @Test
    void startsAnewAtMidnightInTheZoneOfTheUsersChoice() {
        Budget budget = Budget.perDay("0.000000001", ZoneId.of("Asia/Shanghai"));
        Instant midnight = Instant.parse("2026-03-01T16:00:00Z");

        assertThat(granted(budget, midnight.minusMillis(1))).isTrue();
        assertThat(granted(budget, midnight.minusMillis(1))).isFalse();
        assertThat(granted(budget, midnight)).isTrue();
        assertThat(granted(budget, Instant.parse("2026-03-02T00:00:00Z"))).isFalse();
    }

    private static boolean granted(Budget budget, Instant now) {
        return budget.reserve(OptionalLong.of(1), now).toCompletableFuture().join() instanceof BudgetDecision.Granted;
    }
}
