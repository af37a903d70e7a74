package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GridTest {
    private static final int HOURLY = MarketSteps.market(Timeframe.H1, AssetClass.CRYPTO);

    static Stream<FeatureFamily> leaving() {
        return Feature.catalogue().stream().filter(FeatureFamily::mayLeave);
    }

    @ParameterizedTest
    @MethodSource("leaving")
    void boundsEveryFamilyToFourDigitsByRangeAndStep(FeatureFamily family) {
        double levels = Math.max(Math.abs(family.low()), Math.abs(family.high()))
                * Math.pow(10, family.spec().step().decimals());
        assertThat(levels).isLessThanOrEqualTo(9_999);
        assertThat(onGrid(family, family.low())).isTrue();
        assertThat(onGrid(family, family.high())).isTrue();
    }

    private static boolean onGrid(FeatureFamily family, double value) {
        return Math.abs(value / family.step() - Math.rint(value / family.step())) < 1e-6;
    }

    @ParameterizedTest
    @MethodSource("leaving")
    void roundsToTheNearestStepAndNeverOutOfTheRange(FeatureFamily family) {
        SplittableRandom random = new SplittableRandom(family.ordinal());
        for (int i = 0; i < 500; i++) {
            double value = i == 0
                    ? family.low()
                    : i == 1 ? family.high() : random.nextDouble(family.low(), Math.nextUp(family.high()));
            Grid grid = family.grid(Resolution.COARSE, HOURLY);
            double rounded = grid.valueOf(grid.levelOf(value));
            assertThat(rounded).isCloseTo(value, within(family.step() * 0.5001));
            assertThat(family.accepts(rounded)).isTrue();
            assertThat(significantDigits(text(grid, value))).isLessThanOrEqualTo(FeatureFamily.MAX_DIGITS);
            assertThat(Double.parseDouble(text(grid, value))).isEqualTo(rounded);
            assertThat(grid.levelOf(rounded)).as("rounding twice").isEqualTo(grid.levelOf(value));
            Grid fine = family.grid(Resolution.FINE, HOURLY);
            assertThat(significantDigits(text(fine, value))).isLessThanOrEqualTo(9);
            assertThat(fine.valueOf(fine.levelOf(value))).isCloseTo(value, within(fine.step() * 0.5001));
        }
    }

    private static int significantDigits(String decimal) {
        return new BigDecimal(decimal).stripTrailingZeros().precision();
    }

    private static String text(Grid grid, double value) {
        StringBuilder text = new StringBuilder();
        grid.append(text, grid.levelOf(value));
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "0.05, -9, 9, 1.23, 1.25",
        "0.05, -9, 9, -1.23, -1.25",
        "0.05, -9, 9, 0.02, 0",
        "0.05, -9, 9, -0.02, 0",
        "0.05, -9, 9, 0.05, 0.05",
        "0.2, 0, 100, 2.1, 2.2",
        "0.2, 0, 100, 2.0999999999999996, 2.2",
        "0.2, 0, 100, 2.09, 2",
        "10, -2000, 2000, -1234, -1230",
        "0.001, -9, 9, 0.0104, 0.01",
        "1, 0, 100, 100, 100",
        "1, 0, 100, 99.5, 100"
    })
    void writesPlainDecimalNumbersWithoutNeedlessZeros(
            String step, double low, double high, double value, String text) {
        assertThat(text(Grid.of(FamilySpec.Step.parse(step), low, high), value)).isEqualTo(text);
    }

    @Test
    void landsOnTheSameLevelWhateverUnitAHalfWayFigureWasComputedIn() {
        Grid grid = Grid.of(FamilySpec.Step.parse("0.2"), -99, 999);
        for (int scale : new int[] {1, 3, 7, 10, 1_000, 64_120}) {
            double distancePct = (100.3 * scale - 100.0 * scale) / (100.0 * scale) * 100;
            assertThat(text(grid, distancePct)).as("scale %d", scale).isEqualTo("0.4");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4, 1, 0.001",
        "4, 9.999, 0.001",
        "4, 10, 0.01",
        "2, 1, 0.1",
        "1, 9, 1",
        "1, 10, 10",
        "4, 1e12, 1e9",
        "4, 0.001, 1e-6",
        "9, 999, 1e-6",
        "4, 1e-12, 1e-9"
    })
    void findsTheFinestStepForSoManyDigits(int digits, double largest, double step) {
        FamilySpec.Step found = Grid.stepOf(digits, largest);
        assertThat(found.units() / Math.pow(10, found.decimals())).isCloseTo(step, within(step * 1e-9));
    }

    @Test
    void knowsWhenNoFigureFits() {
        assertThat(Grid.of(new FamilySpec.Step(100, 0), 101, 199).isEmpty()).isTrue();
        assertThat(Grid.of(new FamilySpec.Step(100, 0), 100, 199).isEmpty()).isFalse();
        assertThat(Grid.of(new FamilySpec.Step(100, 0), 101, 200).isEmpty()).isFalse();
    }

    @Test
    void givesFiguresInPriceUnitsNineDigitsAtMost() {
        Grid fine = Feature.PRICE.family().grid(Resolution.FINE, HOURLY);
        assertThat(fine.step()).isEqualTo(10_000);
    }
}
