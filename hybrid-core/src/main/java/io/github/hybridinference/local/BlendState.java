package io.github.hybridinference.local;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.RuleVerdict;
import java.util.Locale;
import java.util.Map;

/** The weights of a blend at a moment, and the verdicts they lead to. Immutable: its arrays are never shared. */
final class BlendState implements RuleVerdict.Explainer {
    private static final double LEAST_WEIGHT = 1e-300;
    private static final RiskLevel[] LEVELS = RiskLevel.values();

    private final String[] names;
    private final LocalRuleModel[] strategies;
    private final double[] losses;
    private final double[] weights;
    private final long outcomes;

    private BlendState(String[] names, LocalRuleModel[] strategies, double[] losses, long outcomes) {
        this.names = names;
        this.strategies = strategies;
        this.losses = losses;
        this.outcomes = outcomes;
        this.weights = weights(losses, outcomes);
    }

    static BlendState of(Map<String, LocalRuleModel> strategies) {
        String[] names = strategies.keySet().toArray(new String[0]);
        LocalRuleModel[] models = strategies.values().toArray(new LocalRuleModel[0]);
        return new BlendState(names, models, new double[names.length], 0);
    }

    RuleVerdict judge(MarketSnapshot snapshot) {
        double heard = 0;
        double heaviest = 0;
        double score = 0;
        double holding = 0;
        double risk = 0;
        double buy = 0;
        double sell = 0;
        for (int i = 0; i < strategies.length; i++) {
            RuleVerdict verdict = strategies[i].evaluate(snapshot);
            if (!verdict.hasData()) {
                continue;
            }
            double weight = weights[i];
            heard += weight;
            heaviest = Math.max(heaviest, weight);
            score += weight * verdict.score();
            holding += verdict.action() == Action.HOLD ? weight * verdict.confidence() : 0;
            risk += weight * verdict.risk().ordinal();
            buy = Math.max(buy, weight * verdict.strongestBuy());
            sell = Math.max(sell, weight * verdict.strongestSell());
        }
        if (heard == 0) {
            return RuleVerdict.noData();
        }
        double mean = Math.max(-1, Math.min(1, score / heard));
        Action action = VotingRules.actionFor(mean);
        // what is unheard takes from the certainty of doing nothing, as an uncovered rule does in the vote
        double confidence = action == Action.HOLD ? Math.min(1, holding) : Math.abs(mean);
        RiskLevel level = LEVELS[(int) Math.min(LEVELS.length - 1, Math.floor(risk / heard + 0.5))];
        // a quarrel is one between strategies that count: the heaviest in full, the others in proportion to it
        return RuleVerdict.of(action, confidence, level, mean, buy / heaviest, sell / heaviest, snapshot, this);
    }

    /** What the strategies make of a snapshot, NaN for those without data. */
    double[] scores(MarketSnapshot snapshot) {
        double[] scores = new double[strategies.length];
        for (int i = 0; i < scores.length; i++) {
            RuleVerdict verdict = strategies[i].evaluate(snapshot);
            scores[i] = verdict.hasData() ? verdict.score() : Double.NaN;
        }
        return scores;
    }

    BlendState after(double[] scores, double outcome) {
        double heard = 0;
        double blended = 0;
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isNaN(scores[i])) {
                heard += weights[i];
                blended += weights[i] * loss(scores[i], outcome);
            }
        }
        if (heard == 0) {
            return this;
        }
        double[] after = losses.clone();
        for (int i = 0; i < after.length; i++) {
            after[i] += Double.isNaN(scores[i]) ? blended / heard : loss(scores[i], outcome);
        }
        return new BlendState(names, strategies, after, outcomes + 1);
    }

    int size() {
        return names.length;
    }

    String name(int index) {
        return names[index];
    }

    double weight(int index) {
        return weights[index];
    }

    long outcomes() {
        return outcomes;
    }

    /** The words of the strategies that are heard, each after its name and weight. */
    @Override
    public String explain(MarketSnapshot snapshot) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < strategies.length; i++) {
            RuleVerdict verdict = strategies[i].evaluate(snapshot);
            if (verdict.hasData()) {
                text.append(text.isEmpty() ? "" : " ")
                        .append(String.format(Locale.ROOT, "%s (%.0f %%): ", names[i], weights[i] * 100))
                        .append(verdict.signal().reasoning());
            }
        }
        return text.toString();
    }

    private static double loss(double score, double outcome) {
        return (1 - score * outcome) / 2;
    }

    private static double[] weights(double[] losses, long outcomes) {
        double rate = Math.sqrt(8 * Math.log(losses.length) / (outcomes + 1));
        double least = Double.MAX_VALUE;
        for (double loss : losses) {
            least = Math.min(least, loss);
        }
        double[] weights = new double[losses.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            // against the best, so that the sum cannot be 0; never 0, since it may be the only one with data
            weights[i] = Math.max(LEAST_WEIGHT, Math.exp(-rate * (losses[i] - least)));
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
