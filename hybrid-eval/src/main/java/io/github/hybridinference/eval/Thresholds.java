package io.github.hybridinference.eval;

import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.classify.ThresholdClassifier;
import java.util.Locale;

/**
 * Thresholds of a classifier that were computed, and how they are written.
 *
 * @param highVolatilityPct above it on hourly bars volatility is high; up to it the market counts as calm
 * @param rsiLow from this RSI it is neutral; up to it, in a calm market, clear
 * @param rsiHigh to this RSI it is neutral; from it, in a calm market, clear
 * @param conflicts whether votes that disagree go to the model
 */
public record Thresholds(double highVolatilityPct, double rsiLow, double rsiHigh, boolean conflicts) {
    /** No vote of the standard rules weighs as much. */
    private static final double NO_CONFLICT = 10;

    /**
     * Makes the classifier.
     *
     * @return with these thresholds, and the standard ones for the rest
     */
    public ThresholdClassifier classifier() {
        ThresholdClassifier classifier = ScenarioClassifier.thresholds()
                .highVolatilityPct(highVolatilityPct)
                .calmVolatilityPct(highVolatilityPct)
                .neutralRsi(rsiLow, rsiHigh)
                .clearRsi(rsiLow, rsiHigh);
        return conflicts ? classifier : classifier.conflictWeight(NO_CONFLICT);
    }

    /**
     * Writes the classifier as it goes into the builder's code.
     *
     * @return a few lines of Java
     */
    public String snippet() {
        return String.format(
                                Locale.ROOT,
                                ".classifier(ScenarioClassifier.thresholds()%n"
                                        + "        .highVolatilityPct(%1$s)%n"
                                        + "        .calmVolatilityPct(%1$s)%n"
                                        + "        .neutralRsi(%2$s, %3$s)%n"
                                        + "        .clearRsi(%2$s, %3$s)",
                                highVolatilityPct,
                                rsiLow,
                                rsiHigh)
                        .replace(System.lineSeparator(), "\n")
                + (conflicts ? ")" : "\n        .conflictWeight(" + NO_CONFLICT + "))");
    }
}
