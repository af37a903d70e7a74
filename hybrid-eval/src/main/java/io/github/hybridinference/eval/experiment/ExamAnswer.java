package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a model to a question of an exam.
 *
 * @param signal its signal, null if it failed
 * @param failure why it failed, null if it did not
 * @param usage what it consumed
 * @param nanos how long it took, as measured here
 */
record ExamAnswer(@Nullable TradingSignal signal, @Nullable Degradation failure, Usage usage, long nanos) {
    static ExamAnswer failed(Degradation why, Usage usage, long nanos) {
        return new ExamAnswer(null, why, usage, nanos);
    }
}
