package io.github.hybridinference.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * What a caller knows of a market at the close of a bar: the input of an inference.
 *
 * <p>It holds catalogue features as numbers, and a symbol, a time and prices that never leave the process. A figure that
 * was not given is missing: it satisfies no condition and no rule. Immutable and thread-safe; built by
 * {@link #builder(String, Timeframe)}.
 *
 * <p>A snapshot is not written by accident: Jackson refuses it, Gson finds nothing in it, {@code toString} tells no figure.
 *
 * @since 0.1.0
 */
public final class MarketSnapshot {
    /** With fewer bars of history than this, Wilder's averages have not settled and RSI may be zones off. */
    public static final int SETTLED_AFTER_BARS = 100;

    /** No snapshot holds more figures, however many maps and setters it was made of. */
    public static final int MAX_FIGURES = 64;

    // All fields are transient: libraries that write objects field by field find nothing.

    private final transient String symbol;
    private final transient Timeframe timeframe;
    private final transient AssetClass assetClass;
    private final transient Session session;
    private final transient long timeMillis;
    private final transient boolean warmingUp;

    /** By slot; NaN for a figure that is missing. */
    final transient double[] dense;
    /** Those without a slot, in the order of the wire. */
    final transient Feature[] others;

    final transient double[] otherValues;
    private final transient DroppedFields dropped;

    MarketSnapshot(SnapshotBuilder from, Feature[] others, double[] otherValues) {
        this.symbol = from.symbol;
        this.timeframe = from.timeframe;
        this.assetClass = from.assetClass;
        this.session = from.session;
        this.timeMillis = from.timeMillis();
        this.warmingUp = from.warmingUp;
        this.dense = from.dense;
        this.others = others;
        this.otherValues = otherValues;
        this.dropped = from.dropped();
    }

    /**
     * Starts a snapshot.
     *
     * @param symbol the instrument, 1 to 64 of the characters {@code A-Z a-z 0-9 . ^ = / : _ -} and space, not blank; it never
     *     leaves the process
     * @param timeframe the length of its bars
     * @return a builder for one snapshot
     * @throws IllegalArgumentException if the symbol is malformed
     */
    public static Builder builder(String symbol, Timeframe timeframe) {
        return new SnapshotBuilder(symbol, timeframe);
    }

    /**
     * Returns the figure, or NaN if it is missing. Allocates nothing; one array access for {@link Feature}'s constants.
     *
     * @param feature the figure wanted
     * @return the figure in the unit of its family, or NaN
     */
    public double get(Feature feature) {
        int slot = feature.slot();
        if (slot >= 0) {
            return dense[slot];
        }
        for (int i = 0; i < others.length && others[i].order() <= feature.order(); i++) {
            if (others[i].order() == feature.order()) {
                return otherValues[i];
            }
        }
        return Double.NaN;
    }

    /**
     * Tells whether the figure is there.
     *
     * @param feature the figure
     * @return false if it is missing
     */
    public boolean has(Feature feature) {
        return !Double.isNaN(get(feature));
    }

    /**
     * Shows every figure that is there to {@code visitor}.
     *
     * @param visitor sees each figure once, in the order of the wire
     */
    public void forEach(FigureVisitor visitor) {
        int next = 0;
        for (int slot = nextSlot(0); slot < dense.length; slot = nextSlot(slot + 1)) {
            for (; next < others.length && others[next].order() < Feature.DENSE[slot].order(); next++) {
                visitor.visit(others[next], otherValues[next]);
            }
            visitor.visit(Feature.DENSE[slot], dense[slot]);
        }
        for (; next < others.length; next++) {
            visitor.visit(others[next], otherValues[next]);
        }
    }

    /** The first from there on that holds a figure. */
    int nextSlot(int from) {
        int slot = from;
        while (slot < dense.length && Double.isNaN(dense[slot])) {
            slot++;
        }
        return slot;
    }

    /**
     * Returns the instrument.
     *
     * @return the symbol as given
     */
    public String symbol() {
        return symbol;
    }

    /**
     * Returns the length of the bars.
     *
     * @return the timeframe
     */
    public Timeframe timeframe() {
        return timeframe;
    }

    /**
     * Returns the kind of instrument.
     *
     * @return {@link AssetClass#UNKNOWN} if unknown
     */
    public AssetClass assetClass() {
        return assetClass;
    }

    /**
     * Returns the part of the trading day.
     *
     * @return {@link Session#UNKNOWN} if unknown
     */
    public Session session() {
        return session;
    }

    /**
     * Returns the close of the bar.
     *
     * @return the time given, or that of building the snapshot
     */
    public Instant time() {
        return Instant.ofEpochMilli(timeMillis);
    }

    /**
     * Returns the close of the bar.
     *
     * @return milliseconds since 1970-01-01T00:00Z
     */
    public long timeMs() {
        return timeMillis;
    }

    /**
     * Returns the end of the next bar, until which an answer about this one can hold.
     *
     * @return milliseconds since 1970-01-01T00:00Z
     */
    public long nextBarEndMs() {
        return timeMillis + timeframe.durationMs();
    }

    /**
     * Tells whether fewer than {@value #SETTLED_AFTER_BARS} bars stand behind the indicators.
     *
     * @return true if the history was said to be too short
     */
    public boolean isWarmingUp() {
        return warmingUp;
    }

    /**
     * Returns what was dropped of the maps and figures that were handed in.
     *
     * @return counts by cause, and the names of the first; do not log the names
     */
    public DroppedFields dropped() {
        return dropped;
    }

    /**
     * Returns this snapshot with figures from elsewhere added; one that is there already stays as it is.
     *
     * @param figures in the units and ranges of their families
     * @return a changed copy, with the same time and the same counts of what was dropped
     * @throws IllegalArgumentException if a figure is out of range
     */
    public MarketSnapshot withMissing(Map<Feature, Double> figures) {
        return SnapshotBuilder.copyOf(this, figures);
    }

    /**
     * Returns this snapshot without some figures.
     *
     * @param figures to leave out, whether they are there or not
     * @param cause why, for {@link #dropped()}
     * @return a changed copy, with the same time
     */
    public MarketSnapshot without(Set<Feature> figures, DropCause cause) {
        return SnapshotBuilder.copyWithout(this, figures, cause);
    }

    /** What Jackson asks for a value to write. */
    @JsonValue
    @SuppressWarnings("DoNotCallSuggester") // Jackson calls it by reflection
    Object refuseJson() {
        throw new UnsupportedOperationException("a market snapshot is not written as JSON:"
                + " its symbol, prices and time must not leave the process; write Inference.toRecord()");
    }

    /** The number of figures only: logging a snapshot reveals nothing of its content. */
    @Override
    public String toString() {
        long figures =
                Arrays.stream(dense).filter(value -> !Double.isNaN(value)).count() + others.length;
        return "MarketSnapshot[" + timeframe.code() + ", " + figures + " features]";
    }

    /**
     * Collects the figures of one snapshot. Each figure can be set once; a mistake is refused at the call that makes it.
     * Not thread-safe.
     */
    public sealed interface Builder extends TypedFigures permits SnapshotBuilder {
        /**
         * Sets any figure of the catalogue by name. {@link #feature(Feature, double)} says what becomes of a figure that
         * is not finite or out of range.
         *
         * @param name the name in any spelling
         * @param value the figure, in the unit of its family
         * @return this builder
         * @throws IllegalArgumentException if there is no such name, which the message repeats if it is like one of the
         *     catalogue, or if no market can show that figure
         */
        Builder feature(String name, double value);

        /**
         * Sets any figure. What ordinary data bring is not refused: NaN, an infinity, a price or a line of zero or less are
         * left out, and a figure outside a range that is only the catalogue's convention, such as a volume ratio of 1,500,
         * is taken at the end of the range. Both are in {@link MarketSnapshot#dropped()}.
         *
         * @param feature of the catalogue or custom
         * @param value the figure, in the unit of its family
         * @return this builder
         * @throws IllegalArgumentException if no market can show that figure: an RSI of 101, a negative volume
         * @throws IllegalStateException if the figure was set before, other than a price by a map, or if there are
         *     {@value MarketSnapshot#MAX_FIGURES} already
         */
        Builder feature(Feature feature, double value);

        /**
         * Takes figures from a map of any content, whoever named them. An entry that is not a known name with a finite number
         * in range is dropped: it is counted and can be seen in {@link MarketSnapshot#dropped()}, and is never logged or
         * sent. So is a name that means different things, such as {@code SMA}, {@code CCI} or {@code beta} without a period,
         * and in a map with fields of an order, a position or an account all but names with a period or a unit.
         *
         * <p>Maps under the names {@code market_data}, {@code features}, {@code indicators}, {@code sentiment_data} and
         * {@code on_chain_data}, under a timeframe or under the name of an indicator are entered, one level deep. At most
         * 1,000 entries of a map are looked at.
         *
         * @param fields names and values; a value counts if it is a {@link Number}
         * @return this builder
         */
        Builder features(Map<String, ?> fields);

        /**
         * Takes figures from a map as {@link #features(Map)} does, with the names of one library. A moving average needs
         * its period in the name all the same, and fields of an order, a position or an account are looked for all the same.
         *
         * @param fields names and values; a value counts if it is a {@link Number}
         * @param vocabulary whose names they are
         * @return this builder
         */
        Builder features(Map<String, ?> fields, Vocabulary vocabulary);

        /**
         * Lets {@link #features} accept these custom features by name.
         *
         * @param custom features made by {@link Feature#custom}
         * @return this builder
         */
        Builder accepting(Feature... custom);

        /**
         * Sets the kind of instrument; it may leave the process.
         *
         * @param assetClass the kind
         * @return this builder
         */
        Builder assetClass(AssetClass assetClass);

        /**
         * Sets the part of the trading day; it may leave the process.
         *
         * @param session the part
         * @return this builder
         */
        Builder session(Session session);

        /**
         * Sets the close of the bar; the default is the time of {@link #build()}.
         *
         * @param close the close
         * @return this builder
         */
        Builder time(Instant close);

        /**
         * Sets how many bars stand behind the indicators; below {@value MarketSnapshot#SETTLED_AFTER_BARS} the snapshot
         * is warming up and the rules hold.
         *
         * @param bars not negative
         * @return this builder
         */
        Builder historyBars(int bars);

        /**
         * Builds the snapshot.
         *
         * @return the snapshot
         * @throws IllegalStateException if this builder has built one already
         */
        MarketSnapshot build();
    }
}
