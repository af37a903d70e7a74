package io.github.hybridinference.local;

import io.github.hybridinference.model.Experimental;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Several strategies as one, each heard in proportion to how well it has done so far.
 *
 * <p>This is the Hedge algorithm (Y. Freund, R. E. Schapire, A Decision-Theoretic Generalization of On-Line Learning and
 * an Application to Boosting, Journal of Computer and System Sciences 55, 1997). An outcome <em>y</em> from −1 to 1 charges
 * a strategy with score <em>s</em> the loss (1 − s·y) / 2, and a strategy's weight falls exponentially with the sum of its
 * losses <em>L</em>:
 *
 * <pre>
 * weight  ∝ exp(−η·L)     η = √(8·ln N / t) for N strategies, before outcome t
 * score   = Σ weight × score of the strategy
 * action  = BUY if score ≥ 0.4, SELL if score ≤ −0.4, else HOLD
 * </pre>
 *
 * <p>The rate needs no tuning: whatever the outcomes are, after t of them the blend has lost at most
 * 2·√(t·ln N / 2) + √(ln N / 8) more than the best of its strategies (N. Cesa-Bianchi, G. Lugosi, Prediction, Learning,
 * and Games, 2006, theorem 2.3). That is a promise about losses, not about profit: where no strategy is any good, neither
 * is the blend. All outcomes count alike, however long ago; to forget them, start a new blend.
 *
 * <p>A strategy without data is not heard, and is charged the blend's own loss (Y. Freund et al., Using and Combining
 * Predictors that Specialize, 1997): saying nothing neither helps nor hurts it.
 *
 * <p>Thread-safe: judging reads one reference and takes no lock, learning waits for learning only. Each verdict, its words included,
 * is that of the weights at the moment it was given.
 *
 * @since 0.1.0
 */
@Experimental
public final class BlendedRules implements LocalRuleModel {
    private volatile BlendState state;

    BlendedRules(Map<String, LocalRuleModel> strategies) {
        if (strategies.isEmpty()) {
            throw new IllegalArgumentException("strategies must hold at least one strategy");
        }
        // by name, since the order decides how sums are rounded, and that of a map differs from run to run
        state = BlendState.of(new TreeMap<>(strategies));
    }

    @Override
    public RuleVerdict evaluate(MarketSnapshot snapshot) {
        return state.judge(snapshot);
    }

    /**
     * Moves the weights towards the strategies that were right. Each strategy is asked again what it makes of the
     * snapshot, so they must be functions of the snapshot alone.
     *
     * @param snapshot what was judged
     * @param outcome what came of it, from −1 (selling was right) to 1 (buying was right): the sign of the return, or the
     *     return in units of what is usual, cut to that range
     * @throws IllegalArgumentException if the outcome is not in [−1, 1]
     */
    public void learn(MarketSnapshot snapshot, double outcome) {
        Objects.requireNonNull(snapshot, "snapshot");
        if (!(outcome >= -1 && outcome <= 1)) {
            throw new IllegalArgumentException("outcome must be in [-1, 1]");
        }
        double[] scores = state.scores(snapshot);
        synchronized (this) {
            state = state.after(scores, outcome);
        }
    }

    /**
     * Returns how much each strategy is heard.
     *
     * @return by name in alphabetical order; each in [0, 1], together 1; a moment's view
     */
    public Map<String, Double> weights() {
        BlendState now = state;
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int i = 0; i < now.size(); i++) {
            weights.put(now.name(i), now.weight(i));
        }
        return weights;
    }

    /**
     * Returns how many outcomes the weights rest on.
     *
     * @return not negative
     */
    public long outcomes() {
        return state.outcomes();
    }

    /** The weights. */
    @Override
    public String toString() {
        return "BlendedRules" + weights();
    }
}
