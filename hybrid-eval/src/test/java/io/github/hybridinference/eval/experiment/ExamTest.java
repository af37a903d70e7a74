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
