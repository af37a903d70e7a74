package io.github.hybridinference.local;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.RuleVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Rules that vote, and a formula that weighs the votes.
 *
 * <p>With <em>b</em> the weight of all votes to buy (weight of the rule times strength of its vote), <em>s</em> that of
 * all votes to sell, and a constant 0.5 for doing nothing, the three options have the shares b, s and 0.5 of their sum:
 *
 * <pre>
 * score            = (b − s) / (0.5 + b + s)         from −1 to 1
 * action           = BUY if score ≥ 0.4, SELL if score ≤ −0.4, else HOLD
 * confidence       = |score|                         of BUY and SELL
 *                  = 0.5 / (0.5 + b + s) × coverage  of HOLD
 * </pre>
 *
 * <p>The constant is a prior in the manner of Laplace: one weak vote alone convinces nobody. Coverage is the share of the
 * rules' weight that had the figures it needed. So a HOLD among quiet rules is sure, a HOLD between quarrelling ones or
 * without data is not.
 *
 * <p>Risk is LOW up to 1 %, HIGH above 3 % of hourly volatility (scaled by √time as in the classifier), else MEDIUM, and
 * a level higher when the weaker side has a quarter of all shares.
 *
 * <p>Immutable and thread-safe; methods return changed copies.
 */
public final class VotingRules implements LocalRuleModel, RuleVerdict.Explainer {
    private static final Rule RSI = new RsiReversal();
    private static final Rule MACD = new MacdCross();
    private static final Rule BANDS = new BollingerBreakout();
    private static final Rule VOLUME = new VolumeConfirmation();

    private static final List<Rule> STANDARD_RULES = List.of(RSI, MACD, BANDS, VOLUME);

    static final VotingRules STANDARD = new VotingRules(STANDARD_RULES, List.of(1.0, 1.0, 0.8, 0.4));

    private static final double PRIOR = 0.5;
    private static final double ACTION_SCORE = 0.4;
    private static final double QUARREL = 0.25;
    private static final double LOW_RISK_PCT = 1;
    private static final double HIGH_RISK_PCT = 3;
    private static final RiskLevel[] LEVELS = RiskLevel.values();

    private final Rule[] rules;
    private final double[] weights;
    private final double totalWeight;
    private final boolean standard;

    private VotingRules(List<Rule> rules, List<Double> weights) {
        this.rules = rules.toArray(new Rule[0]);
        this.weights = new double[weights.size()];
        double total = 0;
        for (int i = 0; i < this.weights.length; i++) {
            this.weights[i] = weights.get(i);
            total += this.weights[i];
        }
        this.totalWeight = total;
        this.standard = STANDARD_RULES.equals(rules); // asks ours for equality, which is identity
    }

    @Override
    public RuleVerdict evaluate(MarketSnapshot snapshot) {
        return standard ? evaluateStandard(snapshot) : evaluateAny(snapshot);
    }

    /** The same as for any rules, without a loop and calls through the interface, which would cost as much as the votes. */
    private RuleVerdict evaluateStandard(MarketSnapshot snapshot) {
        double rsi = RSI.vote(snapshot);
        double macd = MACD.vote(snapshot);
        double bands = BANDS.vote(snapshot);
        double volume = VOLUME.vote(snapshot);
        double rsiBuy = weighed(rsi, weights[0]);
        double macdBuy = weighed(macd, weights[1]);
        double bandsBuy = weighed(bands, weights[2]);
        double volumeBuy = weighed(volume, weights[3]);
        double rsiSell = weighed(-rsi, weights[0]);
        double macdSell = weighed(-macd, weights[1]);
        double bandsSell = weighed(-bands, weights[2]);
        double volumeSell = weighed(-volume, weights[3]);
        double buy = rsiBuy + macdBuy + bandsBuy + volumeBuy;
        double sell = rsiSell + macdSell + bandsSell + volumeSell;
        double known =
                known(rsi, weights[0]) + known(macd, weights[1]) + known(bands, weights[2]) + known(volume, weights[3]);
        double strongestBuy = larger(larger(rsiBuy, macdBuy), larger(bandsBuy, volumeBuy));
        double strongestSell = larger(larger(rsiSell, macdSell), larger(bandsSell, volumeSell));
        return verdict(snapshot, buy, sell, strongestBuy, strongestSell, known);
    }

    private RuleVerdict evaluateAny(MarketSnapshot snapshot) {
        double buy = 0;
        double sell = 0;
        double strongestBuy = 0;
        double strongestSell = 0;
        double known = 0;
        for (int i = 0; i < rules.length; i++) {
            double vote = checked(rules[i], rules[i].vote(snapshot));
            double toBuy = weighed(vote, weights[i]);
            double toSell = weighed(-vote, weights[i]);
            buy += toBuy;
            sell += toSell;
            strongestBuy = larger(strongestBuy, toBuy);
            strongestSell = larger(strongestSell, toSell);
            known += known(vote, weights[i]);
        }
        return verdict(snapshot, buy, sell, strongestBuy, strongestSell, known);
    }

