package io.github.hybridinference;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;

/** What came of a question. */
sealed interface Outcome {
    /**
     * An answer.
     *
     * @param answer the model's advice
     * @param source REMOTE, or CACHE if another process had asked
     * @param usage what it consumed
     */
    record Answered(CachedSignal answer, Source source, Usage usage) implements Outcome {}

    /**
     * No answer.
     *
     * @param degradation why
     */
    record Failed(Degradation degradation) implements Outcome {}
}
