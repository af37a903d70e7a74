package io.github.hybridinference.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.eval.History;
import io.github.hybridinference.eval.journal.JournalEntry;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExamTest {
    @Test
    void looksUpWhatTheMarketDidFromTheNextOpenOn() {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            double open = 100 + i;
            bars.add(new Bar(Exams.bar(i).minus(Duration.ofHours(1)), open, open + 5, open - 5, open, 1));
        }
        History history = History.of(
                bars,
                Timeframe.H1,
                past -> MarketSnapshot.builder("X", Timeframe.H1)
                        .time(past.get(past.size() - 1).start().plus(Duration.ofHours(1)))
                        .build());
        Outcomes outcomes = Outcomes.of(history, 2);
        JournalEntry third = Exams.recording(10).entries().get(2);
        assertThat(outcomes.forwardReturn(third)).isEqualTo(105 / 103.0 - 1, within(1e-12));
        assertThat(outcomes.horizon()).isEqualTo(Duration.ofHours(2));
        assertThat(outcomes.forwardReturn(Exams.recording(20).entries().get(15)))
                .isNaN();
        Exam exam = Exam.of(Exams.recording(10), outcomes, 0);
        assertThat(exam.size()).isEqualTo(7);
        assertThat(exam.unjudged()).isEqualTo(3);
    }

    @Test
    void choosesQuestionsWhoseOutcomesDoNotOverlap() {
        Exam exam = Exam.of(Exams.recording(20), Exams.truth(Duration.ofHours(4)), 0);
        assertThat(exam.independent()).containsExactly(0, 4, 8, 12, 16);
    }

    /** Bars of weekdays: four bars from a Wednesday on span six days. */
    private static Exam onWeekdays(int size, int horizonBars) {
        List<Bar> bars = new ArrayList<>();
        List<JournalEntry> entries = new ArrayList<>();
        Instant monday = Instant.parse("2026-01-05T00:00:00Z");
        for (int i = 0; i < size; i++) {
            Instant start = monday.plus(Duration.ofDays(i / 5 * 7 + i % 5));
            double open = 100 + i % 7;
            bars.add(new Bar(start, open, open + 5, open - 5, open, 1));
            entries.add(Exams.at(start.plus(Duration.ofDays(1)), i));
        }
        History history = History.of(
                bars,
                Timeframe.D1,
                past -> MarketSnapshot.builder("X", Timeframe.D1)
                        .time(past.get(past.size() - 1).start().plus(Duration.ofDays(1)))
                        .build());
        return Exam.of(Recording.of(entries), Outcomes.of(history, horizonBars), 0);
    }

    @Test
    void outcomesOverlapByBarsNotByTheCalendar() {
        Exam exam = onWeekdays(45, 4);
        assertThat(exam.size()).isEqualTo(40);
        assertThat(exam.independent()).containsExactly(0, 4, 8, 12, 16, 20, 24, 28, 32, 36);
        Exam later = exam.last(0.25);
        assertThat(later.questions().get(0)).isEqualTo(exam.questions().get(30));
        // the outcome of question 26 ends at the open at which that of question 30 begins
        assertThat(exam.before(later).size()).isEqualTo(27);
        assertThat(exam.last(0.3).questions().get(0)).isEqualTo(exam.questions().get(28));
        assertThat(exam.before(exam.last(0.3)).size()).isEqualTo(25);
    }

    @Test
    void leavesOutWhatReachesIntoTheLaterPart() {
        Exam exam = Exam.of(Exams.recording(20), Exams.truth(Duration.ofHours(4)), 0);
        Exam later = exam.last(0.5);
        assertThat(later.size()).isEqualTo(10);
        Instant begin = later.questions().get(0).entry().barTime();
        Exam earlier = exam.before(later);
        assertThat(earlier.size()).isEqualTo(7);
        assertThat(earlier.questions()).allMatch(question -> !question.until().isAfter(begin));
    }

    @Test
    void chargesTheNettedCostToASequenceOfAnswers() {
        List<ExamQuestion> questions = Exam.of(Exams.recording(6), Exams.truth(Duration.ofHours(2)), 10)
                .questions();
        Action[] answers = {Action.BUY, Action.SELL, Action.BUY, Action.BUY, Action.HOLD, null};
        double[] expected = {1, 1, 0, 2, 1, 1
        }; // changes: the last, of the rules, sells what the one before the last bought
        double[] returns = new Netting(questions).returns(answers);
        for (int i = 0; i < returns.length; i++) {
            Action answer = answers[i] == null ? Action.HOLD : answers[i];
            double gross = ExamQuestion.sideOf(answer) * questions.get(i).forwardReturn();
            assertThat(gross - returns[i]).as("question " + i).isEqualTo(0.001 * expected[i], within(1e-12));
        }
    }

    /** An engine that is asked while a bar forms, and asked again after a fallback, decides once a bar. */
    @Test
    void ofSeveralDecisionsOnABarTheLastAnswerCounts() {
        List<JournalEntry> once = Exams.recording(6).entries();
        List<JournalEntry> repeated = new ArrayList<>();
        for (JournalEntry entry : once) {
            repeated.add(Exams.unanswered(entry));
            repeated.add(entry);
            repeated.add(Exams.unanswered(entry));
        }
        Outcomes outcomes = Exams.truth(Duration.ofHours(2));
        List<ExamQuestion> expected = Exam.of(Recording.of(once), outcomes, 10).questions();
        List<ExamQuestion> questions =
                Exam.of(Recording.of(repeated), outcomes, 10).questions();
        Action[] answers = {Action.BUY, Action.SELL, Action.BUY, Action.BUY, Action.HOLD, Action.SELL};

        assertThat(questions).isEqualTo(expected);
        assertThat(new Netting(questions).returns(answers)).isEqualTo(new Netting(expected).returns(answers));
    }

    @Test
    void chargesTheCostBothWays() {
        ExamQuestion question = Exams.exam(1).questions().get(0);
        Action with = question.forwardReturn() > 0 ? Action.BUY : Action.SELL;
        Action against = with == Action.BUY ? Action.SELL : Action.BUY;
        assertThat(question.netReturn(with)).isEqualTo(0.01 - 0.001, within(1e-12));
        assertThat(question.netReturn(against)).isEqualTo(-0.01 - 0.001, within(1e-12));
        assertThat(question.netReturn(Action.HOLD)).isZero();
    }

    @Test
    void refusesACostThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Exam.of(Recording.of(List.of()), Exams.truth(Duration.ofHours(1)), -1));
    }
}
