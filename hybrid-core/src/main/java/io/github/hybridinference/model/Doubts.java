package io.github.hybridinference.model;

import io.github.hybridinference.model.LibraryNames.Meaning;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What makes a figure of a map doubtful though its name is one of the catalogue: other things are called so too, or its
 * value is what the figure is in another unit. What a typed setter is given is not doubted.
 */
final class Doubts {
    /** An account has an {@code SMA}, and some have margins named {@code EMA}: a moving average has a period. */
    private static final Set<String> WITH_PERIOD_ONLY = Set.of("ema", "sma", "wma", "hma");

    /** What a position, a portfolio or the equity of a back-test has too, or what libraries mean differently. */
    static final Set<String> ALSO_OF_PORTFOLIOS = Set.of(
            "psar",
            "vwap",
            "roc_pct",
            "cci",
            "beta",
            "kurtosis",
            "skewness",
            "autocorrelation",
            "drawdown_pct",
            "ulcer_index",
            "price_zscore",
            "relative_strength_pct",
            "realized_volatility_pct",
            "implied_volatility_pct",
            "put_call_ratio",
            "supply_in_profit_pct",
            "staked_pct");

    /** Shares of a market in percent that never come near 1. */
    private static final Set<String> LARGE_SHARES =
            Set.of("bullish_pct", "bearish_pct", "market_breadth_pct", "btc_dominance_pct", "supply_in_profit_pct");

    /** The quietest hour of a market worth asking about; other bars go by the square root of their length. */
    private static final double QUIETEST_HOUR_PCT = 0.03;

    private static final double HOUR_MS = 3_600_000;
    private static final double LEAST_YEARLY_VOLATILITY_PCT = 1.5;
    private static final double LEAST_FUNDING_PCT = 0.0005;
    private static final double LEAST_SKEW_PCT = 0.2;
    private static final double LARGEST_TAKER_SHARE = 0.7;

    /** In percent nearly every place in the band is beyond it. */
    private static final double FARTHEST_PERCENT_B = 3;

    private static final int HIGHEST_POINTS = 100;

    /** Smaller than such a part of the step, a figure would be sent as 0 in any case. */
    private static final int PARTS_OF_STEP = 10;

    /** Beyond this a line is an amount of money rather than a price. */
    private static final double FARTHEST = 0.5;

    private Doubts() {}

    static boolean isAmbiguous(Meaning meaning, String text, @Nullable Vocabulary vocabulary) {
        if (meaning.ofLibrary() || hasNumber(text)) {
            return false;
        }
        String family = meaning.feature().family().spec().name().plainName();
        if (WITH_PERIOD_ONLY.contains(family)) {
            return true;
        }
        return vocabulary == null && (ALSO_OF_PORTFOLIOS.contains(family) || isReturn(family, text));
    }

    /** Whether the figure is the market's even beside fields of an order, a position or an account. */
    static boolean isOfTheMarket(Meaning meaning, String text) {
        FeatureFamily family = meaning.feature().family();
        if (family.group().compareTo(FeatureGroup.VOLUME) > 0) {
            return family.isCustom();
        }
        String plain = family.spec().name().plainName();
        return hasNumber(text)
                || (plain.endsWith("_pct") && !ALSO_OF_PORTFOLIOS.contains(plain) && !isReturn(plain, text));
    }

    static boolean isInAnotherUnit(Feature feature, double value, Timeframe own) {
        FeatureFamily family = feature.family();
        String plain = family.spec().name().plainName();
        return switch (plain) {
            case "volatility_pct", "atr_pct" -> {
                double hours = feature.timeframe().orElse(own).durationMs() / HOUR_MS;
                yield value > 0 && value < QUIETEST_HOUR_PCT * Math.sqrt(hours);
            }
            case "realized_volatility_pct", "implied_volatility_pct" ->
                value > 0 && value < LEAST_YEARLY_VOLATILITY_PCT;
            case "funding_rate_pct" -> value != 0 && Math.abs(value) < LEAST_FUNDING_PCT;
            case "option_skew_pct" -> value != 0 && Math.abs(value) < LEAST_SKEW_PCT;
            case "taker_buy_ratio" -> value > LARGEST_TAKER_SHARE;
            case "bb_percent_b" -> Math.abs(value) > FARTHEST_PERCENT_B;
            case "williams_r" -> value < 0 && value >= -1;
            default -> value > 0 && value <= 1 && (isOscillator(family) || LARGE_SHARES.contains(plain));
        };
    }

    /** Whether a figure in percent grows with the moves of the price, so that as a ratio it would be a hundredth. */
    static boolean isOfMoves(FeatureFamily family) {
        return family.spec().fineness() != FamilySpec.Fineness.FIXED
                && family.unit().equals("percent");
    }

    /** A ratio of this size is none of a market, so the figures of its map are percentages. */
    static boolean isSurelyPercent(double value) {
        return Math.abs(value) >= FARTHEST;
    }

    /** Whether a figure of moves is next to nothing as a percentage, while as a ratio it would be usual. */
    static boolean isPerhapsRatio(FeatureFamily family, double value) {
        return value != 0 && Math.abs(value) < family.step() / PARTS_OF_STEP;
    }

    /** Whether a figure in price units is so far from the price that it is no figure of this market. */
    static boolean isFarFromPrice(Feature feature, double value, double price) {
        boolean isLine = feature.family().low() > 0;
        return isLine ? Math.abs((price - value) / value) > FARTHEST : isFarFromPrice(value, price);
    }

    /** Whether a difference of prices is so large a part of the price. */
    static boolean isFarFromPrice(double difference, double price) {
        return Math.abs(difference / price) > FARTHEST;
    }

    private static boolean isOscillator(FeatureFamily family) {
        return family.low() == 0
                && family.high() == HIGHEST_POINTS
                && family.unit().equals("points");
    }

    /** {@code return_pct} is the change of a price in a library and the gain of a position at a broker. */
    private static boolean isReturn(String family, String text) {
        return family.equals("price_change_pct") && (text.charAt(0) == 'r' || text.charAt(0) == 'R');
    }

    private static boolean hasNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }
}
