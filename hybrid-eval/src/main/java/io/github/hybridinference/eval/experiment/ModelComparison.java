package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Asks several models the same recorded questions, and compares their answers.
 *
 * <pre>{@code
 * ComparisonReport report = ModelComparison.on(Exam.of(recording, Outcomes.of(history, 4), 5))
 *         .candidate(Candidate.recorded("in use", recording, identity))
 *         .candidate(Candidate.live("cheaper", cheaperModel))
 *         .run(Budget.perDay("2.00"));
 * }</pre>
 *
 * <p>Always to HOLD, always to BUY and the rules take part without being added: a model that does not beat them is not
 * needed.
 *
 * <p>Questions are asked one after the other, each to all models at once. Tests use questions whose outcomes do not
 * overlap, and are corrected for their number: with ten models, the best of 45 pairs looks significant by
 * chance alone. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class ModelComparison {
    private final Exam exam;
    private final List<Candidate> candidates = new ArrayList<>();

    private ModelComparison(Exam exam) {
        this.exam = exam;
    }

    /**
     * Starts configuring a comparison.
     *
     * @param exam the questions
     * @return a comparison without models
     */
    public static ModelComparison on(Exam exam) {
        return new ModelComparison(Objects.requireNonNull(exam, "exam"));
    }

    /**
     * Adds a model.
     *
     * @param candidate the model
     * @return this comparison
     * @throws IllegalArgumentException if the name is taken, also by "always HOLD", "always BUY" or "the rules"
     */
    public ModelComparison candidate(Candidate candidate) {
        if (Benchmark.isLabel(candidate.name())
                || candidates.stream().anyMatch(other -> other.name().equals(candidate.name()))) {
            throw new IllegalArgumentException("there is already a candidate of that name");
        }
        candidates.add(candidate);
        return this;
    }

    /**
     * Asks the questions. Blocks until all are answered.
     *
     * @param budget what may be spent; recorded models reserve their recorded cost as if it were spent again
     * @return the report
     * @throws IllegalStateException if there is no model
     */
    public ComparisonReport run(Budget budget) {
        if (candidates.isEmpty()) {
            throw new IllegalStateException("a comparison needs at least one model");
        }
        Examiner examiner = new Examiner(Objects.requireNonNull(budget, "budget"));
        RemoteModel[] models = candidates.stream()
                .map(candidate -> candidate.on(examiner.clock()))
                .toArray(RemoteModel[]::new);
        List<ExamAnswer[]> answers = new ArrayList<>(exam.size());
        for (ExamQuestion question : exam.questions()) {
            answers.add(Stream.concat(
                            Arrays.stream(examiner.ask(question, models)),
                            Arrays.stream(Benchmark.values())
                                    .map(one -> new ExamAnswer(one.answer(question), null, Usage.NONE, 0)))
                    .toArray(ExamAnswer[]::new));
        }
        return new ComparisonStatistics(exam, candidates, answers).report();
    }
}
