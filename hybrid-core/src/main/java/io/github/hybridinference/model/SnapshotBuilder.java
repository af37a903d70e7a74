package io.github.hybridinference.model;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one builder of snapshots. */
final class SnapshotBuilder implements MarketSnapshot.Builder, FieldIntake.Figures {
    private static final int MAX_SYMBOL = 64;
    private static final String SYMBOL_PUNCTUATION = " .^=/:_-";
    private static final long TIME_UNSET = Long.MIN_VALUE;
    private static final Feature[] NO_FEATURES = {};
    private static final double[] NO_VALUES = {};
    private static final double[] NOTHING = new double[Feature.DENSE.length];
    private static final Feature ATR_PCT = Feature.of("atr_pct");
    private static final Feature ATR = Feature.of("atr_14");

    static {
        Arrays.fill(NOTHING, Double.NaN);
    }

    // All fields are transient: libraries that write objects field by field find nothing.

    final transient String symbol;
    final transient Timeframe timeframe;
    final transient double[] dense = NOTHING.clone();
    transient AssetClass assetClass = AssetClass.UNKNOWN;
    transient Session session = Session.UNKNOWN;
    transient boolean warmingUp;

    private transient DroppedFields inherited = DroppedFields.NONE;
    private transient Feature[] others = NO_FEATURES;
    private transient double[] otherValues = NO_VALUES;
    private transient int otherCount;
    private transient long timeMillis = TIME_UNSET;
    private transient @Nullable FieldIntake intake;
    private transient boolean built;

    SnapshotBuilder(String symbol, Timeframe timeframe) {
        requireSymbol(symbol);
        this.symbol = symbol;
        this.timeframe = Objects.requireNonNull(timeframe, "timeframe");
    }

    private static SnapshotBuilder emptyCopyOf(MarketSnapshot snapshot) {
        SnapshotBuilder copy = new SnapshotBuilder(snapshot.symbol(), snapshot.timeframe())
                .assetClass(snapshot.assetClass())
                .session(snapshot.session())
                .time(snapshot.time());
        copy.warmingUp = snapshot.isWarmingUp();
        copy.inherited = snapshot.dropped();
        return copy;
    }

    /** Copies a snapshot without some of its figures, and derives none of them from others. */
    static MarketSnapshot copyWithout(MarketSnapshot snapshot, Set<Feature> figures, DropCause cause) {
        SnapshotBuilder copy = emptyCopyOf(snapshot);
        snapshot.forEach((feature, value) -> {
            if (!figures.contains(feature)) {
                copy.put(feature, value);
            } else {
                copy.inherited = copy.inherited.and(cause, 1);
            }
        });
        return copy.built();
    }

    /** Copies a snapshot and adds the figures that it is missing. */
    static MarketSnapshot copyOf(MarketSnapshot snapshot, Map<Feature, Double> added) {
        SnapshotBuilder copy = emptyCopyOf(snapshot);
        snapshot.forEach(copy::put);
        added.forEach((feature, value) -> {
            if (!Double.isNaN(copy.get(feature.on(snapshot.timeframe())))) {
                return;
            }
            if (copy.isFull()) {
                copy.inherited = copy.inherited.and(DropCause.TOO_MANY, 1);
            } else if (!feature.family().accepts(value)) {
                throw feature.outOfRange();
            } else {
                copy.put(feature.on(snapshot.timeframe()), value);
            }
        });
        return copy.build();
    }

    @Override
    public SnapshotBuilder price(double price) {
        return feature(Feature.PRICE, price);
    }

    @Override
    public SnapshotBuilder rsi(double rsi) {
        return feature(Feature.RSI_14, rsi);
    }

    @Override
    public SnapshotBuilder macd(double line, double signal) {
        return feature(Feature.MACD, line).feature(Feature.MACD_SIGNAL, signal);
    }

    @Override
    public SnapshotBuilder previousMacd(double line, double signal) {
        return feature(Feature.MACD_PREVIOUS, line).feature(Feature.MACD_SIGNAL_PREVIOUS, signal);
    }

    @Override
    public SnapshotBuilder bollinger(double lower, double middle, double upper) {
        if (lower > middle || middle > upper || lower > upper) {
            throw new IllegalArgumentException("Bollinger bands are given as lower, middle, upper, in that order");
        }
        return feature(Feature.BB_LOWER, lower)
                .feature(Feature.BB_MIDDLE, middle)
                .feature(Feature.BB_UPPER, upper);
    }

