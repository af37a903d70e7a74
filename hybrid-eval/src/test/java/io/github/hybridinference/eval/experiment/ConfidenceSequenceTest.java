package io.github.hybridinference.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.eval.Interval;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceSequenceTest {
    @ParameterizedTest
    @CsvSource({"0.5", "0.05", "0.97"})
    void hardlyEverMissesTheMeanHoweverOftenOneLooks(double mean) {
        int missed = 0;
        for (int run = 0; run < 1_000; run++) {
            SplittableRandom random = new SplittableRandom(run);
            ConfidenceSequence sequence = ConfidenceSequence.of(0, 1, 0.95);
            boolean miss = false;
            for (int i = 0; i < 500 && !miss; i++) {
                sequence.add(random.nextDouble() < mean ? 1 : 0);
                miss = !sequence.interval().contains(mean);
            }
            missed += miss ? 1 : 0;
        }
        assertThat(missed).isLessThanOrEqualTo(50);
    }

    @Test
    void narrowsDownToTheMeanFasterTheLessTheObservationsVary() {
        SplittableRandom random = new SplittableRandom(1);
        ConfidenceSequence wild = ConfidenceSequence.of(-5, 5, 0.95);
        ConfidenceSequence tame = ConfidenceSequence.of(-5, 5, 0.95);
        for (int i = 0; i < 10_000; i++) {
            wild.add(random.nextBoolean() ? 3 : -1);
            tame.add(1 + random.nextDouble(-0.1, 0.1));
        }
        assertThat(wild.interval().contains(1)).isTrue();
        assertThat(width(wild)).isLessThan(0.25);
        assertThat(tame.interval().contains(1)).isTrue();
        assertThat(width(tame)).isLessThan(width(wild) / 5);
    }

    @Test
    void followsItsFormula() {
        // against the formula written down a second time, in another language and without running sums
        ConfidenceSequence sequence = ConfidenceSequence.of(0, 1, 0.95);
        sequence.add(1);
        sequence.add(0);
        assertThat(sequence.interval().low()).isZero();
        assertThat(sequence.interval().high()).isEqualTo(1);
        for (int i = 0; i < 98; i++) {
            sequence.add(i % 2);
        }
        assertThat(sequence.interval().low()).isEqualTo(0.3244539587, within(1e-9));
        assertThat(sequence.interval().high()).isEqualTo(0.6725891468, within(1e-9));
    }

    @Test
    void tellsNothingBeforeTheFirstObservation() {
        assertThat(ConfidenceSequence.of(-2, 3, 0.9).interval()).isEqualTo(new Interval(Double.NaN, -2, 3));
    }

    @Test
    void movesWithTheScaleOfTheObservations() {
        SplittableRandom random = new SplittableRandom(7);
        ConfidenceSequence unit = ConfidenceSequence.of(0, 1, 0.95);
        ConfidenceSequence percent = ConfidenceSequence.of(-50, 150, 0.95);
        for (int i = 0; i < 300; i++) {
            double x = random.nextDouble();
            unit.add(x);
            percent.add(-50 + 200 * x);
        }
        assertThat(percent.interval().low())
                .isEqualTo(-50 + 200 * unit.interval().low(), within(1e-9));
        assertThat(percent.interval().high())
                .isEqualTo(-50 + 200 * unit.interval().high(), within(1e-9));
    }

    @Test
    void refusesWhatIsOutOfBounds() {
        ConfidenceSequence sequence = ConfidenceSequence.of(0, 1, 0.95);
        for (double x : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> sequence.add(x));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> ConfidenceSequence.of(1, 1, 0.95));
        assertThatIllegalArgumentException().isThrownBy(() -> ConfidenceSequence.of(0, 1, 1));
        assertThat(sequence.count()).isZero();
    }

    private static double width(ConfidenceSequence sequence) {
        return sequence.interval().high() - sequence.interval().low();
    }
}
