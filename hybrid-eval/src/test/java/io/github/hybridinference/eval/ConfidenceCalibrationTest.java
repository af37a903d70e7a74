package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Timeframe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ConfidenceCalibrationTest {
    private static double[] repeated(int times, double... values) {
        return Arrays.stream(values)
                .flatMap(value -> DoubleStream.generate(() -> value).limit(times))
                .toArray();
    }

    private static boolean[] repeated(int times, boolean... values) {
        boolean[] all = new boolean[times * values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[i / times];
        }
        return all;
    }

    @Test
    void poolsWhatIsOutOfOrder() {
        ConfidenceCalibration fitted = ConfidenceCalibration.isotonic(
                repeated(98, 0.1, 0.2, 0.3, 0.4), repeated(98, false, true, false, true));
        assertThat(fitted.calibrated(0.1)).isEqualTo(0.01);
        assertThat(fitted.calibrated(0.2)).isEqualTo(0.5);
        assertThat(fitted.calibrated(0.3)).isEqualTo(0.5);
        assertThat(fitted.calibrated(0.9)).isEqualTo(0.99);
        assertThat(fitted.calibrated(0)).isEqualTo(0.01);
        assertThat(fitted.table())
                .hasToString("ConfidenceTable.of(new double[] {0.1, 0.2, 0.4}, new double[] {0.01, 0.5, 0.99})");
    }

    @Test
    void takesNoFewSignalsForACertainty() {
        ConfidenceCalibration fitted = ConfidenceCalibration.isotonic(
                new double[] {0.1, 0.2, 0.3, 0.4}, new boolean[] {false, false, false, true});
        assertThat(fitted.calibrated(0.1)).isEqualTo(2.0 / 6);
        assertThat(fitted.calibrated(0.4)).isEqualTo(2.0 / 6);
        SplittableRandom random = new SplittableRandom(9);
        for (int run = 0; run < 200; run++) {
            double[] confidences = random.doubles(random.nextInt(1, 400)).toArray();
            boolean[] hits = new boolean[confidences.length];
            for (int i = 0; i < hits.length; i++) {
                hits[i] = random.nextInt(10) < run % 11;
            }
            ConfidenceCalibration any = ConfidenceCalibration.isotonic(confidences, hits);
            double before = 0;
            for (double stated = 0; stated <= 1; stated += 0.01) {
                assertThat(any.calibrated(stated))
                        .isGreaterThanOrEqualTo(before)
                        .isBetween(0.0001, 0.9999);
                assertThat(any.table().calibrated(stated)).isCloseTo(any.calibrated(stated), within(0.0002));
                before = any.calibrated(stated);
            }
        }
    }

    /** Signals of the rules with some confidence, right as often as their own chance says. */
    private static List<Decided> signals(int count, DoubleUnaryOperator chance) {
        SplittableRandom random = new SplittableRandom(2);
        List<Decided> signals = new ArrayList<>();
        double[] confidence = new double[1];
        MarketSnapshot question = MarketSnapshot.builder("X", Timeframe.H1)
                .rsi(20)
                .volatilityPct(1)
                .build();
        try (InferenceEngine engine = InferenceEngine.builder()
                .rules(snapshot -> RuleVerdict.of(Action.BUY, confidence[0], RiskLevel.LOW, "always"))
                .build()) {
            for (int bar = 0; bar < count; bar++) {
                confidence[0] = 0.5 + random.nextDouble() / 2;
                boolean right = random.nextDouble() < chance.applyAsDouble(confidence[0]);
                signals.add(new Decided(bar, engine.infer(question), right ? 0.01 : -0.01));
            }
        }
        return signals;
    }

    @Test
    void saysThatAConfidenceCarriesNoInformation() {
        ConfidenceCalibration.Effect effect = ConfidenceCalibration.effect(signals(2_000, confidence -> 0.5), 4);
        assertThat(effect.signals()).isEqualTo(997); // without the three whose outcome overlaps the first half
        assertThat(effect.carriesInformation()).isFalse();
        assertThat(effect.skill()).isLessThan(-0.2);
        assertThat(effect.baseRate()).isCloseTo(0.25, within(0.01));
    }

    @Test
    void saysThatAConfidenceCarriesInformation() {
        ConfidenceCalibration.Effect effect = ConfidenceCalibration.effect(signals(2_000, confidence -> confidence), 4);
        assertThat(effect.carriesInformation()).isTrue();
        assertThat(effect.skill()).isPositive();
        assertThat(effect.table().orElseThrow().calibrated(0.95)).isGreaterThan(0.85);
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
