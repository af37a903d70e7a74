package io.github.hybridinference.lab.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.lab.capacity.BarClose.Fleet;
import io.github.hybridinference.lab.capacity.BarClose.Outcome;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarCloseTest {
    /** Calls of one duration go in rounds. */
    @ParameterizedTest
    @CsvSource({"5000, 1, 256, 0.2, 4.0", "5000, 1, 1000, 0.2, 1.0", "100, 100, 1, 1, 1", "101, 100, 1, 1, 2"})
    void takesAsManyRoundsAsThePlacesAllow(int questions, int instances, int places, double seconds, double expected) {
        Outcome outcome = BarClose.simulate(new Fleet(questions, instances, places, seconds, seconds, 100, 0, 1));

        assertThat(outcome.answered()).isEqualTo(questions);
        assertThat(outcome.seconds()).isCloseTo(expected, within(1e-9));
    }

    @Test
    void whatItsTurnDoesNotReachIsNotSent() {
        Outcome outcome = BarClose.simulate(new Fleet(1_000, 1, 100, 1, 1, 3.5, 0, 1));

        // at 3 s a fourth hundred begins that has no answer at 3.5 s
        assertThat(outcome).isEqualTo(new Outcome(300, 100, 600, 3.5));
        assertThat(outcome.calls()).isEqualTo(400);
    }

    @Test
    void aProcessorLimitsHowFastCallsBegin() {
        Outcome outcome = BarClose.simulate(new Fleet(1_001, 1, 10_000, 0.2, 0.2, 100, 0.001, 2));

        assertThat(outcome.seconds()).isCloseTo(0.5 + 0.2, within(1e-9));
    }

    @Test
    void nothingIsAskedWhenNothingIsComplex() {
        assertThat(BarClose.simulate(new Fleet(0, 10, 256, 1, 4, 10, 0.001, 2))).isEqualTo(new Outcome(0, 0, 0, 0));
    }

    /** Half of the durations are below the median and one in a hundred above the 99th percentile. */
    @Test
    void durationsAreAsAsked() {
        int answeredByMedian = BarClose.simulate(new Fleet(100_000, 1, 100_000, 1.5, 4, 1.5, 0, 1))
                .answered();
        int lateAtP99 = BarClose.simulate(new Fleet(100_000, 1, 100_000, 1.5, 4, 4, 0, 1))
                .tooLate();

        assertThat(answeredByMedian).isBetween(49_400, 50_600); // four standard deviations
        assertThat(lateAtP99).isBetween(870, 1_130);
    }

    @Test
    void eachQuestionHasOneOutcomeAndMorePlacesAnswerNoFewer() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            double median = 0.1 + random.nextDouble();
            Fleet fleet = new Fleet(
                    random.nextInt(2_000),
                    1 + random.nextInt(20),
                    1 + random.nextInt(50),
                    median,
                    median,
                    0.5 + 5 * random.nextDouble(),
                    random.nextDouble() / 1_000,
                    1 + random.nextInt(4));

            Outcome outcome = BarClose.simulate(fleet);
            Outcome wider = BarClose.simulate(fleet.withPlaces(2 * fleet.places()));

            assertThat(outcome.answered() + outcome.tooLate() + outcome.notSent())
                    .isEqualTo(fleet.questions());
            assertThat(outcome.seconds()).isLessThanOrEqualTo(fleet.deadlineSeconds());
            assertThat(wider.answered()).as(fleet.toString()).isGreaterThanOrEqualTo(outcome.answered());
        }
    }
}
