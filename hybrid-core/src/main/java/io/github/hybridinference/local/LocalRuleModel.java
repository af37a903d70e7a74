package io.github.hybridinference.local;

import io.github.hybridinference.model.Experimental;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import java.util.Map;

/**
 * Judges a snapshot in the caller's process: the answer to simple scenarios, and the fallback for complex ones.
 *
 * <p>Implementations are called on the caller's thread, by many threads at once, once an inference; they must be
 * thread-safe and quick, and must not block. One that throws makes the answer HOLD with confidence 0 and INTERNAL.
 *
 * @since 0.1.0
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

    /**
     * Returns several strategies as one, weighed by how well each has done: the Hedge algorithm of Freund and Schapire
     * (1997). All weigh alike until {@link BlendedRules#learn} is given outcomes.
     *
     * <pre>{@code
     * BlendedRules blend = LocalRuleModel.blend(Map.of(
     *         "all", LocalRuleModel.standard(),
     *         "trend", LocalRuleModel.standard().without("rsi_reversal")));
     * blend.learn(snapshotFourBarsAgo, Math.signum(price - priceFourBarsAgo));
     * blend.weights();
     * }</pre>
     *
     * @param strategies by name, at least one; each a function of the snapshot alone
     * @return a new model
     * @throws IllegalArgumentException if there is no strategy
     */
    @Experimental
    static BlendedRules blend(Map<String, ? extends LocalRuleModel> strategies) {
        return new BlendedRules(Map.copyOf(strategies));
    }
}
