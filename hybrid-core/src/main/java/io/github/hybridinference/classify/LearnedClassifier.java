package io.github.hybridinference.classify;

import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Scenario.Kind;
import io.github.hybridinference.model.Scenario.Reason;
import java.util.Objects;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Asks the model about those complex scenarios on which it has been learned to be worth its price.
 *
 * <p>A fixed table, by default {@link ScenarioClassifier#thresholds()}, classifies first; what it calls simple stays simple. Of
 * the complex scenarios, one goes to the model
 *
 * <ul>
 *   <li>if its probability of a change is at least {@link RouterModel#threshold()}, or, with {@link #valuing}, if the
 *       probability times the expected gain of a change times the capital exceeds the price of a call now;
 *   <li>and, with {@link #pacing}, if what is left of the day's budget covers the scenarios that are expected to be worth more
 *       per dollar in the rest of the day.
 * </ul>
 *
 * <p>Of the others a share goes to the model nevertheless, by default 2 %, so that its answers to such scenarios stay known.
 * {@link Scenario#propensity()} tells the probability, and the reason stays that of the table. Which ones are explored follows
 * from the symbol, the bar's close and a seed: a bar that is asked about several times is explored at each or at none, and a
 * replay explores the same.
 *
 * <p>Bars of another timeframe than the model's are left to the table. Immutable and thread-safe; each method but {@link
 * #classify} returns a changed copy.
 *
 * @since 0.1.0
 */
public final class LearnedClassifier implements ScenarioClassifier {
    private static final double STANDARD_EXPLORATION = 0.02;
    private static final double NANO = 1e9;

    private final RouterModel model;
    private final ScenarioClassifier table;
    private final double exploration;
    private final long seed;
    private final double capitalUsd;
    private final @Nullable LongUnaryOperator price;
    private final @Nullable DayPace pace;
    private final Scenario[] explored;
    private final Scenario[] left;

    private LearnedClassifier(
            RouterModel model,
            ScenarioClassifier table,
            double exploration,
            long seed,
            double capitalUsd,
            @Nullable LongUnaryOperator price,
            @Nullable DayPace pace) {
        this.model = model;
        this.table = table;
        this.exploration = exploration;
        this.seed = seed;
        this.capitalUsd = capitalUsd;
        this.price = price;
        this.pace = pace;
        this.left = all(Kind.SIMPLE, exploration);
        this.explored = exploration > 0 ? all(Kind.COMPLEX, exploration) : left;
    }

    static LearnedClassifier of(RouterModel model) {
        Objects.requireNonNull(model, "model");
        return new LearnedClassifier(
                model, ScenarioClassifier.thresholds(), STANDARD_EXPLORATION, 0, Double.NaN, null, null);
    }

    @Override
    public Scenario classify(MarketSnapshot snapshot, RuleVerdict verdict) {
        Scenario fixed = table.classify(snapshot, verdict);
        if (!fixed.isComplex() || snapshot.timeframe() != model.timeframe()) {
            return fixed;
        }
        Reason reason = fixed.reason();
        double logOdds = model.logOdds(snapshot, verdict, reason);
        if (pace != null && !pace.covers(snapshot.timeMs())) {
            return Scenario.simple(reason); // not even explored: a call would only end as BUDGET
        }
        if (isWorthIt(logOdds, reason, snapshot.timeMs())
                && (pace == null || pace.allows(probability(logOdds), snapshot.timeMs()))) {
            return fixed;
        }
        return draw(snapshot) < exploration ? explored[reason.ordinal()] : left[reason.ordinal()];
    }

    /**
     * Returns the expected gain of asking in US dollars, if {@link #valuing} gave a capital; else the probability of a change. It
     * is the figure by which {@link #classify} decides.
     *
     * @return 0 for a bar of another timeframe than the model's, of which nothing was learned
     */
    @Override
    public double value(MarketSnapshot snapshot, RuleVerdict verdict, Scenario scenario) {
        if (snapshot.timeframe() != model.timeframe()) {
            return 0;
        }
        double change = model.probability(snapshot, verdict, scenario.reason());
        return price == null ? change : change * model.gain(scenario.reason()) * capitalUsd;
    }

    private boolean isWorthIt(double logOdds, Reason reason, long timeMs) {
        return price == null
                ? logOdds >= model.thresholdLogOdds()
                : probability(logOdds) * model.gain(reason) * capitalUsd * NANO > price.applyAsLong(timeMs);
    }

    private static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }

    /** Evenly spread over [0, 1): the finalizer of SplittableRandom (Steele, Lea, Flood 2014). */
    private double draw(MarketSnapshot snapshot) {
        long mixed = seed + snapshot.symbol().hashCode() * 0x9E3779B97F4A7C15L + snapshot.timeMs();
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return (mixed >>> 11) * 0x1.0p-53;
    }

    private static Scenario[] all(Kind kind, double propensity) {
        Reason[] reasons = Reason.values();
        Scenario[] scenarios = new Scenario[reasons.length];
        for (Reason reason : reasons) {
            scenarios[reason.ordinal()] = new Scenario(kind, reason, propensity);
        }
        return scenarios;
    }

    /**
     * Sets the table that classifies first; the standard is {@link ScenarioClassifier#thresholds()}. The model speaks of the
     * scenarios of the table it was trained with.
     *
     * @param first the table
     * @return a changed copy
     */
    public LearnedClassifier over(ScenarioClassifier first) {
        Objects.requireNonNull(first, "table");
        return new LearnedClassifier(model, first, exploration, seed, capitalUsd, price, pace);
    }

    /**
     * Sets which share of the complex scenarios that are not worth asking goes to the model nevertheless.
     *
     * @param share in [0, 1); 0 for none, after which a journal no longer tells what was missed; standard 0.02
     * @param newSeed chooses which ones; standard 0
     * @return a changed copy
     */
    public LearnedClassifier exploring(double share, long newSeed) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("share must be in [0, 1), but is " + share);
        }
        return new LearnedClassifier(
                model, table, share, newSeed, capitalUsd, price, pace == null ? null : pace.exploring(share));
    }

    /**
     * Asks if, and only if, the expected gain exceeds the price of a call. Without it the ranking by the probability of a change
     * decides, whatever a change gains.
     *
     * @param newCapitalUsd the amount traded on a signal in US dollars, positive
     * @param nanoUsdAt the price of a call at a time in milliseconds since 1970-01-01T00:00Z, in billionths of a US dollar and
     *     not negative; called on the caller's thread
     * @return a changed copy
     */
    public LearnedClassifier valuing(double newCapitalUsd, LongUnaryOperator nanoUsdAt) {
        Objects.requireNonNull(nanoUsdAt, "nanoUsdAt");
        if (!(newCapitalUsd > 0 && newCapitalUsd < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("capitalUsd must be positive, but is " + newCapitalUsd);
        }
        return new LearnedClassifier(model, table, exploration, seed, newCapitalUsd, nanoUsdAt, pace);
    }

    /**
     * Spreads a day's budget over the hours in which a dollar buys most changes: a call at twice the price needs twice the
     * probability. The day begins at midnight UTC.
     *
     * @param nanoUsdAt the most a call can cost at a time in milliseconds since 1970-01-01T00:00Z, in billionths of a US dollar,
     *     positive; asked for a whole day at once
     * @param leftNanoUsdAt what is left of the day's budget at such a time, in billionths of a US dollar; called on the caller's
     *     thread for each complex scenario
     * @param series how many series such as the one that was learned from share the budget, positive
     * @return a changed copy
     */
    public LearnedClassifier pacing(LongUnaryOperator nanoUsdAt, LongUnaryOperator leftNanoUsdAt, double series) {
        Objects.requireNonNull(nanoUsdAt, "nanoUsdAt");
        Objects.requireNonNull(leftNanoUsdAt, "leftNanoUsdAt");
        if (!(series > 0 && series < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("series must be positive, but is " + series);
        }
        return new LearnedClassifier(
                model,
                table,
                exploration,
                seed,
                capitalUsd,
                price,
                new DayPace(model.hours(), nanoUsdAt, leftNanoUsdAt, series, exploration));
    }
}
