package io.github.hybridinference;

import io.github.hybridinference.budget.BudgetState;
import java.util.OptionalLong;

/** Tells the listeners once a period when the budget is used up to 80 and to 100 percent. */
final class BudgetWatch {
    private static final int WARNING_PCT = 80;
    private static final int EXHAUSTED_PCT = 100;

    private final Settings settings;
    private final Listeners listeners;
    private int toldPct;
    private long lastSpentNanoUsd;

    BudgetWatch(Settings settings, Listeners listeners) {
        this.settings = settings;
        this.listeners = listeners;
    }

    /** After an attempt was settled. */
    void look() {
        look(0);
    }

    /** After an attempt was refused: no more of the cap can be used, unless the price was the trouble. */
    void refused(OptionalLong worstNanoUsd) {
        look(worstNanoUsd.isPresent() ? EXHAUSTED_PCT : 0);
    }

    private void look(int atLeastPct) {
        BudgetState state;
        int level;
        synchronized (this) { // an older state must not be taken for that of a new period
            state = settings.budget().state(settings.clock().instant());
            level = state.capNanoUsd().isEmpty() ? 0 : Math.max(atLeastPct, level(state));
            if (!raise(level, state.spentNanoUsd())) {
                return;
            }
        }
        listeners.tell(listener -> listener.onBudget(level, state));
    }

    private static int level(BudgetState state) {
        double used = state.usedShare() * 100;
        return used >= EXHAUSTED_PCT ? EXHAUSTED_PCT : used >= WARNING_PCT ? WARNING_PCT : 0;
    }

    private boolean raise(int levelPct, long spentNanoUsd) {
        if (spentNanoUsd < lastSpentNanoUsd) { // a new period has begun
            toldPct = 0;
        }
        lastSpentNanoUsd = spentNanoUsd;
        boolean higher = levelPct > toldPct;
        toldPct = Math.max(toldPct, levelPct);
        return higher;
    }
}
