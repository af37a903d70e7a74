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
 * <p>The constant is a prior in the manner of Laplace: one weak vote alone is not enough to act. Coverage is the share of
 * the rules' weight that had the figures it needed. So a HOLD has high confidence when no rule votes, and low confidence
 * when rules disagree or lack data.
 *
 * <p>The confidence is the margin of the votes. It is <em>not</em> a probability: how often BUY and SELL of a margin prove right has to
 * be measured, and {@code InferenceEngineBuilder.rulesConfidenceCalibration} puts the measured value in its place.
 *
 * <p>The votes of the standard rules are continuous: a figure that moves a little moves them a little, so that a moving figure turns BUY
 * into SELL through HOLD only. RSI alone is enough to act on where the classifier calls it clear, up to 35 and from 65 on.
 *
 * <p>Risk is LOW up to 1 %, HIGH above 3 % of hourly volatility (scaled by √time as in the classifier), else MEDIUM, and
 * a level higher when the weaker side has a quarter of all shares.
 *
 * <p>Immutable and thread-safe; methods return changed copies.
 *
 * @since 0.1.0
 */
public final class VotingRules implements LocalRuleModel, RuleVerdict.Explainer {
    private static final RsiReversal RSI = new RsiReversal();
    private static final MacdCross MACD = new MacdCross();
    private static final BollingerBreakout BANDS = new BollingerBreakout();
    private static final VolumeConfirmation VOLUME = new VolumeConfirmation();
    private static final int STANDARD_RULES = 4;

    static final VotingRules STANDARD = new VotingRules(List.of(RSI, MACD, BANDS, VOLUME), List.of(1.0, 1.0, 0.8, 0.4));

    private static final double PRIOR = 0.5;
    private static final double ACTION_SCORE = 0.4;
    private static final double QUARREL = 0.25;
    private static final double LOW_RISK_PCT = 1;
    private static final double HIGH_RISK_PCT = 3;
    private static final RiskLevel[] LEVELS = RiskLevel.values();

    /**
     * What one rule says of a snapshot.
     *
     * @param rule the rule's name
     * @param weight its weight, positive
     * @param vote from -1 (sell) to 1 (buy), 0 for no opinion, {@link Rule#MISSING} if a figure is missing
     * @param sentence why it voted so; empty for no opinion or a missing figure
     */
    public record Vote(String rule, double weight, double vote, String sentence) {}

    /** The standard rules in their order, then the owner's. A rule that was dropped stays here with the weight 0. */
    private final Rule[] rules;

    private final double[] weights;
    private final double totalWeight;

    private VotingRules(List<Rule> rules, List<Double> weights) {
        this.rules = rules.toArray(new Rule[0]);
        this.weights = new double[weights.size()];
        double total = 0;
        for (int i = 0; i < this.weights.length; i++) {
            this.weights[i] = weights.get(i);
            total += this.weights[i];
        }
        this.totalWeight = total;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The standard rules are written out and the owner's follow in a loop of {@link #addOwnersRules}: a loop over
     * several classes calls each through a table and inlines none, which would cost as much as the votes themselves.
     */
    @Override
    public RuleVerdict evaluate(MarketSnapshot snapshot) {
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
        return addOwnersRules(snapshot, buy, sell, strongestBuy, strongestSell, known);
    }

    private RuleVerdict addOwnersRules(
            MarketSnapshot snapshot, double buy, double sell, double strongestBuy, double strongestSell, double known) {
        for (int i = STANDARD_RULES; i < rules.length; i++) {
            double vote = checkedVote(rules[i], snapshot);
            double toBuy = weighed(vote, weights[i]);
            double toSell = weighed(-vote, weights[i]);
            buy += toBuy;
            sell += toSell;
            known += known(vote, weights[i]);
            strongestBuy = larger(strongestBuy, toBuy);
            strongestSell = larger(strongestSell, toSell);
        }
        return verdict(snapshot, buy, sell, strongestBuy, strongestSell, known);
    }

    private RuleVerdict verdict(
            MarketSnapshot snapshot, double buy, double sell, double strongestBuy, double strongestSell, double known) {
        if (known == 0) {
            return RuleVerdict.noData();
        }
        double shares = PRIOR + buy + sell;
        double score = (buy - sell) / shares;
        Action action = actionFor(score);
        double confidence = action == Action.HOLD ? PRIOR / shares * (known / totalWeight) : Math.abs(score);
        RiskLevel risk = risk(snapshot, buy >= QUARREL * shares && sell >= QUARREL * shares);
        return RuleVerdict.of(action, confidence, risk, score, strongestBuy, strongestSell, snapshot, this);
    }

    @Override
    public String explain(MarketSnapshot snapshot) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rules.length; i++) {
            double vote = weights[i] == 0 ? 0 : rules[i].vote(snapshot);
            if (vote != 0 && !Double.isNaN(vote)) {
                text.append(text.isEmpty() ? "" : " ").append(rules[i].sentence(snapshot, vote));
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
        if (names().contains(Objects.requireNonNull(rule, "rule").name())) {
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
        if (names().size() == 1) {
            throw new IllegalArgumentException("the last rule cannot be dropped");
        }
        List<Rule> fewerRules = new ArrayList<>(List.of(rules));
        List<Double> fewerWeights = weightList();
        if (index < STANDARD_RULES) {
            fewerWeights.set(index, 0.0);
        } else {
            fewerRules.remove(index);
            fewerWeights.remove(index);
        }
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
        List<String> names = new ArrayList<>();
        for (int i = 0; i < rules.length; i++) {
            if (weights[i] > 0) {
                names.add(rules[i].name());
            }
        }
        return List.copyOf(names);
    }

    /**
     * Returns the votes that the verdict on a snapshot is made of, for people who ask why. Each rule votes again, so a rule of
     * your own must be a function of the snapshot alone.
     *
     * @param snapshot the snapshot
     * @return one for each rule, in the order of {@link #names()}
     * @throws IllegalStateException if a rule votes outside [-1, 1]
     */
    public List<Vote> votes(MarketSnapshot snapshot) {
        Objects.requireNonNull(snapshot, "snapshot");
        List<Vote> votes = new ArrayList<>();
        for (int i = 0; i < rules.length; i++) {
            if (weights[i] > 0) {
                double vote = checkedVote(rules[i], snapshot);
                String sentence = vote == 0 || Double.isNaN(vote) ? "" : rules[i].sentence(snapshot, vote);
                votes.add(new Vote(rules[i].name(), weights[i], vote, sentence));
            }
        }
        return List.copyOf(votes);
    }

    static Action actionFor(double score) {
        return score >= ACTION_SCORE ? Action.BUY : score <= -ACTION_SCORE ? Action.SELL : Action.HOLD;
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

    private static double checkedVote(Rule rule, MarketSnapshot snapshot) {
        double vote = rule.vote(snapshot);
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
        Objects.requireNonNull(name, "name");
        for (int i = 0; i < rules.length; i++) {
            if (weights[i] > 0 && rules[i].name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is no rule of that name; there are " + String.join(", ", names()));
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
            throw new IllegalArgumentException("the weight of a rule must be positive and finite, but is " + weight);
        }
        return weight;
    }
}
