package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.model.Action;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sequence of answers earned after the cost of the trades it makes, as the portfolio of an evaluation counts them:
 * the decision at one bar is followed by that of one horizon later, and only the change between the two is traded. Where the
 * one before or after was not asked, that of the rules stands there; so the exit is charged by what it costs more than if the
 * rules had decided here too.
 */
final class Netting {
    private record Asked(String symbol, Instant time) {}

    private final List<ExamQuestion> questions;
    private final int[] before;
    private final boolean[] hasNext;

    Netting(List<ExamQuestion> questions) {
        this.questions = questions;
        this.before = new int[questions.size()];
        this.hasNext = new boolean[questions.size()];
        Map<Asked, Integer> until = new HashMap<>();
        for (int i = 0; i < before.length; i++) {
            until.put(new Asked(symbolOf(i), questions.get(i).until()), i);
        }
        for (int i = 0; i < before.length; i++) {
            Asked here = new Asked(symbolOf(i), questions.get(i).entry().barTime());
            before[i] = until.getOrDefault(here, -1);
            if (before[i] >= 0) {
                hasNext[before[i]] = true;
            }
        }
    }

    private String symbolOf(int question) {
        return questions.get(question).entry().symbol().orElse("");
    }

    /** The return of each answer; that of the rules where there is none. */
    double[] returns(@Nullable Action[] answers) {
        double[] returns = new double[before.length];
        for (int i = 0; i < returns.length; i++) {
            ExamQuestion question = questions.get(i);
            int side = side(answers, i);
            int held = before[i] >= 0 ? side(answers, before[i]) : ExamQuestion.sideOf(question.before());
            int changes = Math.abs(side - held);
            if (!hasNext[i]) {
                int next = ExamQuestion.sideOf(question.after());
                changes += Math.abs(next - side) - Math.abs(next - ExamQuestion.sideOf(question.rules()));
            }
            returns[i] = side * question.forwardReturn() - changes * question.costShare();
        }
        return returns;
    }

    private int side(@Nullable Action[] answers, int question) {
        Action answer = answers[question];
        return ExamQuestion.sideOf(answer == null ? questions.get(question).rules() : answer);
    }
}
