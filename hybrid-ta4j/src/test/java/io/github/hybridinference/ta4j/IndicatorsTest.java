package io.github.hybridinference.ta4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IndicatorsTest {

    private static final List<Prices> BARS = Walk.prices(5, 400);

    @Test
    void laterBarsChangeNothingBeforeThem() {
        for (int corruptFrom : new int[] {1, 20, 150, 399}) {
            List<Prices> corrupted = new ArrayList<>(BARS);
            corrupted.subList(corruptFrom, corrupted.size()).replaceAll(bar -> scaled(bar, 1e6));

            assertThat(all(corrupted).subList(0, corruptFrom))
                    .isEqualTo(all(BARS).subList(0, corruptFrom));
        }
    }

    @Test
    void aRevisedBarLeavesNoTraceOfWhatItReplaced() {
        List<Prices> bars = BARS.subList(0, 120);
        Indicators indicators = new Indicators();
        List<IndicatorValues> revised = new ArrayList<>();
        for (Prices bar : bars) {
            indicators.next(scaled(bar, 0.5));
            indicators.revise(scaled(bar, 3));
            revised.add(indicators.revise(bar));
        }

        assertThat(revised)
                .usingRecursiveComparison()
                .withEqualsForType(IndicatorsTest::areClose, OptionalDouble.class)
                .withEqualsForType((a, b) -> areClose(OptionalDouble.of(a), OptionalDouble.of(b)), Double.class)
                .isEqualTo(all(bars));
    }

    @Test
    void aFigureIsEmptyUntilItsPeriodIsFull() {
        List<IndicatorValues> values = all(BARS);

        assertThat(values.get(0).history()).isEqualTo(1);
        assertThat(firstWith(values, v -> v.priceChangePct().isPresent())).isEqualTo(2);
        assertThat(firstWith(values, v -> v.rsi14().isPresent())).isEqualTo(15);
        assertThat(firstWith(values, v -> v.atr14().isPresent())).isEqualTo(15);
        assertThat(firstWith(values, v -> v.atrPct().isPresent())).isEqualTo(15);
        assertThat(firstWith(values, v -> v.stochK().isPresent())).isEqualTo(14);
        assertThat(firstWith(values, v -> v.stochD().isPresent())).isEqualTo(16);
        assertThat(firstWith(values, v -> v.bollinger20().isPresent())).isEqualTo(20);
        assertThat(firstWith(values, v -> v.volumeRatio().isPresent())).isEqualTo(20);
        assertThat(firstWith(values, v -> v.adx14().isPresent())).isEqualTo(28);
        assertThat(firstWith(values, v -> v.macd().isPresent())).isEqualTo(34);
        assertThat(firstWith(values, v -> v.previousMacd().isPresent())).isEqualTo(35);
    }

    @Test
    void volumeRatioStochasticsAndChangeFollowTheirDefinitions() {
        IndicatorValues values = all(BARS).get(300);
        Prices bar = BARS.get(300);

        double meanVolume =
                BARS.subList(281, 301).stream().mapToDouble(Prices::volume).sum() / 20;
        assertThat(values.volumeRatio()).hasValueCloseTo(bar.volume() / meanVolume, within(1e-9));
        assertThat(values.stochK()).hasValueCloseTo(stochK(300), within(1e-9));
        assertThat(values.stochD()).hasValueCloseTo((stochK(300) + stochK(299) + stochK(298)) / 3, within(1e-9));
        assertThat(values.priceChangePct())
                .hasValueCloseTo((bar.close() / BARS.get(299).close() - 1) * 100, within(1e-9));
    }

    @Test
    void directionalIndexIsHighInASteadyClimb() {
        List<IndicatorValues> values =
                all(IntStream.range(0, 200).mapToObj(i -> bar(100 + i, 1)).toList());

        assertThat(values.get(199).adx14()).hasValueCloseTo(100.0, within(0.01));
        assertThat(values.get(199).rsi14()).hasValue(100);
    }

    @Test
    void aPriceThatNeverMovedHasNoStrengthRatherThanTheDeepestOversold() {
        IndicatorValues values = all(IntStream.range(0, 200)
                        .mapToObj(i -> new Prices(100, 100, 100, 100, 0))
                        .toList())
                .get(199);

        assertThat(values.rsi14()).isEmpty();
        assertThat(values.stochK()).isEmpty();
        assertThat(values.volumeRatio()).isEmpty();
        assertThat(values.atrPct()).hasValue(0);
        assertThat(values.bollinger20()).contains(new IndicatorValues.Bollinger(100, 100, 100));
    }

    @Test
    void stochasticsComeBackAfterAFlatStretch() {
        List<IndicatorValues> values = all(IntStream.range(0, 120)
                .mapToObj(i -> i >= 40 && i < 70 ? new Prices(140, 140, 140, 140, 0) : bar(100 + i, 1))
                .toList());

        assertThat(values.get(60).stochK()).isEmpty();
        assertThat(values.get(60).stochD()).isEmpty();
        assertThat(values.get(119).stochD()).isPresent();
    }

    @Test
    void aCheapCoinHasTheSameFiguresAsADearOne() {
        double cheap = 0x1p-50; // exact, so that nothing but the library's own tolerance could tell them apart
        List<IndicatorValues> dear = all(BARS);
        List<IndicatorValues> values = all(BARS, bar -> scaled(bar, cheap));

        for (int i = 0; i < BARS.size(); i++) {
            assertThat(values.get(i).adx14()).isEqualTo(dear.get(i).adx14());
            assertThat(values.get(i).rsi14()).isEqualTo(dear.get(i).rsi14());
            assertThat(values.get(i).atrPct()).isEqualTo(dear.get(i).atrPct());
            assertThat(values.get(i).macd().map(m -> m.line() / cheap))
                    .isEqualTo(dear.get(i).macd().map(IndicatorValues.Macd::line));
        }
    }

    @Test
    void figuresThatOverflowAreEmpty() {
        List<Prices> bars = IntStream.range(0, 60)
                .mapToObj(i -> scaled(bar(100, 1), i < 50 ? 1 : 1e300))
                .toList();

        IndicatorValues last = all(bars).get(59);

        assertThat(last.bollinger20()).isEmpty();
        assertThat(last.macd()).isEmpty();
        assertThat(last.atr14()).isEmpty();
    }

    private static boolean areClose(OptionalDouble a, OptionalDouble b) {
        return a.isPresent() == b.isPresent()
                && (a.isEmpty()
                        || Math.abs(a.getAsDouble() - b.getAsDouble()) <= 1e-9 * (1 + Math.abs(b.getAsDouble())));
    }

    private static double stochK(int at) {
        List<Prices> window = BARS.subList(at - 13, at + 1);
        double low = window.stream().mapToDouble(Prices::low).min().orElseThrow();
        double high = window.stream().mapToDouble(Prices::high).max().orElseThrow();
        return (BARS.get(at).close() - low) / (high - low) * 100;
    }

    private static int firstWith(List<IndicatorValues> values, Predicate<IndicatorValues> condition) {
        return values.stream().filter(condition).findFirst().orElseThrow().history();
    }

    private static List<IndicatorValues> all(List<Prices> bars) {
        return all(bars, bar -> bar);
    }

    private static List<IndicatorValues> all(List<Prices> bars, UnaryOperator<Prices> change) {
        Indicators indicators = new Indicators();
        return bars.stream().map(change).map(indicators::next).toList();
    }

    private static Prices bar(double price, double range) {
        return new Prices(price, price + range, price - range, price, 10);
    }

    private static Prices scaled(Prices bar, double factor) {
        return new Prices(
                bar.open() * factor, bar.high() * factor, bar.low() * factor, bar.close() * factor, bar.volume() * 2);
    }
}
