package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.eval.Reidentification.Level;
import io.github.hybridinference.model.AnonymizedSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReidentificationTest {
    private static final int BARS = 600;
    private final List<Bar> bars = Walks.random(3, BARS);
    private final History history = Walks.history(bars);
    private final History other = Walks.history(Reidentification.simulatedFeed(bars, new SplittableRandom(1)));

    @Test
    void findsLessTheMoreIsHidden() {
        Reidentification found = Reidentification.of(history, other, 200);
        assertThat(found.bars()).isEqualTo(BARS - 100);
        assertThat(found.sample()).isEqualTo(200);
        assertThat(found.levels())
                .extracting(Level::name)
                .containsExactly("standard", "coarse", "noisy(1)", "noisy(5)", "noisy(10)");
        Level standard = found.levels().get(0);
        Level coarse = found.levels().get(1);
        Level most = found.levels().get(4);
        assertThat(coarse.unique()).isLessThan(standard.unique());
        assertThat(most.unique()).isLessThan(found.levels().get(2).unique());
        assertThat(most.nearest()).isLessThan(standard.nearest());
        assertThat(most.decisionsChanged()).isGreaterThan(standard.decisionsChanged());
        assertThat(standard.nearestElsewhere()).isLessThanOrEqualTo(standard.nearest());
        assertThat(Reidentification.of(history, other, 200)).as("repeatable").isEqualTo(found);
    }

    @Test
    void countsWhatIsUniqueAsCountingByHandDoes() {
        HashMap<AnonymizedSnapshot, Integer> counts = new HashMap<>();
        history.questions()
                .subList(100, BARS)
                .forEach(question -> counts.merge(Anonymizer.standard().anonymize(question), 1, Integer::sum));
        long once = counts.values().stream().filter(count -> count == 1).count();
        assertThat(Reidentification.of(history, other, 10).levels().get(0).unique())
                .isCloseTo((double) once / (BARS - 100), within(1e-12));
    }

    @Test
    void theTrueBarIsAlwaysAmongThoseThatANoisyQuestionCanBeAbout() {
        List<AnonymizedSnapshot> rounded = history.questions().stream()
                .map(Anonymizer.standard()::anonymize)
                .toList();
        for (int amplitude : new int[] {1, 3, 10}) {
            Anonymizer noisy = Anonymizer.noisy(amplitude);
            for (int bar = 0; bar < BARS; bar += 7) {
                FigureTable only = new FigureTable(List.of(rounded.get(bar)), new HashMap<>());
                assertThat(only.within(noisy.anonymize(history.questions().get(bar)), amplitude))
                        .as("bar %d, amplitude %d", bar, amplitude)
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void simulatesAFeedThatIsNearAndNotTheSame() {
        List<Bar> moved = Reidentification.simulatedFeed(bars, new SplittableRandom(1));
        for (int i = 0; i < BARS; i++) {
            assertThat(moved.get(i).start()).isEqualTo(bars.get(i).start());
            assertThat(moved.get(i).close() / bars.get(i).close()).isCloseTo(1, within(0.0003));
        }
        assertThat(moved).isNotEqualTo(bars);
    }

    @Test
    void refusesFeedsOfDifferentLengthsAndNoSample() {
        History shorter = Walks.history(bars.subList(0, 300));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reidentification.of(history, shorter, 10))
                .withMessage("the other feed must have as many bars as the history");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reidentification.of(history, other, 0))
                .withMessage("the sample must be positive, but is 0");
    }
}