    @Override
    public SnapshotBuilder volumeRatio(double ratio) {
        return feature(Feature.VOLUME_RATIO, ratio);
    }

    @Override
    public SnapshotBuilder volatilityPct(double percent) {
        return feature(Feature.VOLATILITY_PCT, percent);
    }

    @Override
    public SnapshotBuilder priceChangePct(double percent) {
        return feature(Feature.PRICE_CHANGE_PCT, percent);
    }

    @Override
    public SnapshotBuilder feature(String name, double value) {
        Feature feature = Catalogue.find(Objects.requireNonNull(name, "name"));
        if (feature == null) {
            throw unknown(name);
        }
        return feature(feature, value);
    }

    /** Repeats a name that is much like one of the catalogue's; any other text may be private, and is not repeated. */
    private static IllegalArgumentException unknown(String name) {
        boolean isName = FoldedName.of(name) != null && !SensitiveNames.contains(name);
        Feature nearest = isName ? NearestName.of(name) : null;
        return new IllegalArgumentException("not a name of the catalogue"
                + (nearest == null ? "" : ": " + name + "; the nearest is " + nearest.name())
                + ": see docs/features.md, or declare it with Feature.custom");
    }

    @Override
    public SnapshotBuilder feature(Feature feature, double value) {
        requireUnbuilt();
        Objects.requireNonNull(feature, "feature");
        Feature own = feature.on(timeframe);
        double taken = feature.family().accepts(value) ? value : ordinary(feature, value);
        if (Double.isNaN(taken)) {
            return this;
        }
        if (own.equals(Feature.PRICE) && intake != null && intake.gavePrice()) {
            intake.loseTypedPrice();
            remove(own);
        }
        if (isFull() && Double.isNaN(get(own))) {
            throw new IllegalStateException("a snapshot holds at most " + MarketSnapshot.MAX_FIGURES + " figures");
        }
        if (!put(own, taken)) {
            throw new IllegalStateException(own.nameForMessages() + " was already set");
        }
        return this;
    }

    /** What is taken of a figure out of range: the end of the range, NaN for nothing, or an exception. */
    private double ordinary(Feature feature, double value) {
        FeatureFamily family = feature.family();
        boolean finite = !Double.isNaN(value) && !Double.isInfinite(value);
        if (finite && family.isImpossible(value)) {
            throw feature.outOfRange();
        }
        boolean clipped = finite && family.mayLeave();
        DropCause cause = clipped ? DropCause.CLIPPED : finite ? DropCause.OUT_OF_RANGE : DropCause.NOT_FINITE;
        intake().drop(cause, feature.name(), feature);
        return clipped ? Math.max(family.low(), Math.min(family.high(), value)) : Double.NaN;
    }

    @Override
    public SnapshotBuilder features(Map<String, ?> fields) {
        requireUnbuilt();
        intake().takeAll(Objects.requireNonNull(fields, "fields"), null, this);
        return this;
    }

    @Override
    public SnapshotBuilder features(Map<String, ?> fields, Vocabulary vocabulary) {
        requireUnbuilt();
        Objects.requireNonNull(vocabulary, "vocabulary");
        intake().takeAll(Objects.requireNonNull(fields, "fields"), vocabulary, this);
        return this;
    }

    @Override
    public SnapshotBuilder accepting(Feature... custom) {
        requireUnbuilt();
        for (Feature feature : custom) {
            intake().accept(feature);
        }
        return this;
    }

    @Override
    public SnapshotBuilder assetClass(AssetClass kind) {
        requireUnbuilt();
        assetClass = Objects.requireNonNull(kind, "assetClass");
        return this;
    }

    @Override
    public SnapshotBuilder session(Session part) {
        requireUnbuilt();
        session = Objects.requireNonNull(part, "session");
        return this;
    }

    @Override
    public SnapshotBuilder time(Instant close) {
        requireUnbuilt();
        try {
            timeMillis = Objects.requireNonNull(close, "close").toEpochMilli();
        } catch (ArithmeticException tooFar) {
            throw new IllegalArgumentException("the time of a bar is within 200 million years of 1970", tooFar);
        }
        return this;
    }

    @Override
    public SnapshotBuilder historyBars(int bars) {
        requireUnbuilt();
        if (bars < 0) {
            throw new IllegalArgumentException("historyBars must not be negative, but is " + bars);
        }
        warmingUp = bars < MarketSnapshot.SETTLED_AFTER_BARS;
        return this;
    }

