package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConfidenceCalibrationTest {
    @Test
    void poolsWhatIsOutOfOrder() {
        ConfidenceCalibration fitted = ConfidenceCalibration.isotonic(
                new double[] {0.1, 0.2, 0.3, 0.4}, new boolean[] {false, true, false, true});
        assertThat(fitted.calibrated(0.1)).isZero();
        assertThat(fitted.calibrated(0.2)).isEqualTo(0.5);
        assertThat(fitted.calibrated(0.3)).isEqualTo(0.5);
        assertThat(fitted.calibrated(0.9)).isEqualTo(1);
        assertThat(fitted.calibrated(0)).isZero();
    }

    @Test
    void sameConfidencesShareOneValue() {
        ConfidenceCalibration fitted = ConfidenceCalibration.isotonic(
                new double[] {0.6, 0.6, 0.6, 0.6}, new boolean[] {false, false, false, true});
        assertThat(fitted.calibrated(0.6)).isEqualTo(0.25);
    }

    @Test
    void findsTheTrueShareBehindAnExaggeratedConfidence() {
        SplittableRandom random = new SplittableRandom(3);
        double[] confidences = new double[20_000];
        boolean[] hits = new boolean[confidences.length];
        for (int i = 0; i < hits.length; i++) {
            confidences[i] = 0.5 + random.nextDouble() / 2;
            hits[i] = random.nextDouble() < 0.4 + 0.3 * (confidences[i] - 0.5);
        }
        ConfidenceCalibration fitted = ConfidenceCalibration.isotonic(confidences, hits);
        double before = -1;
        for (double confidence = 0.52; confidence < 0.98; confidence += 0.02) {
            double share = fitted.calibrated(confidence);
            assertThat(share).isGreaterThanOrEqualTo(before);
            assertThat(share).isCloseTo(0.4 + 0.3 * (confidence - 0.5), within(0.06));
            before = share;
        }
    }
}
