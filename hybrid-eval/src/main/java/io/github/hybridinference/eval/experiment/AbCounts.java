package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import java.util.OptionalLong;

/** How many answers each arm gave, and what they cost. Not thread-safe. */
final class AbCounts {
    private final long[] answers = new long[2];
    private final long[] fallbacks = new long[2];
    private final long[] costs = new long[2];
    private final boolean[] unpriced = new boolean[2];

    void add(Arm arm, Inference inference) {
        OptionalLong cost = inference.usage().costNanoUsd();
        int index = arm.ordinal();
        answers[index]++;
        fallbacks[index] += inference.source() == Source.FALLBACK ? 1 : 0;
        costs[index] += cost.orElse(0);
        unpriced[index] |= cost.isEmpty();
    }

    void set(Arm arm, long given, long ofThemFallbacks, OptionalLong costNanoUsd) {
        int index = arm.ordinal();
        answers[index] = given;
        fallbacks[index] = ofThemFallbacks;
        costs[index] = costNanoUsd.orElse(0);
        unpriced[index] = costNanoUsd.isEmpty();
    }

    long answers(Arm arm) {
        return answers[arm.ordinal()];
    }

    long fallbacks(Arm arm) {
        return fallbacks[arm.ordinal()];
    }

    OptionalLong costNanoUsd(Arm arm) {
        return unpriced[arm.ordinal()] ? OptionalLong.empty() : OptionalLong.of(costs[arm.ordinal()]);
    }
}