    @Override
    public MarketSnapshot build() {
        requireUnbuilt();
        built = true;
        if (intake != null) {
            intake.finish(this);
        }
        if (otherCount > 0 && !isFull() && Double.isNaN(dense[Feature.VOLATILITY_PCT.slot()])) {
            takeVolatilityFromRange();
        }
        return built();
    }

    private MarketSnapshot built() {
        built = true;
        boolean full = otherCount == others.length;
        return new MarketSnapshot(
                this,
                full ? others : Arrays.copyOf(others, otherCount),
                full ? otherValues : Arrays.copyOf(otherValues, otherCount));
    }

    /** The classifier's volatility is the average true range in percent: a caller who gave that has given both. */
    private void takeVolatilityFromRange() {
        double percent = get(ATR_PCT);
        double known = Double.isNaN(percent) ? get(ATR) / get(Feature.PRICE) * 100 : percent;
        if (Feature.VOLATILITY_PCT.family().accepts(known)) {
            put(Feature.VOLATILITY_PCT, known);
        }
    }

    @Override
    public Timeframe timeframe() {
        return timeframe;
    }

    @Override
    public String symbol() {
        return symbol;
    }

    @Override
    public boolean isFull() {
        int count = otherCount;
        if (count + dense.length < MarketSnapshot.MAX_FIGURES) {
            return false;
        }
        for (double value : dense) {
            count += Double.isNaN(value) ? 0 : 1;
        }
        return count >= MarketSnapshot.MAX_FIGURES;
    }

    @Override
    public boolean put(Feature feature, double value) {
        int slot = feature.slot();
        if (slot >= 0) {
            if (!Double.isNaN(dense[slot])) {
                return false;
            }
            dense[slot] = value;
            return true;
        }
        return insert(feature, value);
    }

    @Override
    public double get(Feature feature) {
        int slot = feature.slot();
        if (slot >= 0) {
            return dense[slot];
        }
        int at = indexOf(feature);
        return at < 0 ? Double.NaN : otherValues[at];
    }

    @Override
    public void remove(Feature feature) {
        int slot = feature.slot();
        if (slot >= 0) {
            dense[slot] = Double.NaN;
            return;
        }
        int at = indexOf(feature);
        otherCount--;
        System.arraycopy(others, at + 1, others, at, otherCount - at);
        System.arraycopy(otherValues, at + 1, otherValues, at, otherCount - at);
    }

    private int indexOf(Feature feature) {
        for (int i = 0; i < otherCount; i++) {
            if (others[i].equals(feature)) {
                return i;
            }
        }
        return -1;
    }

    long timeMillis() {
        return timeMillis == TIME_UNSET ? System.currentTimeMillis() : timeMillis;
    }

    DroppedFields dropped() {
        return intake == null ? inherited : intake.dropped();
    }

    /** Keeps the others in the order of the wire, so that the anonymizer need not sort. */
    private boolean insert(Feature feature, double value) {
        int at = otherCount;
        while (at > 0 && others[at - 1].order() >= feature.order()) {
            at--;
        }
        if (at < otherCount && others[at].equals(feature)) {
            return false;
        }
        if (otherCount == others.length) {
            int room = Math.max(8, 2 * otherCount);
            others = Arrays.copyOf(others, room);
            otherValues = Arrays.copyOf(otherValues, room);
        }
        System.arraycopy(others, at, others, at + 1, otherCount - at);
        System.arraycopy(otherValues, at, otherValues, at + 1, otherCount - at);
        others[at] = feature;
        otherValues[at] = value;
        otherCount++;
        return true;
    }

    private FieldIntake intake() {
        FieldIntake current = intake;
        if (current == null) {
            current = new FieldIntake();
            intake = current;
        }
        return current;
    }

    private void requireUnbuilt() {
        if (built) {
            throw new IllegalStateException("this builder has built its snapshot: start another with builder(..)");
        }
    }

    private static void requireSymbol(String symbol) {
        int length = Objects.requireNonNull(symbol, "symbol").length();
        boolean wellFormed = length <= MAX_SYMBOL && !symbol.isBlank();
        for (int i = 0; wellFormed && i < length; i++) {
            wellFormed = isSymbolCharacter(symbol.charAt(i));
        }
        if (!wellFormed) {
            throw new IllegalArgumentException(
                    "a symbol is 1 to 64 of the characters A-Z a-z 0-9 . ^ = / : _ - and space, and not blank");
        }
    }

    private static boolean isSymbolCharacter(char c) {
        boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        return letter || (c >= '0' && c <= '9') || SYMBOL_PUNCTUATION.indexOf(c) >= 0;
    }
}
