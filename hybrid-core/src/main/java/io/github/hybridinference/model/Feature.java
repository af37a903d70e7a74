package io.github.hybridinference.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A figure a snapshot can hold: a {@link FeatureFamily}, the number of bars it looks back over, and the timeframe it was
 * computed on if that is not the snapshot's own. {@code rsi_14_4h} is the RSI over 14 bars of four hours.
 *
 * <p>All spellings of a name are one name: {@code rsi_14}, {@code RSI-14}, {@code rsi14}, {@code Rsi 14}. Features are
 * immutable and thread-safe; their order is the order in which they stand on the wire.
 *
 * @since 0.1.0
 */
public final class Feature implements Comparable<Feature> {
    /** Last price, in price units; never leaves. */
    public static final Feature PRICE = dense(0, "price");
    /** MACD line, in price units; never leaves. */
    public static final Feature MACD = dense(1, "macd");
    /** MACD signal line, in price units; never leaves. */
    public static final Feature MACD_SIGNAL = dense(2, "macd_signal");
    /** MACD line one bar earlier, in price units; never leaves. */
    public static final Feature MACD_PREVIOUS = dense(3, "macd_previous");
    /** MACD signal line one bar earlier, in price units; never leaves. */
    public static final Feature MACD_SIGNAL_PREVIOUS = dense(4, "macd_signal_previous");
    /** Lower Bollinger band, in price units; never leaves. */
    public static final Feature BB_LOWER = dense(5, "bb_lower");
    /** Middle Bollinger band, in price units; never leaves. */
    public static final Feature BB_MIDDLE = dense(6, "bb_middle");
    /** Upper Bollinger band, in price units; never leaves. */
    public static final Feature BB_UPPER = dense(7, "bb_upper");
    /** Price change over the bar in percent. */
    public static final Feature PRICE_CHANGE_PCT = dense(8, "price_change_pct");
    /** Average directional index over 14 bars, 0 to 100. */
    public static final Feature ADX_14 = dense(9, "adx");
    /** RSI over 14 bars (Wilder), 0 to 100. */
    public static final Feature RSI_14 = dense(10, "rsi");
    /** Stochastic %K, 0 to 100. */
    public static final Feature STOCH_K = dense(11, "stoch_k");
    /** Stochastic %D, 0 to 100. */
    public static final Feature STOCH_D = dense(12, "stoch_d");
    /** ATR(14) in percent of the close. */
    public static final Feature VOLATILITY_PCT = dense(13, "volatility_pct");
    /** Volume against its moving average; 1 is usual. */
    public static final Feature VOLUME_RATIO = dense(14, "volume_ratio");
    /** Bid depth less ask depth over their sum. */
    public static final Feature ORDER_BOOK_IMBALANCE = dense(15, "order_book_imbalance");
    /** Funding rate of the perpetual in percent. */
    public static final Feature FUNDING_RATE_PCT = dense(16, "funding_rate_pct");
    /** Fear (0) and greed (100). */
    public static final Feature FEAR_GREED_INDEX = dense(17, "fear_greed_index");
    /** Mood of texts, -1 to 1. */
    public static final Feature SENTIMENT_SCORE = dense(18, "sentiment_score");
    /** Net flow to exchanges in standard deviations from its mean. */
    public static final Feature EXCHANGE_NETFLOW_ZSCORE = dense(19, "exchange_netflow_zscore");

    /** The features with a place of their own in every snapshot, by that place; that is their order on the wire, too. */
    static final Feature[] DENSE = {
        PRICE,
        MACD,
        MACD_SIGNAL,
        MACD_PREVIOUS,
        MACD_SIGNAL_PREVIOUS,
        BB_LOWER,
        BB_MIDDLE,
        BB_UPPER,
        PRICE_CHANGE_PCT,
        ADX_14,
        RSI_14,
        STOCH_K,
        STOCH_D,
        VOLATILITY_PCT,
        VOLUME_RATIO,
        ORDER_BOOK_IMBALANCE,
        FUNDING_RATE_PCT,
        FEAR_GREED_INDEX,
        SENTIMENT_SCORE,
        EXCHANGE_NETFLOW_ZSCORE
    };

    static final int NOT_DENSE = -1;

    /**
     * The member of each family with the standard period, on the snapshot's own timeframe; entered when first wanted. Two
     * threads may make one twice, which does no harm: features are compared by their order.
     */
    private static final @Nullable Feature[] STANDARD = denseByFamily();

    private final FeatureFamily family;
    private final int period;
    private final @Nullable Timeframe timeframe;
    private final int slot;
    private final long order;
    private final String name;

    private Feature(FeatureFamily family, int period, @Nullable Timeframe timeframe, int slot, long order) {
        this.family = family;
        this.period = period;
        this.timeframe = timeframe;
        this.slot = slot;
        this.order = order;
        this.name = family.nameOf(period, timeframe);
    }

    /** The name for a message, unless an owner made it up: a message repeats no text of a caller's. */
    String nameForMessages() {
        return isCustom() ? "a custom feature" : name;
    }

    /** What figures of this feature are. */
    IllegalArgumentException outOfRange() {
        return new IllegalArgumentException(nameForMessages() + " is a finite figure in [" + family.low() + ", "
                + family.high() + "] " + family.unit());
    }

    /**
     * Finds the feature of a name in any spelling.
     *
     * @param name for example {@code ema_20_dist_pct} or {@code fearGreedIndex}
     * @return the feature, or empty if the catalogue has none of that name
     */
    public static Optional<Feature> find(String name) {
        return Optional.ofNullable(Catalogue.find(name));
    }

