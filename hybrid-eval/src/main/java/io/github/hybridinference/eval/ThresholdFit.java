package io.github.hybridinference.eval;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import java.util.Arrays;
import java.util.List;

/**
 * Finds thresholds that send a share of some bars to the model.
 *
 * <p>One parameter controls all thresholds: at 0 only the most volatile bars are complex scenarios, and as it grows,
 * the neutral range of RSI and the share of bars with high volatility grow too. RSI does most of the work, because its
 * distribution changes less from year to year than that of volatility: a share that depended on volatility would drift
 * with the market regime. The range grows more upwards than downwards: when a market starts to rise, its RSI is higher,
 * and a range centred on 50 would lose more bars at its lower edge than it gains at the upper one.
 */
final class ThresholdFit {
    /** Of the growth, how much is upwards from 50. */
    private static final double UPWARDS = 0.8;

    /** How much the share of bars that counts as violent grows with the share of RSI that counts as neutral. */
    private static final double VIOLENT = 0.05;

    /** Where the lower edge of the neutral range has come to 0. */
    private static final double HARDEST = 0.5 / (1 - UPWARDS);

    private static final double REAL_WEIGHT = 0.5;
    private static final int HALVINGS = 24;

    private final History history;
    private final List<RuleVerdict> verdicts;
    private final int from;
    private final int to;
    private final double[] rsi;
    private final double[] volatility;

    ThresholdFit(History history, List<RuleVerdict> verdicts, int from, int to) {
        this.history = history;
        this.verdicts = verdicts;
        this.from = from;
        this.to = to;
        this.rsi = sorted(Feature.RSI_14, 1);
        this.volatility = sorted(Feature.VOLATILITY_PCT, history.timeframe().sqrtHours());
        if (rsi.length == 0 || volatility.length == 0) {
            throw new IllegalArgumentException("a calibration needs bars with RSI and volatility");
        }
    }

    Thresholds to(double share) {
        boolean conflicts = conflictShare() <= share / 2;
        double low = 0;
        double high = HARDEST;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (shareOf(at(middle, conflicts)) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        Thresholds below = at(low, conflicts);
        Thresholds above = at(high, conflicts);
        return Math.abs(shareOf(below) - share) < Math.abs(shareOf(above) - share) ? below : above;
    }

    private Thresholds at(double hardness, boolean conflicts) {
        double middle = (double) countUpTo(rsi, 50) / rsi.length;
        double low = quantile(rsi, middle - (1 - UPWARDS) * hardness);
        double high = quantile(rsi, middle + UPWARDS * hardness);
        double violent = quantile(volatility, 1 - VIOLENT * hardness);
        return new Thresholds(
                Math.min(100, Math.max(0.001, Math.ceil(violent * 1_000) / 1_000)),
                Math.min(50, Math.max(0, hundredths(low))),
                Math.max(50, Math.min(100, hundredths(high))),
                conflicts);
    }

    private double shareOf(Thresholds thresholds) {
        return Calibration.share(thresholds.classifier(), history, verdicts, from, to);
    }

    private double conflictShare() {
        int conflicts = 0;
        for (RuleVerdict verdict : verdicts.subList(from, to)) {
            if (verdict.strongestBuy() >= REAL_WEIGHT && verdict.strongestSell() >= REAL_WEIGHT) {
                conflicts++;
            }
        }
        return (double) conflicts / (to - from);
    }

    private double[] sorted(Feature feature, double unit) {
        return history.questions().subList(from, to).stream()
                .filter(question -> !question.isWarmingUp())
                .mapToDouble((MarketSnapshot question) -> question.get(feature) / unit)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }

    private static int countUpTo(double[] sorted, double value) {
        int at = Arrays.binarySearch(sorted, value);
        return at < 0 ? -at - 1 : at;
    }

    private static double quantile(double[] sorted, double share) {
        int at = (int) Math.round(Math.max(0, Math.min(1, share)) * (sorted.length - 1));
        return sorted[at];
    }

    private static double hundredths(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
