package io.github.hybridinference.classify;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Scenario.Reason;
import io.github.hybridinference.model.Timeframe;
import java.util.function.Consumer;

/**
 * Classifies by thresholds: the first condition that holds decides.
 *
 * <ol>
 *   <li>RSI missing, or history too short: SIMPLE, INSUFFICIENT_DATA
 *   <li>RSI beyond 80 or below 20, and volume at least 1.5 times usual: SIMPLE, EXTREME_RSI_WITH_VOLUME
 *   <li>volatility above 3 %: COMPLEX, HIGH_VOLATILITY
 *   <li>RSI from 45 to 55: COMPLEX, NEUTRAL_RSI
 *   <li>a buy and a sell vote, each of weight 0.5 or more: COMPLEX, CONFLICTING_INDICATORS
 *   <li>volatility of at most 1 % and RSI at most 35 or at least 65: SIMPLE, CALM_WITH_CLEAR_RSI
 *   <li>volatility known and the rules' score 0.5 or more from zero: SIMPLE, DECISIVE_RULES
 *   <li>otherwise: COMPLEX, UNDECIDED
 * </ol>
 *
 * <p>Volatilities are those of hourly bars. For others they are scaled by √(timeframe / 1 h), the growth of the range of
 * a price whose changes are independent; {@link #fixedVolatility()} turns that off. A missing figure satisfies no
 * condition. Immutable and thread-safe; each method but {@link #classify} returns a changed copy.
 *
 * @since 0.1.0
 */
public final class ThresholdClassifier implements ScenarioClassifier {
    static final ThresholdClassifier STANDARD = new ThresholdClassifier(new Settings());

    private static final Scenario INSUFFICIENT_DATA = Scenario.simple(Reason.INSUFFICIENT_DATA);
    private static final Scenario EXTREME_RSI_WITH_VOLUME = Scenario.simple(Reason.EXTREME_RSI_WITH_VOLUME);
    private static final Scenario HIGH_VOLATILITY = Scenario.complex(Reason.HIGH_VOLATILITY);
    private static final Scenario NEUTRAL_RSI = Scenario.complex(Reason.NEUTRAL_RSI);
    private static final Scenario CONFLICTING_INDICATORS = Scenario.complex(Reason.CONFLICTING_INDICATORS);
    private static final Scenario CALM_WITH_CLEAR_RSI = Scenario.simple(Reason.CALM_WITH_CLEAR_RSI);
    private static final Scenario DECISIVE_RULES = Scenario.simple(Reason.DECISIVE_RULES);
    private static final Scenario UNDECIDED = Scenario.complex(Reason.UNDECIDED);

    private final Settings settings;
    private final double[] highPct;
    private final double[] calmPct;

    private ThresholdClassifier(Settings settings) {
        this.settings = settings;
        this.highPct = byTimeframe(settings.highPct, settings.scaled);
        this.calmPct = byTimeframe(settings.calmPct, settings.scaled);
    }

    @Override
    public Scenario classify(MarketSnapshot snapshot, RuleVerdict verdict) {
        double rsi = snapshot.get(Feature.RSI_14);
        if (Double.isNaN(rsi) || snapshot.isWarmingUp()) {
            return INSUFFICIENT_DATA;
        }
        double volatilityPct = snapshot.get(Feature.VOLATILITY_PCT);
        int timeframe = snapshot.timeframe().ordinal();
        boolean extreme = isExtreme(snapshot, rsi);
        if (extreme && !settings.volatilityFirst) {
            return EXTREME_RSI_WITH_VOLUME;
        }
        if (volatilityPct > highPct[timeframe]) {
            return HIGH_VOLATILITY;
        }
        if (extreme) {
            return EXTREME_RSI_WITH_VOLUME;
        }
        if (rsi >= settings.neutralLow && rsi <= settings.neutralHigh) {
            return NEUTRAL_RSI;
        }
        if (verdict.strongestBuy() >= settings.realWeight && verdict.strongestSell() >= settings.realWeight) {
            return CONFLICTING_INDICATORS;
        }
        if (volatilityPct <= calmPct[timeframe] && (rsi <= settings.clearLow || rsi >= settings.clearHigh)) {
            return CALM_WITH_CLEAR_RSI;
        }
        if (volatilityPct >= 0 && Math.abs(verdict.score()) >= settings.decisiveScore) {
            return DECISIVE_RULES;
        }
        return UNDECIDED;
    }

    private boolean isExtreme(MarketSnapshot snapshot, double rsi) {
        return (rsi > settings.extremeHigh || rsi < settings.extremeLow)
                && snapshot.get(Feature.VOLUME_RATIO) >= settings.extremeVolume;
    }

    /**
     * Sets when RSI counts as extreme.
     *
     * @param low below this, in [0, 50]; standard 20
     * @param high above this, in [50, 100]; standard 80
     * @param volumeRatio and volume at least this many times usual, not negative; standard 1.5
     * @return a changed copy
     */
    public ThresholdClassifier extremeRsi(double low, double high, double volumeRatio) {
        requireRsi("extremeRsi", low, high);
        require(volumeRatio >= 0, "volumeRatio of extremeRsi must not be negative", volumeRatio);
        return with(changed -> {
            changed.extremeLow = low;
            changed.extremeHigh = high;
            changed.extremeVolume = volumeRatio;
        });
    }

