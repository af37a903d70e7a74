package io.github.hybridinference.eval;

import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.classify.ThresholdClassifier;
import java.util.Locale;

/**
 * Computed thresholds of a classifier.
 *
 * @param highVolatilityPct volatility of hourly bars above it is high; up to it the market is calm
 * @param rsiLow RSI from this value is neutral; in a calm market, RSI up to it is clear
 * @param rsiHigh RSI up to this value is neutral; in a calm market, RSI from it is clear
 * @param conflicts whether conflicting votes go to the model
 * @since 0.1.0
 */
public record Thresholds(double highVolatilityPct, double rsiLow, double rsiHigh, boolean conflicts) {
    /** No vote of the standard rules weighs as much. */
    private static final double NO_CONFLICT = 10;

    /**
     * Builds the classifier.
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
     * Returns the Java code of the classifier, to be pasted into the builder call.
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
