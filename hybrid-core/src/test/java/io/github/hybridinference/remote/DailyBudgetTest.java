package io.github.hybridinference.remote;

import io.github.hybridinference.contract.BudgetContract;

final class DailyBudgetTest extends BudgetContract {
    @Override
    protected Budget oneDollarADay() {
        return Budget.perDay("1.00");
    }
}
