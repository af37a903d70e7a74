package io.github.hybridinference.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.Set;

/**
 * All that may leave the process: catalogue features as rounded numbers in range, and three closed words.
 *
 * <p>The guarantee sits in this type: its builder has no way to put in a string, a price, or a figure finer than its
 * family's step. The steps follow from timeframe and class of the asset. A feature is held as a whole number of steps, so that equal snapshots have
 * equal bytes and equal keys. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class AnonymizedSnapshot {
    // All fields are transient: libraries that write objects field by field find nothing.

    private final transient Timeframe timeframe;
    private final transient AssetClass assetClass;
    private final transient Session session;
    private final transient Resolution resolution;
    private final transient Levels levels;
    private final transient int market;

    private AnonymizedSnapshot(Builder from) {
        timeframe = from.timeframe;
        assetClass = from.assetClass;
        session = from.session;
        resolution = from.resolution;
        levels = from.levels;
        market = from.market();
    }

    /**
     * Starts a snapshot.
     *
     * @param timeframe the length of its bars
     * @param resolution how finely figures are rounded
     * @return a builder for one snapshot
     */
    public static Builder builder(Timeframe timeframe, Resolution resolution) {
        return new Builder(timeframe, resolution);
    }

    /**
     * Returns the number of figures.
     *
     * @return not negative
     */
    public int size() {
        return levels.size();
    }

    /**
     * Returns one of the features.
     *
     * @param index from 0 to {@link #size()} - 1, in the order of the wire
     * @return the feature
     */
    public Feature feature(int index) {
        return levels.feature(index);
    }

    /**
     * Returns one of the figures, rounded.
     *
     * @param index from 0 to {@link #size()} - 1, in the order of the wire
     * @return in the unit of the feature's family
     */
    public double value(int index) {
        return levels.grid(index, resolution, market).valueOf(levels.level(index));
    }

    /**
     * Writes one of the figures as it goes on the wire: a plain decimal number without exponent or needless zeros.
     *
     * @param index from 0 to {@link #size()} - 1, in the order of the wire
     * @param target where to write
     */
    public void appendValue(int index, StringBuilder target) {
        levels.grid(index, resolution, market).append(target, levels.level(index));
    }

    /**
     * Returns the step to which one of the figures is rounded in this market, whatever the resolution of the snapshot.
     *
     * @param index from 0 to {@link #size()} - 1, in the order of the wire
     * @return in the unit of the feature's family; a finer one near zero than further out where the market is quiet
     */
    public double step(int index) {
        Grid coarse = levels.grid(index, Resolution.COARSE, market);
        return coarse.stepAt(coarse.levelOf(value(index)));
    }

    /**
     * Returns a figure, rounded.
     *
     * @param feature which
     * @return in the unit of its family, or NaN if it is missing
     */
    public double get(Feature feature) {
        int index = levels.indexOf(feature);
        return index < 0 ? Double.NaN : value(index);
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
     * Returns how finely the figures are rounded.
     *
     * @return the resolution
     */
    public Resolution resolution() {
        return resolution;
    }

    /**
     * Digests the snapshot.
     *
     * @param seed what else belongs to the request: model, prompt version
     * @return equal for equal snapshots and seeds, in every process
     */
    public CacheKey key(CacheKey seed) {
        KeyMixer mixer = new KeyMixer(seed);
        mixer.mix(
                (long) timeframe.ordinal() << 32 | assetClass.ordinal(),
                (long) session.ordinal() << 32 | resolution.ordinal());
        levels.mixInto(mixer, resolution, market);
        return mixer.finish();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AnonymizedSnapshot that
                && timeframe == that.timeframe
                && assetClass == that.assetClass
                && session == that.session
                && resolution == that.resolution
                && levels.equals(that.levels);
    }

    @Override
    public int hashCode() {
        return 31 * timeframe.hashCode() + levels.hashCode();
    }

    /** What Jackson asks for a value to write. */
    @JsonValue
    @SuppressWarnings("DoNotCallSuggester") // Jackson calls it by reflection
    Object refuseJson() {
        throw new UnsupportedOperationException("an anonymized snapshot is not written as JSON:"
                + " an EgressLog records what is sent; write Inference.toRecord()");
    }

    /** The words and the number of figures. */
    @Override
    public String toString() {
        return "AnonymizedSnapshot[" + timeframe.code() + ", " + assetClass + ", " + levels.size() + " features]";
    }

    /** Collects the figures of one snapshot. Not thread-safe. */
    public static final class Builder {
        private static final int USUALLY_COMPUTED = 8;

        private final Timeframe timeframe;
        private final Resolution resolution;
        private AssetClass assetClass = AssetClass.UNKNOWN;
        private Session session = Session.UNKNOWN;
        private Levels levels = new Levels(USUALLY_COMPUTED);
        private boolean built;

        private Builder(Timeframe timeframe, Resolution resolution) {
            this.timeframe = Objects.requireNonNull(timeframe, "timeframe");
            this.resolution = Objects.requireNonNull(resolution, "resolution");
        }

        /**
         * Adds a figure, rounded to the step of its family.
         *
         * @param feature one that may leave the process
         * @param value in the range of its family
         * @return this builder
         * @throws IllegalArgumentException if the feature is in price units or the figure out of range
         * @throws IllegalStateException if the feature is there already
         */
        public Builder put(Feature feature, double value) {
            requireUnbuilt();
            FeatureFamily family = feature.family();
            if (!family.mayLeave()) {
                throw new IllegalArgumentException(
                        feature.nameForMessages() + " is in price units and does not leave the process");
            }
            if (!family.accepts(value)) {
                throw feature.outOfRange();
            }
            if (!levels.insert(feature, feature.grid(resolution, market()).levelOf(value))) {
                throw new IllegalStateException(feature.nameForMessages() + " was already set");
            }
            return this;
        }

        /**
         * Adds all that a snapshot tells and may leave: its relative figures, which replace what is there already, however
         * it came there, and its figures in price units in their relative form, unless that is there.
         *
         * @param snapshot what a caller knows; its words are not taken
         * @param custom the custom features that may leave, too
         * @return this builder
         * @throws IllegalArgumentException if the snapshot is of another timeframe
         */
        public Builder putAll(MarketSnapshot snapshot, Set<Feature> custom) {
            requireUnbuilt();
            Objects.requireNonNull(custom, "custom");
            if (snapshot.timeframe() != timeframe) {
                throw new IllegalArgumentException("snapshot must be of the timeframe " + timeframe.code()
                        + ", but is of " + snapshot.timeframe().code());
            }
            OutboundFigures.putRelatives(snapshot, this);
            levels = OutboundFigures.merge(snapshot, levels, custom, resolution, market());
            return this;
        }

        /**
         * Adds a figure that was computed, rounded, unless it is there already or out of range. One that misses the end of
         * the range by no more than the inexactness of computing it stands at that end: else it would be there or not
         * depending on the unit of the prices.
         *
         * @param feature one that may leave
         * @param value any figure, NaN included
         * @return this builder
         */
        public Builder putIfFree(Feature feature, double value) {
            double figure = feature.family().withinRange(value);
            return !Double.isNaN(figure) && !has(feature) ? put(feature, figure) : this;
        }

        /**
         * Tells whether a figure was added.
         *
         * @param feature which
         * @return true if it is there
         */
        public boolean has(Feature feature) {
            return levels.indexOf(feature) >= 0;
        }

        /**
         * Tells the kind of instrument, on which the steps depend.
         *
         * @param kind the kind
         * @return this builder
         * @throws IllegalStateException if a figure was added before
         */
        public Builder assetClass(AssetClass kind) {
            requireUnbuilt();
            if (levels.size() > 0) {
                throw new IllegalStateException(
                        "assetClass must be set before the figures, which it tells how to round");
            }
            assetClass = Objects.requireNonNull(kind, "assetClass");
            return this;
        }

        /**
         * Tells the part of the trading day.
         *
         * @param part the part
         * @return this builder
         */
        public Builder session(Session part) {
            requireUnbuilt();
            session = Objects.requireNonNull(part, "session");
            return this;
        }

        /**
         * Builds the snapshot.
         *
         * @return the snapshot
         * @throws IllegalStateException if this builder has built one already
         */
        public AnonymizedSnapshot build() {
            requireUnbuilt();
            built = true;
            return new AnonymizedSnapshot(this);
        }

        private int market() {
            return MarketSteps.market(timeframe, assetClass);
        }

        private void requireUnbuilt() {
            if (built) {
                throw new IllegalStateException("this builder has built its snapshot");
            }
        }
    }
}
