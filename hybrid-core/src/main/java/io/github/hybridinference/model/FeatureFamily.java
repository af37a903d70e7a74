package io.github.hybridinference.model;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kind of figure, such as "relative strength index", of which a {@link Feature} is one member, such as
 * {@code rsi_14_4h}: what it means, what values it can take, and how coarsely it is rounded before it may leave.
 *
 * <p>Rounding is to a whole number of steps, the <em>level</em>; range and step together bound every figure to at most
 * {@value #MAX_DIGITS} significant digits. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class FeatureFamily {
    /** The most significant digits of a figure that may leave the process. */
    public static final int MAX_DIGITS = 4;

    private static final Set<String> BOUNDED_UNITS = Set.of("points", "share", "coefficient", "score", "exponent");
    private static final Set<Double> BOUNDS = Set.of(-100.0, -2.0, -1.0, 0.0, 1.0, 2.0, 100.0);
    private static final Set<FeatureGroup> FIXED_SHARES = Set.of(FeatureGroup.SENTIMENT, FeatureGroup.ON_CHAIN);

    private final int ordinal;
    private final FamilySpec spec;
    private final double low;
    private final double high;
    private final boolean mayLeave;
    private final Grid coarse;
    private final Grid[] byMarket;
    private final Grid fine;
    private final @Nullable FeatureFamily relative;

    FeatureFamily(int ordinal, FamilySpec spec, @Nullable FeatureFamily relative) {
        this.ordinal = ordinal;
        this.spec = spec;
        this.low = spec.low();
        this.high = spec.high();
        this.mayLeave = spec.relative() == FamilySpec.Relative.ALREADY;
        this.coarse = Grid.of(spec.step(), spec.low(), spec.high());
        this.byMarket = byMarket(spec, coarse);
        this.relative = relative;
        this.fine = Grid.fine(spec.low(), spec.high());
    }

    /**
     * Returns the catalogue's spelling of the family, with {@code {n}} and {@code {timeframe}} where they go.
     *
     * @return for example {@code ema_{n}_dist_pct[_{timeframe}]}
     */
    public String pattern() {
        return spec.name().spelled(spec.period() != 0);
    }

    /**
     * Returns the chapter of the catalogue.
     *
     * @return the group
     */
    public FeatureGroup group() {
        return spec.group();
    }

    /**
     * Returns the unit of the figure.
     *
     * @return for example {@code percent} or {@code points}
     */
    public String unit() {
        return spec.unit();
    }

    /**
     * Returns what the figure is, in one line.
     *
     * @return one sentence without a full stop
     */
    public String description() {
        return spec.description();
    }

    /**
     * Returns the lowest figure accepted.
     *
     * @return inclusive, in {@link #unit()}
     */
    public double low() {
        return low;
    }

    /**
     * Returns the highest figure accepted.
     *
     * @return inclusive, in {@link #unit()}
     */
    public double high() {
        return high;
    }

    /**
     * Returns the step to which a figure is rounded before it leaves, unless the market is a quiet one.
     *
     * @return in {@link #unit()}
     */
    public double step() {
        return coarse.step();
    }

    /**
     * Returns the step to which a figure near zero is rounded in a market, before it leaves. It is the finer, the less bars of
     * that length and class usually move; a figure further from zero is rounded to {@link #step()}.
     *
     * @param timeframe the length of the bars that the figure is about
     * @param assetClass the kind of instrument
     * @return in {@link #unit()}; {@link #step()} divided by 1, 2, 5, 10, 20, 50 or 100
     */
    public double step(Timeframe timeframe, AssetClass assetClass) {
        return byMarket[MarketSteps.market(timeframe, assetClass)].step();
    }

    /**
     * Tells how many bars the figure looks back over if its name does not say.
     *
     * @return bars, or 0 for a family without a period
     */
    public int defaultPeriod() {
        return spec.period();
    }

    /**
     * Tells whether figures of this family may leave the process. Those in price units stay: they serve the rules, and
     * leave only as a distance or a share of the price.
     *
     * @return false for figures in price units
     */
    public boolean mayLeave() {
        return mayLeave;
    }

    /**
     * Tells whether a figure lies in the range.
     *
     * @param value the figure
     * @return false also for NaN and the infinities
     */
    public boolean accepts(double value) {
        return value >= low && value <= high;
    }

    /**
     * Whether a figure out of range is one that no market can show, rather than one that the range leaves out by
     * convention. A negative price has been seen, and so has a change below -100 percent; an RSI of 101 has not.
     */
    boolean isImpossible(double value) {
        return isCustom() || (value < low ? isFloor() : isCeiling());
    }

    private boolean isFloor() {
        return low == 0 || isOfDefinition();
    }

    private boolean isCeiling() {
        return isOfDefinition()
                || (spec.unit().equals("percent") && FIXED_SHARES.contains(spec.group()) && high == 100);
    }

    /** Whether the range follows from what the figure is. */
    private boolean isOfDefinition() {
        return BOUNDED_UNITS.contains(spec.unit()) && BOUNDS.contains(low) && BOUNDS.contains(high);
    }

    /** The figure, moved to the end of the range if it misses that by a hair, or NaN. */
    double withinRange(double value) {
        if (accepts(value)) {
            return value;
        }
        double hair = 1e-9 * (high - low);
        return accepts(value + hair) ? low : accepts(value - hair) ? high : Double.NaN;
    }

    int ordinal() {
        return ordinal;
    }

    FamilySpec spec() {
        return spec;
    }

    /** The family a figure in price units becomes in relation to the price, if it has one of its own. */
    @Nullable FeatureFamily relative() {
        return relative;
    }

    /** What a figure in price units is in relation to the price, as a figure of {@link #relative()}. */
    double relativeValue(double value, double price) {
        return switch (spec.relative()) {
            case SHARE -> value / price * 100;
            case DISTANCE -> (price - value) / value * 100;
            case ALREADY, TOGETHER -> Double.NaN;
        };
    }

    boolean isCustom() {
        return spec.group() == FeatureGroup.CUSTOM;
    }

    String nameOf(int period, @Nullable Timeframe timeframe) {
        return spec.name().nameOf(period, spec.period(), timeframe);
    }

    Grid grid(Resolution resolution, int market) {
        return resolution == Resolution.COARSE ? byMarket[market] : fine;
    }

    private static Grid[] byMarket(FamilySpec spec, Grid catalogue) {
        if (spec.fineness() == FamilySpec.Fineness.FIXED) {
            Grid[] same = new Grid[MarketSteps.COUNT];
            Arrays.fill(same, catalogue);
            return same;
        }
        Grid[] grids = new Grid[MarketSteps.COUNT];
        for (int market = 0; market < grids.length; market++) {
            int parts = MarketSteps.partsOf(spec.fineness(), market);
            Grid grid = parts == 1 ? catalogue : null;
            for (int other = 0; grid == null && other < market; other++) {
                grid = grids[other].parts() == parts ? grids[other] : null;
            }
            grids[market] = grid == null ? Grid.finerNearZero(spec.step(), spec.low(), spec.high(), parts) : grid;
        }
        return grids;
    }

    /** The pattern: the family as an owner knows it. */
    @Override
    public String toString() {
        return pattern();
    }
}
