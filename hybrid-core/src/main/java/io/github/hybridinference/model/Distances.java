package io.github.hybridinference.model;

import java.util.OptionalDouble;

/**
 * One object for each distance that models usually name, a whole number of hundredths of a percent: a million remembered
 * answers would else hold two million of them, a seventh of what they take.
 */
final class Distances {
    private static final int HUNDREDTHS = 100;

    private static final OptionalDouble[] USUAL =
            new OptionalDouble[(int) (TradingSignal.MAX_DISTANCE_PCT * HUNDREDTHS) + 1];

    private Distances() {}

    /** An equal one, in range as {@link TradingSignal} wants it. Two threads may make it twice, which does no harm. */
    static OptionalDouble shared(OptionalDouble distancePct) {
        double value = distancePct.orElse(0);
        int hundredths = (int) Math.rint(value * HUNDREDTHS);
        if (value == 0 || value != (double) hundredths / HUNDREDTHS) {
            return distancePct;
        }
        OptionalDouble known = USUAL[hundredths];
        if (known == null) {
            USUAL[hundredths] = distancePct;
        }
        return known == null ? distancePct : known;
    }
}
