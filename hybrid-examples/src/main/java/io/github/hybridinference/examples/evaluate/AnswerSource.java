package io.github.hybridinference.examples.evaluate;

import io.github.hybridinference.eval.Evaluation;
import io.github.hybridinference.eval.EvaluationResult;
import io.github.hybridinference.eval.journal.FreshAnswers;
import io.github.hybridinference.eval.report.Latencies;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where the answers to complex scenarios come from in an evaluation: a model or a recording. */
interface AnswerSource extends AutoCloseable {
    /** Runs the evaluation with it. */
    EvaluationResult run(Evaluation evaluation) throws IOException;

    /** Asks directly; empty without a model. */
    Optional<FreshAnswers> direct() throws IOException;

    /** How long the model took in that run. */
    Latencies latencies(EvaluationResult result);

    /** Keeps what was asked directly, if anything is to be kept. */
    void keep(FreshAnswers asked) throws IOException;

    /** Who it is, for people; empty without a model. */
    String label();

    boolean isSimulated();

    /** Whether each answer takes time and money. */
    boolean isService();

    /** What a reader of the report must know. */
    List<String> notes();

    @Override
    void close();
}
