package io.github.hybridinference.model;

/**
 * Whether a situation is simple or complex, and by which condition.
 *
 * @param kind whether the rules suffice
 * @param reason the condition that decided
 * @since 0.1.0
 */
public record Scenario(Kind kind, Reason reason) {
    private static final Scenario[] SIMPLE = all(Kind.SIMPLE);
    private static final Scenario[] COMPLEX = all(Kind.COMPLEX);

    /** Whether the rules suffice. */
    public enum Kind {
        /** The rules answer. */
        SIMPLE,
        /** The model is worth its price. */
        COMPLEX
    }

    /** The condition that decided; a closed set, fit for a metric's tag. */
    public enum Reason {
        /** RSI is missing or the history is too short for it to have settled. */
        INSUFFICIENT_DATA,
        /** RSI beyond the extremes, confirmed by volume. */
        EXTREME_RSI_WITH_VOLUME,
        /** Volatility above the threshold of its timeframe. */
        HIGH_VOLATILITY,
        /** RSI near 50. */
        NEUTRAL_RSI,
        /** A buy and a sell vote of real weight each. */
        CONFLICTING_INDICATORS,
        /** Calm market and an RSI away from the middle. */
        CALM_WITH_CLEAR_RSI,
        /** The rules' score is decisive. */
        DECISIVE_RULES,
        /** None of the conditions held. */
        UNDECIDED,
        /** Not classified: the answer was cached, and the cache is consulted before the classifier. */
        REMEMBERED,
        /** A classifier of the user's decided for a reason of its own, or a part of the user's broke. */
        CUSTOM
    }

    /**
     * Returns the scenario that the rules answer, for this reason. Allocates nothing.
     *
     * @param reason the condition that decided
     * @return a shared instance
     */
    public static Scenario simple(Reason reason) {
        return SIMPLE[reason.ordinal()];
    }

    /**
     * Returns the scenario that goes to the model, for this reason. Allocates nothing.
     *
     * @param reason the condition that decided
     * @return a shared instance
     */
    public static Scenario complex(Reason reason) {
        return COMPLEX[reason.ordinal()];
    }

    /**
     * Tells whether the model is worth its price here.
     *
     * @return true for {@link Kind#COMPLEX}
     */
    public boolean isComplex() {
        return kind == Kind.COMPLEX;
    }

    private static Scenario[] all(Kind kind) {
        Reason[] reasons = Reason.values();
        Scenario[] scenarios = new Scenario[reasons.length];
        for (Reason reason : reasons) {
            scenarios[reason.ordinal()] = new Scenario(kind, reason);
        }
        return scenarios;
    }
}
