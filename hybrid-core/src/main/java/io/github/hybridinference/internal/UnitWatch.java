package io.github.hybridinference.internal;

import io.github.hybridinference.model.DropCause;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Watches for figures that one question after another have the values of another unit: an RSI between 0 and 1, a price
 * change that is a ratio. One such value may be true; {@value #ENOUGH} are not, and from then on the figure is left out, of
 * the rules and of what is sent, until its values show the right unit.
 *
 * <p>Allocates nothing while nothing is suspect, and writes only for doubtful values.
 *
 * @since 0.1.0
 */
public final class UnitWatch {
    /** So many values of another unit make a figure suspect. */
    public static final int ENOUGH = 100;

    private static final Feature[] WATCHED = {
        Feature.RSI_14,
        Feature.ADX_14,
        Feature.STOCH_K,
        Feature.STOCH_D,
        Feature.FEAR_GREED_INDEX,
        Feature.PRICE_CHANGE_PCT,
        Feature.VOLATILITY_PCT
    };

    private static final Feature ATR_PCT = Feature.of("atr_pct");

    /** A bar's change is some 0.4 of the average true range, and less than this part of it in one bar of 20. */
    private static final double SMALLEST_PART_OF_RANGE = 0.04;

    private static final double LARGEST_PART_OF_RANGE = 10;

    /** What one value in the right unit counts against those that are doubtful. */
    private static final int WEIGHT_OF_RIGHT = 25;

    private static final int MOST = 2 * ENOUGH;

    private final AtomicIntegerArray doubtful = new AtomicIntegerArray(WATCHED.length);

    /** Makes one that has seen nothing. */
    public UnitWatch() {}

    /**
     * Looks at a question.
     *
     * @param snapshot the question
     * @return the question, without the figures that are suspect
     */
    public MarketSnapshot check(MarketSnapshot snapshot) {
        boolean anySuspect = false;
        for (int i = 0; i < WATCHED.length; i++) {
            double value = snapshot.get(WATCHED[i]);
            double other = compared(WATCHED[i], snapshot);
            if (value != 0 && !Double.isNaN(value) && !Double.isNaN(other)) {
                count(i, isDoubtful(WATCHED[i], value, other));
            }
            anySuspect |= doubtful.get(i) >= ENOUGH;
        }
        return anySuspect ? snapshot.without(suspectsOf(snapshot), DropCause.WRONG_UNIT) : snapshot;
    }

    /** With what the volatility was derived from, by which it would come back. */
    private Set<Feature> suspectsOf(MarketSnapshot snapshot) {
        Set<Feature> suspects = new HashSet<>(suspects());
        if (suspects.contains(Feature.VOLATILITY_PCT)
                && snapshot.get(ATR_PCT) == snapshot.get(Feature.VOLATILITY_PCT)) {
            suspects.add(ATR_PCT);
        }
        return suspects;
    }

    /**
     * What is suspect.
     *
     * @return the names of the figures that are left out now
     */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        suspects().forEach(feature -> names.add(feature.name()));
        return Set.copyOf(names);
    }

    private List<Feature> suspects() {
        List<Feature> suspects = new ArrayList<>();
        for (int i = 0; i < WATCHED.length; i++) {
            if (doubtful.get(i) >= ENOUGH) {
                suspects.add(WATCHED[i]);
            }
        }
        return suspects;
    }

    private void count(int index, boolean isDoubtful) {
        int before = doubtful.get(index);
        int after = isDoubtful ? Math.min(MOST, before + 1) : Math.max(0, before - WEIGHT_OF_RIGHT);
        if (after != before) {
            doubtful.set(index, after); // an update that is lost to another thread only delays the verdict
        }
    }

    /** What a figure is judged by, not a number if it is missing: a move by the range of its bar, and the reverse. */
    private static double compared(Feature feature, MarketSnapshot snapshot) {
        if (feature.equals(Feature.PRICE_CHANGE_PCT)) {
            return snapshot.get(Feature.VOLATILITY_PCT);
        }
        return feature.equals(Feature.VOLATILITY_PCT) ? snapshot.get(Feature.PRICE_CHANGE_PCT) : 1;
    }

    private static boolean isDoubtful(Feature feature, double value, double compared) {
        if (feature.equals(Feature.PRICE_CHANGE_PCT)) {
            return Math.abs(value) < SMALLEST_PART_OF_RANGE * compared;
        }
        if (feature.equals(Feature.VOLATILITY_PCT)) {
            return Math.abs(compared) > LARGEST_PART_OF_RANGE * value;
        }
        return value <= compared;
    }
}
