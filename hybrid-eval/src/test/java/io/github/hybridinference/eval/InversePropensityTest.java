package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Figures that can be computed by hand; the quantiles are those of Student's t in tables. */
class InversePropensityTest {
    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static int[] bars(int count) {
        int[] bars = new int[count];
        for (int i = 0; i < count; i++) {
            bars[i] = i;
        }
        return bars;
    }

    private static void assertInterval(Interval interval, double mean, double reach) {
        assertThat(interval.value()).isCloseTo(mean, within(1e-9));
        assertThat(interval.high() - mean).isCloseTo(reach, within(1e-5));
        assertThat(mean - interval.low()).isCloseTo(reach, within(1e-5));
    }

    @Test
    void equalBlocksHaveOneDegreeOfFreedomLessThanTheirNumber() {
        double[] figures = {11, 9, 11, 9};
        // standard error of the mean of four: √(4 ∙ 4/3) / 4; t(0.975, 3) = 3.18245
        assertInterval(
                new InversePropensity(1).mean(bars(4), figures, ones(4)), 10, 3.182446 * Math.sqrt(16.0 / 3) / 4);
    }

    @Test
    void twoBlocksHaveOne() {
        // t(0.975, 1) = 12.7062
        assertInterval(new InversePropensity(1).mean(bars(2), new double[] {1, -1}, ones(2)), 0, 12.706205);
        assertInterval(new InversePropensity(2).mean(bars(4), new double[] {1, 1, -1, -1}, ones(4)), 0, 12.706205);
    }

    @Test
    void oneBlockThatCarriesTheVarianceLeavesFewDegrees() {
        double[] figures = {11, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
        // 3 ∙ 132² / 14652 - 1 = 2.5676 degrees, t = 3.50824; the error is √(132 ∙ 12/11) / 12 = 1
        assertInterval(new InversePropensity(1).mean(bars(12), figures, ones(12)), 0, 3.508242);
    }

    @Test
    void anAnswerCountsForOneOverItsPropensity() {
        Interval interval = new InversePropensity(1).mean(bars(3), new double[] {10, 0, 0}, new double[] {1, 50, 49});
        assertThat(interval.value()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void oneBlockHasNoInterval() {
        Interval interval = new InversePropensity(10).mean(bars(3), new double[] {1, 2, 3}, ones(3));
        assertThat(interval.value()).isEqualTo(2);
        assertThat(interval.low()).isNaN();
        assertThat(new InversePropensity(1).mean(new int[0], new double[0], new double[0]))
                .isEqualTo(Interval.NONE);
    }
}