    /**
     * Sets when volatility counts as high.
     *
     * @param percent above this on hourly bars, in (0, 100]; standard 3
     * @return a changed copy
     */
    public ThresholdClassifier highVolatilityPct(double percent) {
        require(percent > 0 && percent <= 100, "highVolatilityPct must be in (0, 100]", percent);
        return with(changed -> changed.highPct = percent);
    }

    /**
     * Sets which RSI counts as neutral.
     *
     * @param low from this, in [0, 50]; standard 45
     * @param high to this, in [50, 100]; standard 55
     * @return a changed copy
     */
    public ThresholdClassifier neutralRsi(double low, double high) {
        requireRsi("neutralRsi", low, high);
        return with(changed -> {
            changed.neutralLow = low;
            changed.neutralHigh = high;
        });
    }

    /**
     * Sets how heavy opposing votes must be to count as a conflict.
     *
     * @param weight each at least this, positive; standard 0.5
     * @return a changed copy
     */
    public ThresholdClassifier conflictWeight(double weight) {
        require(weight > 0, "conflictWeight must be positive", weight);
        return with(changed -> changed.realWeight = (float) weight); // as exact as a verdict keeps its votes
    }

    /**
     * Sets when a market counts as calm.
     *
     * @param percent at most this on hourly bars, in (0, 100]; standard 1
     * @return a changed copy
     */
    public ThresholdClassifier calmVolatilityPct(double percent) {
        require(percent > 0 && percent <= 100, "calmVolatilityPct must be in (0, 100]", percent);
        return with(changed -> changed.calmPct = percent);
    }

    /**
     * Sets which RSI counts as clear in a calm market. With the standard values it is the RSI that the standard rules act on without
     * another vote; further in, they often answer HOLD to scenarios that are called clear.
     *
     * @param low at most this, in [0, 50]; standard 35
     * @param high at least this, in [50, 100]; standard 65
     * @return a changed copy
     */
    public ThresholdClassifier clearRsi(double low, double high) {
        requireRsi("clearRsi", low, high);
        return with(changed -> {
            changed.clearLow = low;
            changed.clearHigh = high;
        });
    }

    /**
     * Sets when the rules' score counts as decisive.
     *
     * @param score at least this far from zero, in (0, 1]; standard 0.5
     * @return a changed copy
     */
    public ThresholdClassifier decisiveScore(double score) {
        require(score > 0 && score <= 1, "decisiveScore must be in (0, 1]", score);
        return with(changed -> changed.decisiveScore = score);
    }

    /**
     * Lets high volatility decide before an extreme RSI; by default the extreme RSI does.
     *
     * @return a changed copy
     */
    public ThresholdClassifier volatilityBeforeExtremeRsi() {
        return with(changed -> changed.volatilityFirst = true);
    }

    /**
     * Compares volatility with the same thresholds on every timeframe.
     *
     * @return a changed copy
     */
    public ThresholdClassifier fixedVolatility() {
        return with(changed -> changed.scaled = false);
    }

    private ThresholdClassifier with(Consumer<Settings> change) {
        Settings changed = settings.copy();
        change.accept(changed);
        return new ThresholdClassifier(changed);
    }

    private static double[] byTimeframe(double hourlyPct, boolean scaled) {
        Timeframe[] all = Timeframe.values();
        double[] thresholds = new double[all.length];
        for (Timeframe timeframe : all) {
            thresholds[timeframe.ordinal()] = scaled ? hourlyPct * timeframe.sqrtHours() : hourlyPct;
        }
        return thresholds;
    }

    private static void requireRsi(String name, double low, double high) {
        require(low >= 0 && low <= 50, "low of " + name + " must be in [0, 50]", low);
        require(high >= 50 && high <= 100, "high of " + name + " must be in [50, 100]", high);
    }

    private static void require(boolean holds, String allowed, double given) {
        if (!holds) {
            throw new IllegalArgumentException(allowed + ", but is " + given);
        }
    }

    private static final class Settings {
        double extremeLow = 20;
        double extremeHigh = 80;
        double extremeVolume = 1.5;
        double highPct = 3;
        double neutralLow = 45;
        double neutralHigh = 55;
        double realWeight = 0.5;
        double calmPct = 1;
        double clearLow = 35;
        double clearHigh = 65;
        double decisiveScore = 0.5;
        boolean volatilityFirst;
        boolean scaled = true;

        Settings copy() {
            Settings copy = new Settings();
            copy.extremeLow = extremeLow;
            copy.extremeHigh = extremeHigh;
            copy.extremeVolume = extremeVolume;
            copy.highPct = highPct;
            copy.neutralLow = neutralLow;
            copy.neutralHigh = neutralHigh;
            copy.realWeight = realWeight;
            copy.calmPct = calmPct;
            copy.clearLow = clearLow;
            copy.clearHigh = clearHigh;
            copy.decisiveScore = decisiveScore;
            copy.volatilityFirst = volatilityFirst;
            copy.scaled = scaled;
            return copy;
        }
    }
}
