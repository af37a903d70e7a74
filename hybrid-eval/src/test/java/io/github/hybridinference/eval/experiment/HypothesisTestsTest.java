package io.github.hybridinference.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HypothesisTestsTest {
    @Test
    void correctsForTheNumberOfTests() {
        // Holm's procedure by hand: 0.01·4, 0.02·3, 0.03·2 not below the one before, 0.5·1
        assertThat(HypothesisTests.holm(new double[] {0.03, 0.01, Double.NaN, 0.5, 0.02}))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(0.06, 0.04, Double.NaN, 0.5, 0.06);
        assertThat(HypothesisTests.holm(new double[] {0.6, 0.7})).containsExactly(1, 1);
        assertThat(HypothesisTests.holm(new double[0])).isEmpty();
    }

    @Test
    void seldomFindsADifferenceBetweenEqualsHoweverManyItCompares() {
        int found = 0;
        for (int run = 0; run < 100; run++) {
            SplittableRandom random = new SplittableRandom(run);
            double[] values = new double[20];
            for (int i = 0; i < values.length; i++) {
                double[] differences = random.doubles(30, -1, 1).toArray();
                values[i] = HypothesisTests.mean(differences);
            }
            double[] adjusted = HypothesisTests.holm(values);
            boolean any = false;
            for (double p : adjusted) {
                any |= p < 0.05;
            }
            found += any ? 1 : 0;
        }
        assertThat(found).isLessThanOrEqualTo(11); // 5 % of 100, and room for chance
    }

    @Test
    void agreesWithTheTables() {
        // all of 6 on one side: 2 / 2^6
        assertThat(HypothesisTests.mcNemar(6, 0)).isEqualTo(0.03125, within(1e-9));
        assertThat(HypothesisTests.mcNemar(5, 5)).isEqualTo(1, within(1e-9));
    }

    @Test
    void findsAMeanThatIsNotZeroAndNoneThatIs() {
        SplittableRandom random = new SplittableRandom(4);
        double[] differences = random.doubles(200, -1, 1).map(x -> x + 0.25).toArray();
        assertThat(HypothesisTests.mean(differences)).isLessThan(0.01);
        // five of a hundred are 19 times as large as the rest: half and more are on one side, the mean is zero
        double[] skewed = new double[100];
        Arrays.setAll(skewed, i -> i % 20 == 0 ? -19 : 1);
        assertThat(HypothesisTests.mean(skewed)).isGreaterThan(0.9);
        assertThat(HypothesisTests.mean(new double[] {2, 2, 2, 2})).isEqualTo(0.125);
    }

    @Test
    void findsNothingWhereNothingDiffers() {
        assertThat(HypothesisTests.mean(new double[] {0, 0, 0})).isEqualTo(1);
        assertThat(HypothesisTests.mcNemar(0, 0)).isEqualTo(1);
        assertThat(HypothesisTests.mean(new double[1])).isNaN();
    }
}
