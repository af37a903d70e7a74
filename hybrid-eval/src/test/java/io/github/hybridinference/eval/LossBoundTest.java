package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LossBoundTest {
    private static final double[] NO_CHANGES = {};

    /** The probability of a change is the share of changes below it, so that the threshold is the loss. */
    @Test
    void isBrokenInFewerThanOneOfTwentyDrawings() {
        SplittableRandom random = new SplittableRandom(5);
        int broken = 0;
        for (int round = 0; round < 400; round++) {
            double[] held = random.doubles(800).toArray();
            double[] weights = new double[800];
            Arrays.fill(weights, 1);
            double threshold = LossBound.of(held, weights, 0.3, 0.95).threshold();
            assertThat(threshold).isGreaterThan(0.1);
            broken += threshold > 0.3 ? 1 : 0;
        }

        assertThat(broken).isLessThanOrEqualTo(20);
    }

    @Test
    void isThatOfTheWorstQuarter() {
        double[] held = new double[800];
        double[] weights = new double[800];
        Arrays.fill(weights, 1);
        Arrays.fill(held, 0, 600, 0.9);
        Arrays.fill(held, 600, 800, 0.4); // the last quarter has changes that look improbable

        assertThat(LossBound.of(held, weights, 0.3, 0.95).threshold()).isBetween(0.35, 0.4);
    }

    /** Of 100 changes that are lost with a probability of 30 %, 22 or fewer are lost in 4.8 %, and 23 or fewer in 7.6 %. */
    @Test
    void aThresholdPassesAtTheLevelOfTheBinomialTest() {
        assertThat(LossBound.of(losing(22), ones(), 0.3, 0.95).threshold()).isBetween(0.89, 0.9);
        assertThat(LossBound.of(losing(23), ones(), 0.3, 0.95).threshold()).isBetween(0.19, 0.2);
    }

    private static double[] losing(int ofEachQuarter) {
        double[] held = new double[400];
        for (int i = 0; i < held.length; i++) {
            held[i] = i % 100 < ofEachQuarter ? 0.2 : 0.9;
        }
        return held;
    }

    private static double[] ones() {
        double[] weights = new double[400];
        Arrays.fill(weights, 1);
        return weights;
    }

    @Test
    void withoutChangesAllIsAsked() {
        assertThat(LossBound.of(NO_CHANGES, NO_CHANGES, 0.3, 0.95).threshold()).isLessThan(1e-6);
    }

    @Test
    void explorationCountsForFewerThanItStandsFor() {
        double[] held = new SplittableRandom(5).doubles(800).toArray();
        double[] alike = new double[800];
        double[] unlike = new double[800];
        Arrays.fill(alike, 1);
        for (int i = 0; i < 800; i++) {
            unlike[i] = i % 10 == 0 ? 50 : 1;
        }

        assertThat(LossBound.of(held, unlike, 0.3, 0.95).threshold())
                .isLessThan(LossBound.of(held, alike, 0.3, 0.95).threshold());
    }

    /** Of 200 with weights of 1 and 50 in turn, 104 count: 25 of 104 is too near to 30 %, as 48 of 200 is not. */
    @Test
    void unequalWeightsCountAsManyAsHaveTheSameVariance() {
        double[] held = new double[800];
        double[] alike = new double[800];
        double[] unlike = new double[800];
        for (int i = 0; i < 800; i++) {
            held[i] = i % 200 < 48 ? 0.2 : 0.9;
            alike[i] = 1;
            unlike[i] = i % 2 == 0 ? 50 : 1;
        }

        assertThat(LossBound.of(held, alike, 0.3, 0.95).threshold()).isBetween(0.89, 0.9);
        assertThat(LossBound.of(held, unlike, 0.3, 0.95).threshold()).isBetween(0.19, 0.2);
    }
}
