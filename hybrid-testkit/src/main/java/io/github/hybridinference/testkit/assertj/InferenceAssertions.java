package io.github.hybridinference.testkit.assertj;

import io.github.hybridinference.EngineStats;
import io.github.hybridinference.model.Inference;
import org.jspecify.annotations.Nullable;

/**
 * Where assertions begin: import {@code assertThat} statically, beside AssertJ's own.
 *
 * @since 0.1.0
 */
public final class InferenceAssertions {
    private InferenceAssertions() {}

    /**
     * Begins assertions about an answer.
     *
     * @param actual the answer
     * @return its assertions
     */
    public static InferenceAssert assertThat(@Nullable Inference actual) {
        return new InferenceAssert(actual);
    }

    /**
     * Begins assertions about what an engine counted.
     *
     * @param actual the statistics
     * @return their assertions
     */
    public static EngineStatsAssert assertThat(@Nullable EngineStats actual) {
        return new EngineStatsAssert(actual);
    }
}
