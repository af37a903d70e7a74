package io.github.hybridinference.local;

import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;

/**
 * Judges a snapshot in the caller's process: the answer to plain situations, and the fallback for hard ones.
 *
 * <p>Implementations are called on the caller's thread, by many threads at once, once an inference; they must be
 * thread-safe and quick, and must not block. One that throws makes the answer HOLD with confidence 0 and INTERNAL.
 */
@FunctionalInterface
public interface LocalRuleModel {
    /**
     * Judges a snapshot.
     *
     * @param snapshot the snapshot
     * @return the verdict, {@link RuleVerdict#noData()} if no figure needed is there
     */
    RuleVerdict evaluate(MarketSnapshot snapshot);

    /**
     * Returns the standard rules: RSI overbought and oversold, MACD cross, Bollinger breakout, volume confirmation.
     *
     * @return an immutable model; its methods return changed copies
     */
    static VotingRules standard() {
        return VotingRules.STANDARD;
    }
}