    /**
     * Returns the feature of a name in any spelling.
     *
     * @param name for example {@code ema_20_dist_pct} or {@code fearGreedIndex}
     * @return the feature
     * @throws IllegalArgumentException if the catalogue has none of that name; the message does not repeat the name
     */
    public static Feature of(String name) {
        Feature feature = Catalogue.find(Objects.requireNonNull(name, "name"));
        if (feature == null) {
            throw new IllegalArgumentException(
                    "not a name of the catalogue: see docs/features.md, or declare it with Feature.custom");
        }
        return feature;
    }

    /**
     * Declares a figure of the owner's own. It leaves the process only if it is also declared on the engine's builder.
     *
     * @param name {@code [a-z][a-z_]{0,30}} with at most a two-digit suffix; must not be a name of the catalogue in any
     *     spelling, nor a sensitive one such as {@code account_id}
     * @param low the lowest figure, inclusive
     * @param high the highest figure, inclusive, above {@code low}
     * @param digits how many significant digits may leave, 1 to {@value FeatureFamily#MAX_DIGITS}
     * @return the feature
     * @throws IllegalArgumentException if any of that does not hold, or the name can tell whose figure it is or of which
     *     instrument, such as {@code unrealized_profit} or {@code btcusdt_momentum}; the message does not repeat the name
     */
    public static Feature custom(String name, double low, double high, int digits) {
        return custom(name, low, high, digits, null);
    }

    /**
     * Declares a figure of the owner's own whose name can tell whose figure it is, or of which instrument. The name is sent.
     *
     * @param name as for {@link #custom(String, double, double, int)}; a sensitive name is refused here as well
     * @param low the lowest figure, inclusive
     * @param high the highest figure, inclusive, above {@code low}
     * @param digits how many significant digits may leave, 1 to {@value FeatureFamily#MAX_DIGITS}
     * @param reason why it may be sent, in the owner's own words, for an auditor of the engine: one line of 10 to 200
     *     characters. It stands in {@link FeatureFamily#description()} and is not sent
     * @return the feature
     * @throws IllegalArgumentException if any of that does not hold; the message does not repeat the name
     */
    public static Feature customEvenThough(String name, double low, double high, int digits, String reason) {
        return custom(name, low, high, digits, Objects.requireNonNull(reason, "reason"));
    }

    private static Feature custom(String name, double low, double high, int digits, @Nullable String evenThough) {
        FeatureFamily family = CustomFeatures.family(name, low, high, digits, evenThough);
        return custom(family, CustomFeatures.order(name, low, high, digits));
    }

    static Feature custom(FeatureFamily family, long order) {
        if (Catalogue.find(family.spec().name().plainName()) != null) {
            throw new IllegalArgumentException("the catalogue has a feature of that name: use Feature.of");
        }
        return new Feature(family, 0, null, NOT_DENSE, order);
    }

    /**
     * Returns the whole catalogue, in the order of the wire.
     *
     * @return an immutable list
     */
    public static List<FeatureFamily> catalogue() {
        return Catalogue.families();
    }

    /**
     * Returns the canonical name.
     *
     * @return in snake case, for example {@code rsi_14_4h}
     */
    public String name() {
        return name;
    }

    /**
     * Returns what kind of figure this is.
     *
     * @return the family
     */
    public FeatureFamily family() {
        return family;
    }

    /**
     * Returns how many bars the figure looks back over.
     *
     * @return bars, or 0 if the family has no period
     */
    public int period() {
        return period;
    }

    /**
     * Returns the timeframe the figure was computed on.
     *
     * @return empty if it is the snapshot's own
     */
    public Optional<Timeframe> timeframe() {
        return Optional.ofNullable(timeframe);
    }

    /**
     * Tells whether an owner declared this feature, rather than the catalogue.
     *
     * @return true for a feature made by {@link #custom}
     */
    public boolean isCustom() {
        return family.isCustom();
    }

    static Feature member(FeatureFamily family, int period, @Nullable Timeframe timeframe) {
        if (timeframe == null && period == family.defaultPeriod()) {
            Feature standard = STANDARD[family.ordinal()];
            if (standard == null) {
                standard = new Feature(family, period, null, NOT_DENSE, order(family, period, null));
                STANDARD[family.ordinal()] = standard;
            }
            return standard;
        }
        return new Feature(family, period, timeframe, NOT_DENSE, order(family, period, timeframe));
    }

    /** The grid for a snapshot of that market: a figure about bars of another length has the steps of those. */
    Grid grid(Resolution resolution, int market) {
        return family.grid(resolution, timeframe == null ? market : MarketSteps.withTimeframe(market, timeframe));
    }

    /** The same figure with the snapshot's own timeframe left unsaid. */
    Feature on(Timeframe own) {
        return timeframe == own ? member(family, period, null) : this;
    }

    int slot() {
        return slot;
    }

    /** Family, period and timeframe as a number: the order on the wire, and the identity in a digest. */
    long order() {
        return order;
    }

    private static Feature dense(int slot, String plainName) {
        FeatureFamily family = Catalogue.family(plainName);
        int period = family.defaultPeriod();
        return new Feature(family, period, null, slot, order(family, period, null));
    }

    private static long order(FeatureFamily family, int period, @Nullable Timeframe timeframe) {
        int frame = timeframe == null ? 0 : timeframe.ordinal() + 1;
        return family.ordinal() * 65_536L + period * 16L + frame;
    }

    private static @Nullable Feature[] denseByFamily() {
        @Nullable Feature[] dense = new Feature[Catalogue.families().size()];
        for (Feature feature : DENSE) {
            dense[feature.family.ordinal()] = feature;
        }
        return dense;
    }

    @Override
    public int compareTo(Feature other) {
        return Long.compare(order, other.order);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Feature feature && feature.order == order);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(order);
    }

    @Override
    public String toString() {
        return name;
    }
}
