package io.github.hybridinference.classify;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario.Reason;
import java.util.List;

/**
 * What a router looks at: figures of the snapshot, the verdict of the rules and the reason of the scenario, as numbers that
 * mean the same at any price level. A figure that is missing is NaN.
 */
final class RouterInputs {
    /** By their index. New ones are added at the end: a stored model names those that it uses. */
    static final List<String> NAMES = List.of(
            "rsi",
            "rsi_distance",
            "volatility_pct",
            "volume_ratio",
            "change_in_ranges",
            "adx",
            "stochastic_distance",
            "percent_b",
            "band_distance",
            "bandwidth_in_ranges",
            "macd_in_ranges",
            "score",
            "score_strength",
            "weaker_vote",
            "stronger_vote",
            "rules_hold",
            "neutral_rsi");

    private static final Feature MACD_PCT = Feature.of("macd_pct");
    private static final Feature BB_PERCENT_B = Feature.of("bb_percent_b");
    private static final Feature BB_BANDWIDTH = Feature.of("bb_bandwidth");
    private static final double MIDDLE = 50;
    private static final double PERCENT = 100;

    private RouterInputs() {}

    /** Allocates nothing. */
    static double value(int input, MarketSnapshot snapshot, RuleVerdict verdict, Reason reason) {
        return switch (input) {
            case 0 -> snapshot.get(Feature.RSI_14);
            case 1 -> Math.abs(snapshot.get(Feature.RSI_14) - MIDDLE);
            case 2 -> snapshot.get(Feature.VOLATILITY_PCT);
            case 3 -> snapshot.get(Feature.VOLUME_RATIO);
            case 4 -> inRanges(snapshot.get(Feature.PRICE_CHANGE_PCT), snapshot);
            case 5 -> snapshot.get(Feature.ADX_14);
            case 6 -> Math.abs(snapshot.get(Feature.STOCH_K) - MIDDLE);
            case 7 -> percentB(snapshot);
            case 8 -> Math.abs(percentB(snapshot) - 0.5);
            case 9 -> inRanges(bandwidthPct(snapshot), snapshot);
            case 10 -> inRanges(macdPct(snapshot), snapshot);
            case 11 -> verdict.score();
            case 12 -> Math.abs(verdict.score());
            case 13 -> Math.min(verdict.strongestBuy(), verdict.strongestSell());
            case 14 -> Math.max(verdict.strongestBuy(), verdict.strongestSell());
            case 15 -> verdict.action() == Action.HOLD ? 1 : 0;
            case 16 -> reason == Reason.NEUTRAL_RSI ? 1 : 0;
            default -> throw new IllegalArgumentException("no such input");
        };
    }

    /** All terms of a model in one pass, which costs half of as many calls of {@link #value}. Allocates nothing. */
    static double sum(Terms terms, MarketSnapshot snapshot, RuleVerdict verdict, Reason reason) {
        double rsi = snapshot.get(Feature.RSI_14);
        double range = snapshot.get(Feature.VOLATILITY_PCT);
        double perRange = range > 0 ? 1 / range : Double.NaN;
        double percentB = percentB(snapshot);
        double score = verdict.score();
        double buy = verdict.strongestBuy();
        double sell = verdict.strongestSell();
        return terms.of(0, rsi)
                + terms.of(1, Math.abs(rsi - MIDDLE))
                + terms.of(2, range)
                + terms.of(3, snapshot.get(Feature.VOLUME_RATIO))
                + terms.of(4, snapshot.get(Feature.PRICE_CHANGE_PCT) * perRange)
                + terms.of(5, snapshot.get(Feature.ADX_14))
                + terms.of(6, Math.abs(snapshot.get(Feature.STOCH_K) - MIDDLE))
                + terms.of(7, percentB)
                + terms.of(8, Math.abs(percentB - 0.5))
                + terms.of(9, bandwidthPct(snapshot) * perRange)
                + terms.of(10, macdPct(snapshot) * perRange)
                + terms.of(11, score)
                + terms.of(12, Math.abs(score))
                + terms.of(13, Math.min(buy, sell))
                + terms.of(14, Math.max(buy, sell))
                + terms.of(15, verdict.action() == Action.HOLD ? 1 : 0)
                + terms.of(16, reason == Reason.NEUTRAL_RSI ? 1 : 0);
    }

    /** How each input is scaled and what it weighs, by its index; one that a model leaves out weighs nothing. */
    static final class Terms {
        /** A figure further from its mean than this many standard deviations says no more than one at this distance. */
        private static final double FURTHEST = 4;

        private final double[] means = new double[NAMES.size()];
        private final double[] perDeviation = new double[NAMES.size()];
        private final double[] weights = new double[NAMES.size()];

        void set(int input, double mean, double deviation, double weight) {
            means[input] = mean;
            perDeviation[input] = 1 / deviation;
            weights[input] = weight;
        }

        /** A missing figure counts as a mean one. */
        private double of(int input, double value) {
            double distance = (value - means[input]) * perDeviation[input];
            double near = distance > FURTHEST ? FURTHEST : distance < -FURTHEST ? -FURTHEST : distance;
            return Double.isNaN(near) ? 0 : weights[input] * near;
        }
    }

    private static double inRanges(double percent, MarketSnapshot snapshot) {
        double range = snapshot.get(Feature.VOLATILITY_PCT);
        return range > 0 ? percent / range : Double.NaN;
    }

    private static double percentB(MarketSnapshot snapshot) {
        double lower = snapshot.get(Feature.BB_LOWER);
        double value = (snapshot.get(Feature.PRICE) - lower) / (snapshot.get(Feature.BB_UPPER) - lower);
        return finite(value, snapshot, BB_PERCENT_B);
    }

    private static double bandwidthPct(MarketSnapshot snapshot) {
        double width = snapshot.get(Feature.BB_UPPER) - snapshot.get(Feature.BB_LOWER);
        return finite(width / snapshot.get(Feature.BB_MIDDLE) * PERCENT, snapshot, BB_BANDWIDTH);
    }

    private static double macdPct(MarketSnapshot snapshot) {
        return finite(snapshot.get(Feature.MACD) / snapshot.get(Feature.PRICE) * PERCENT, snapshot, MACD_PCT);
    }

    /** The figure made of prices, or the one that the caller gave without prices. */
    private static double finite(double value, MarketSnapshot snapshot, Feature given) {
        double known = Double.isNaN(value) ? snapshot.get(given) : value;
        return Double.isInfinite(known) ? Double.NaN : known;
    }
}