    private RuleVerdict verdict(
            MarketSnapshot snapshot, double buy, double sell, double strongestBuy, double strongestSell, double known) {
        if (known == 0) {
            return RuleVerdict.noData();
        }
        double score = score(buy, sell);
        double shares = PRIOR + buy + sell;
        Action action = actionFor(score);
        double confidence = action == Action.HOLD ? PRIOR / shares * (known / totalWeight) : Math.abs(score);
        RiskLevel risk = risk(snapshot, buy >= QUARREL * shares && sell >= QUARREL * shares);
        return RuleVerdict.of(action, confidence, risk, score, strongestBuy, strongestSell, snapshot, this);
    }

    /** The weight of a vote to buy; that of one to sell, if its sign is turned. */
    private static double weighed(double vote, double weight) {
        return vote > 0 ? vote * weight : 0;
    }

    private static double known(double vote, double weight) {
        return Double.isNaN(vote) ? 0 : weight;
    }

    /** Of two that are not NaN, which {@link Math#max} would look for. */
    private static double larger(double one, double other) {
        return one > other ? one : other;
    }

    private static double score(double buy, double sell) {
        return (buy - sell) / (PRIOR + buy + sell);
    }

    @Override
    public String explain(MarketSnapshot snapshot) {
        StringBuilder text = new StringBuilder();
        for (Rule rule : rules) {
            double vote = rule.vote(snapshot);
            if (vote != 0 && !Double.isNaN(vote)) {
                text.append(text.isEmpty() ? "" : " ").append(rule.sentence(snapshot, vote));
            }
        }
        return text.isEmpty() ? "No rule sees a reason to act." : text.toString();
    }

    /**
     * Adds a rule.
     *
     * @param rule the rule, with a name of its own
     * @param weight positive; a vote of weight 0.5 or more counts as a real one in the classifier
     * @return a changed copy
     * @throws IllegalArgumentException if there is a rule of that name or the weight is not positive
     */
    public VotingRules with(Rule rule, double weight) {
        if (names().contains(rule.name())) {
            throw new IllegalArgumentException("there is a rule of that name already: drop or reweigh it");
        }
        List<Rule> moreRules = new ArrayList<>(List.of(rules));
        List<Double> moreWeights = weightList();
        moreRules.add(rule);
        moreWeights.add(positive(weight));
        return new VotingRules(moreRules, moreWeights);
    }

    /**
     * Drops a rule.
     *
     * @param name its name
     * @return a changed copy
     * @throws IllegalArgumentException if there is no rule of that name, or no other
     */
    public VotingRules without(String name) {
        int index = indexOf(name);
        if (rules.length == 1) {
            throw new IllegalArgumentException("the last rule cannot be dropped");
        }
        List<Rule> fewerRules = new ArrayList<>(List.of(rules));
        List<Double> fewerWeights = weightList();
        fewerRules.remove(index);
        fewerWeights.remove(index);
        return new VotingRules(fewerRules, fewerWeights);
    }

    /**
     * Changes the weight of a rule.
     *
     * @param name its name
     * @param weight positive
     * @return a changed copy
     * @throws IllegalArgumentException if there is no rule of that name or the weight is not positive
     */
    public VotingRules reweigh(String name, double weight) {
        List<Double> changed = weightList();
        changed.set(indexOf(name), positive(weight));
        return new VotingRules(List.of(rules), changed);
    }

    /**
     * Returns the names of the rules.
     *
     * @return in the order in which they speak; the standard ones are {@code rsi_reversal}, {@code macd_cross},
     *     {@code bollinger_breakout} and {@code volume_confirmation}
     */
    public List<String> names() {
        return List.of(rules).stream().map(Rule::name).toList();
    }

    static Action actionFor(double score) {
        return score >= ACTION_SCORE ? Action.BUY : score <= -ACTION_SCORE ? Action.SELL : Action.HOLD;
    }

    private static double checked(Rule rule, double vote) {
        if (Math.abs(vote) > 1) {
            throw new IllegalStateException("the rule " + rule.name() + " voted outside [-1, 1]");
        }
        return vote;
    }

    private static RiskLevel risk(MarketSnapshot snapshot, boolean quarrel) {
        double volatilityPct = snapshot.get(Feature.VOLATILITY_PCT);
        double scale = snapshot.timeframe().sqrtHours();
        int level = volatilityPct <= LOW_RISK_PCT * scale ? 0 : volatilityPct > HIGH_RISK_PCT * scale ? 2 : 1;
        return LEVELS[quarrel ? Math.min(2, level + 1) : level];
    }

    private int indexOf(String name) {
        int index = names().indexOf(Objects.requireNonNull(name, "name"));
        if (index < 0) {
            throw new IllegalArgumentException("there is no rule of that name: see names()");
        }
        return index;
    }

    private List<Double> weightList() {
        List<Double> list = new ArrayList<>();
        for (double weight : weights) {
            list.add(weight);
        }
        return list;
    }

    private static double positive(double weight) {
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("the weight of a rule is positive and finite");
        }
        return weight;
    }
}
