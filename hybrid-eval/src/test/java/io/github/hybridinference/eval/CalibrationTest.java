package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.local.LocalRuleModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CalibrationTest {
    private static final double WITHIN = 0.05;

    private final History history = Walks.history(Walks.momentum(11, 6_000, 0.1));

    @Test
    void meetsTheWantedShareOnBarsItHasNotSeen() {
        for (double wanted : new double[] {0.1, 0.3, 0.5, 0.8}) {
            Calibration calibration = Calibration.toShare(history, wanted);
            assertThat(calibration.secondHalfShare()).isCloseTo(wanted, within(WITHIN));
            assertThat(calibration.expectedShare().value()).isCloseTo(wanted, within(WITHIN));
            assertThat(calibration.walkForward()).hasSize(5);
        }
    }

    @Test
    void measuresTheThresholdsThatItPrints() {
        Calibration calibration = Calibration.toShare(history, 0.3);
        Thresholds thresholds = calibration.thresholds();
        assertThat(thresholds.snippet())
                .contains(
                        "ScenarioClassifier.thresholds()",
                        ".highVolatilityPct(" + thresholds.highVolatilityPct() + ")",
                        ".neutralRsi(" + thresholds.rsiLow() + ", " + thresholds.rsiHigh() + ")");
        double share = Calibration.share(
                thresholds.classifier(), history, history.verdicts(LocalRuleModel.standard()), 0, history.size());
        assertThat(share).isCloseTo(0.3, within(0.01));
    }

    @Test
    void turnsABudgetIntoAShareAndAShareIntoAMonthsCost() {
        Calibration calibration = Calibration.toDailyBudget(history, 0.012, 0.002); // 6 of 24 bars
        assertThat(calibration.wantedShare()).isCloseTo(0.25, within(0.001));
        assertThat(calibration.dailyCostUsd(0.002).value()).isCloseTo(0.012, within(0.0024));
        Interval month = calibration.monthlyCostUsd(0.002);
        assertThat(month.low()).isLessThanOrEqualTo(month.value());
        assertThat(month.value()).isLessThanOrEqualTo(month.high());
    }

    @Test
    void refusesWhatItCannotMeet() {
        assertThatThrownBy(() -> Calibration.toShare(history, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Calibration.toShare(Walks.history(Walks.random(1, 100)), 0.3))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
