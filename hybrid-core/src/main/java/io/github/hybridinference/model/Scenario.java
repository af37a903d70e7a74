package io.github.hybridinference.model;

import java.util.Objects;

/**
 * Whether a situation is simple or complex, and by which condition.
 *
 * @param kind whether the rules suffice
 * @param reason the condition that decided
 * @param propensity the probability with which the classifier made this situation COMPLEX, in [0, 1]. A classifier without
 *     chance has 1 for COMPLEX and 0 for SIMPLE; one that explores has its share of exploration in between, and an estimate from
 *     its journal weighs each answer of the model by one over the propensity
 * @since 0.1.0
 */
public record Scenario(Kind kind, Reason reason, double propensity) {
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
     * Checks the propensity.
     *
     * @param kind whether the rules suffice
     * @param reason the condition that decided
     * @param propensity the probability of COMPLEX
     * @throws IllegalArgumentException if it is not in [0, 1], or the kind could not have come about with it
     */
    public Scenario {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reason, "reason");
        if (!(kind == Kind.COMPLEX ? propensity > 0 && propensity <= 1 : propensity >= 0 && propensity < 1)) {
            throw new IllegalArgumentException(
                    "propensity is the probability of COMPLEX: in (0, 1] for COMPLEX, in [0, 1) for SIMPLE");
        }
    }

    /**
     * Makes the scenario of a classifier without chance.
     *
     * @param kind whether the rules suffice
     * @param reason the condition that decided
     */
    public Scenario(Kind kind, Reason reason) {
        this(kind, reason, kind == Kind.COMPLEX ? 1 : 0);
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
