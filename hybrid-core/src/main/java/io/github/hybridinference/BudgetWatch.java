package io.github.hybridinference;

import io.github.hybridinference.remote.BudgetState;

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

    /** After an attempt was settled or refused. */
    void look(boolean refused) {
        BudgetState state = settings.budget().state(settings.clock().instant());
        int level = level(state, refused);
        if (raise(level, state.spentNanoUsd())) {
            listeners.tell(listener -> listener.onBudget(level, state));
        }
    }

    private static int level(BudgetState state, boolean refused) {
        if (state.capNanoUsd().isEmpty()) {
            return 0;
        }
        double used = state.usedShare() * 100;
        return refused || used >= EXHAUSTED_PCT ? EXHAUSTED_PCT : used >= WARNING_PCT ? WARNING_PCT : 0;
    }

    private synchronized boolean raise(int levelPct, long spentNanoUsd) {
        if (spentNanoUsd < lastSpentNanoUsd) { // a new period has begun
            toldPct = 0;
        }
        lastSpentNanoUsd = spentNanoUsd;
        boolean higher = levelPct > toldPct;
        toldPct = Math.max(toldPct, levelPct);
        return higher;
    }
}
