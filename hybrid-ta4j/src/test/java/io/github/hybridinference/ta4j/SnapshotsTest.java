package io.github.hybridinference.ta4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBar;
import org.ta4j.core.BaseBarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.num.DecimalNum;
import org.ta4j.core.num.DoubleNum;
import org.ta4j.core.num.NaN;
import org.ta4j.core.num.Num;

class SnapshotsTest {
    private static final Function<Number, Num> DOUBLE = DoubleNum::valueOf;
    private static final List<Feature> FEATURES = List.of(
            Feature.PRICE,
            Feature.RSI_14,
            Feature.MACD,
            Feature.MACD_SIGNAL,
            Feature.MACD_PREVIOUS,
            Feature.MACD_SIGNAL_PREVIOUS,
            Feature.BB_LOWER,
            Feature.BB_MIDDLE,
            Feature.BB_UPPER,
            Feature.VOLUME_RATIO,
            Feature.VOLATILITY_PCT,
            Feature.PRICE_CHANGE_PCT,
            Feature.ADX_14,
            Feature.STOCH_K,
            Feature.STOCH_D);
    private static final List<Prices> BARS = Walk.prices(3, 300);

    static Stream<Arguments> kindsOfNumbers() {
        return Stream.of(Arguments.of("DoubleNum", DOUBLE), Arguments.of("DecimalNum", (Function<Number, Num>)
                DecimalNum::valueOf));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kindsOfNumbers")
    void hasSymbolTimeframeTimeAndAllFigures(String name, Function<Number, Num> number) {
        MarketSnapshot snapshot = Snapshots.of(Walk.series(BARS, number));

        Textbook textbook = new Textbook(BARS);
        assertThat(snapshot.symbol()).isEqualTo("BTC-USDT");
        assertThat(snapshot.timeframe()).isEqualTo(Timeframe.H1);
        assertThat(snapshot.time())
                .isEqualTo(Instant.parse("2024-01-01T00:00:00Z").plus(Duration.ofHours(300)));
        assertThat(snapshot.isWarmingUp()).isFalse();
        assertThat(FEATURES).allMatch(snapshot::has);
        assertThat(snapshot.get(Feature.PRICE)).isEqualTo(BARS.get(299).close());
        assertThat(snapshot.get(Feature.RSI_14)).isCloseTo(textbook.rsi[299], within(1e-5));
        assertThat(snapshot.get(Feature.VOLATILITY_PCT))
                .isCloseTo(100 * textbook.atr[299] / BARS.get(299).close(), within(1e-5));
    }

    @ParameterizedTest
    @EnumSource(Timeframe.class)
    void takesTheTimeframeFromTheBars(Timeframe timeframe) {
        BarSeries series = empty("X");
        series.addBar(Walk.bar(0, BARS.get(0), timeframe.duration(), DOUBLE));

        assertThat(Snapshots.of(series).timeframe()).isEqualTo(timeframe);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 99, 100, 300})
    void isWarmingUpWithFewBars(int count) {
        assertThat(Snapshots.of(Walk.series(BARS.subList(0, count), DOUBLE)).isWarmingUp())
                .isEqualTo(count < 100);
    }

    @Test
    void followingGivesAtEachBarWhatTheSeriesUpToItGives() {
        List<Prices> bars = Walk.prices(4, 1_500);
        BarSeries growing = Walk.series(List.of(), DOUBLE);
        SnapshotFactory factory = Snapshots.following(growing);
        for (int i = 0; i < bars.size(); i++) {
            growing.addBar(Walk.bar(i, bars.get(i), DOUBLE));
            MarketSnapshot followed = factory.snapshot();
            if (i < 60 || i % 97 == 0) {
                assertSame(followed, Snapshots.of(Walk.series(bars.subList(0, i + 1), DOUBLE)));
            }
        }
    }

    @Test
    void followingSeesWhatBecomesOfABarThatIsForming() {
        BarSeries growing = Walk.series(List.of(), DOUBLE);
        SnapshotFactory factory = Snapshots.following(growing);
        for (int i = 0; i < 200; i++) {
            Prices bar = BARS.get(i);
            growing.addBar(Walk.bar(i, new Prices(1, 2, 1, 2, 1), DOUBLE));
            factory.snapshot();
            growing.addBar(Walk.bar(i, bar, DOUBLE), true);
            if (i % 2 == 0) { // else it is the next call that finds it changed
                assertSame(factory.snapshot(), Snapshots.of(Walk.series(BARS.subList(0, i + 1), DOUBLE)));
            }
        }
        assertSame(factory.snapshot(), Snapshots.of(Walk.series(BARS.subList(0, 200), DOUBLE)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 50})
    void followingASeriesThatForgetsItsBarsGivesTheSame(int kept) {
        BarSeries growing = Walk.series(List.of(), DOUBLE);
        growing.setMaximumBarCount(kept);
        SnapshotFactory factory = Snapshots.following(growing);
        for (int i = 0; i < BARS.size(); i++) {
            growing.addBar(Walk.bar(i, BARS.get(i), DOUBLE));
            assertSame(factory.snapshot(), Snapshots.of(Walk.series(BARS.subList(0, i + 1), DOUBLE)));
        }
    }

    @Test
    void catchesUpAfterAnyNumberOfBars() {
        List<Prices> bars = Walk.prices(6, 4_000);
        BarSeries growing = Walk.series(bars.subList(0, 3), DOUBLE);
        SnapshotFactory factory = Snapshots.following(growing);
        factory.snapshot();
        int at = 3;
        for (int more : new int[] {1, 40, 999, 1_000, 1_001, 900}) {
            for (int end = at + more; at < end; at++) {
                growing.addBar(Walk.bar(at, bars.get(at), DOUBLE));
            }
            assertSame(factory.snapshot(), Snapshots.of(Walk.series(bars.subList(0, at), DOUBLE)));
        }
    }

    @Test
    void startsAnewWhereBarsWereForgottenBetweenCalls() {
        BarSeries growing = Walk.series(BARS.subList(0, 50), DOUBLE);
        growing.setMaximumBarCount(40);
        SnapshotFactory factory = Snapshots.following(growing);
        factory.snapshot();
        for (int i = 50; i < 150; i++) {
            growing.addBar(Walk.bar(i, BARS.get(i), DOUBLE));
        }

        assertSame(factory.snapshot(), Snapshots.of(Walk.series(BARS.subList(110, 150), DOUBLE)));
    }

    /** Counts the bars that are read, of the series and of the one that the indicators compute on. */
    @Test
    void bar500000CostsWhatBar500Does() {
        CountingSeries outer = new CountingSeries();
        CountingSeries inner = new CountingSeries();
        SnapshotFactory factory = new SnapshotFactory(outer, "BTC-USDT", new Indicators(inner));
        outer.setMaximumBarCount(5_000); // so that the test fits into memory; the factory is not told
        List<Prices> bars = Walk.prices(8, 1_000);
        long most = 0;
        for (int i = 0; i <= 500_000; i++) {
            outer.addBar(Walk.bar(i, bars.get(i % 1_000), DOUBLE));
            long before = outer.reads + inner.reads;
            factory.snapshot();
            long reads = outer.reads + inner.reads - before;
            if (i <= 500) {
                most = Math.max(most, reads);
            } else if (reads > 2 * most) { // how many exactly depends on which way the price went
                fail("Bar " + i + " read " + reads + " bars, the first 500 at most " + most);
            }
        }
        assertThat(most).isBetween(10L, 1_000L);
    }

    @Test
    void aSingleSnapshotReadsNoMoreThanTheLastThousandBars() {
        CountingSeries series = new CountingSeries();
        List<Prices> bars = Walk.prices(9, 5_000);
        for (int i = 0; i < bars.size(); i++) {
            series.addBar(Walk.bar(i, bars.get(i), DOUBLE));
        }
        Snapshots.of(series);

        assertThat(series.reads).isLessThanOrEqualTo(1_010);
        MarketSnapshot all = Snapshots.of(Walk.series(bars, DOUBLE));
        Indicators settled = new Indicators();
        bars.subList(0, 4_999).forEach(settled::next);
        assertThat(all.get(Feature.ADX_14))
                .isCloseTo(settled.next(bars.get(4_999)).adx14().orElseThrow(), within(1e-9));
    }

    @Test
    void leavesRoomForWhatTheCallerAdds() {
        MarketSnapshot snapshot = Snapshots.following(Walk.series(BARS, DOUBLE))
                .builder()
                .assetClass(AssetClass.CRYPTO)
                .feature("cci_20", 100)
                .build();

        assertThat(snapshot.assetClass()).isEqualTo(AssetClass.CRYPTO);
        assertThat(snapshot.get(Feature.of("cci_20"))).isEqualTo(100);
        assertThat(snapshot.has(Feature.RSI_14)).isTrue();
    }

    @Test
    void flatBarsWithoutVolumeHaveNoRatios() {
        MarketSnapshot snapshot =
                Snapshots.of(Walk.series(Collections.nCopies(200, new Prices(100, 100, 100, 100, 0)), DOUBLE));

        assertThat(FEATURES.stream().filter(feature -> !snapshot.has(feature)))
                .containsExactly(Feature.RSI_14, Feature.VOLUME_RATIO, Feature.STOCH_K, Feature.STOCH_D);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -37.63})
    void aPriceThatIsNotPositiveHasNoPercentages(double price) {
        List<Prices> bars = new ArrayList<>(BARS);
        bars.set(299, new Prices(price, price, price, price, 10));
        MarketSnapshot there = Snapshots.of(Walk.series(bars, DOUBLE));
        bars.addAll(Walk.prices(4, 1));
        MarketSnapshot after = Snapshots.of(Walk.series(bars, DOUBLE));

        assertThat(there.has(Feature.PRICE)).isFalse();
        assertThat(there.has(Feature.VOLATILITY_PCT)).isFalse();
        assertThat(there.has(Feature.RSI_14)).isTrue();
        assertThat(after.has(Feature.PRICE_CHANGE_PCT)).isFalse();
        assertThat(after.has(Feature.VOLATILITY_PCT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1e-300, 1e300})
    void anySizeOfPricesIsTaken(double first) {
        List<Prices> bars = new ArrayList<>(Collections.nCopies(30, new Prices(first, first, first, first, 1)));
        bars.addAll(BARS);

        assertThat(Snapshots.of(Walk.series(bars, DOUBLE)).get(Feature.PRICE))
                .isEqualTo(BARS.get(299).close());
    }

    @Test
    void pricesAfterABarOfNothingHaveFigures() {
        List<Prices> bars = new ArrayList<>();
        bars.add(new Prices(0, 0, 0, 0, 0));
        bars.addAll(BARS);

        assertThat(FEATURES).allMatch(Snapshots.of(Walk.series(bars, DOUBLE))::has);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 150, 298})
    void aBarWithoutPricesLeavesNoTrace(int at) {
        List<Prices> without = new ArrayList<>(BARS);
        without.remove(at);
        BarSeries series = empty("BTC-USDT");
        SnapshotFactory factory = Snapshots.following(series);
        for (int i = 0; i < BARS.size(); i++) {
            series.addBar(i == at ? unpriced(i) : Walk.bar(i, BARS.get(i), DOUBLE));
            MarketSnapshot snapshot = factory.snapshot();
            assertThat(snapshot.has(Feature.PRICE)).isEqualTo(i != at);
        }

        assertSame(factory.snapshot(), Snapshots.of(Walk.series(without, DOUBLE)));
    }

    /** A feed may withdraw what it said of the bar that is forming. */
    @Test
    void aBarThatLosesItsPricesLeavesNoTrace() {
        BarSeries series = empty("BTC-USDT");
        SnapshotFactory factory = Snapshots.following(series);
        for (int i = 0; i < BARS.size(); i++) {
            if (i == 200) {
                series.addBar(Walk.bar(i, new Prices(9e5, 9e5, 9e5, 9e5, 1), DOUBLE));
                factory.snapshot();
                series.addBar(unpriced(i), true);
            } else {
                series.addBar(Walk.bar(i, BARS.get(i), DOUBLE));
            }
            factory.snapshot();
        }
        List<Prices> without = new ArrayList<>(BARS);
        without.remove(200);

        assertSame(factory.snapshot(), Snapshots.of(Walk.series(without, DOUBLE)));
    }

    @Test
    void aBarHasFiguresFromItsFirstTradeOn() {
        BarSeries series = Walk.series(BARS, DOUBLE);
        SnapshotFactory factory = Snapshots.following(series);
        factory.snapshot();
        series.addBar(new BaseBar(
                Duration.ofHours(1), series.getLastBar().getEndTime().plusHours(1), DOUBLE));
        assertThat(FEATURES).noneMatch(factory.snapshot()::has);

        series.addTrade(2, 40_000);

        assertThat(FEATURES).allMatch(factory.snapshot()::has);
        List<Prices> bars = new ArrayList<>(BARS);
        bars.add(new Prices(40_000, 40_000, 40_000, 40_000, 2));
        assertSame(factory.snapshot(), Snapshots.of(Walk.series(bars, DOUBLE)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.POSITIVE_INFINITY})
    void aVolumeThatIsNoneHasNoRatio(double volume) {
        UnaryOperator<Prices> changed = bar -> new Prices(bar.open(), bar.high(), bar.low(), bar.close(), volume);
        MarketSnapshot snapshot =
                Snapshots.of(Walk.series(BARS.stream().map(changed).toList(), DOUBLE));

        assertThat(FEATURES.stream().filter(feature -> !snapshot.has(feature))).containsExactly(Feature.VOLUME_RATIO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT3M", "PT59M", "P30D", "PT0.5S"})
    void refusesBarsOfAnotherLength(String length) {
        BarSeries series = empty("X");
        series.addBar(Walk.bar(0, BARS.get(0), Duration.parse(length), DOUBLE));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Snapshots.of(series))
                .withMessage("Bars of " + Duration.parse(length)
                        + " are none of the lengths 1m, 5m, 15m, 30m, 1h, 2h, 4h, 1d, 1w");
    }

    @Test
    void refusesBarsOfSeveralLengths() {
        BarSeries series = empty("X");
        series.addBar(Walk.bar(0, BARS.get(0), Duration.ofMinutes(5), DOUBLE));
        series.addBar(Walk.bar(1, BARS.get(1), Duration.ofMinutes(15), DOUBLE));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Snapshots.of(series))
                .withMessage("The bars of a series must have one length, but there are PT15M and PT5M");
    }

    @Test
    void refusesASeriesWithoutBars() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Snapshots.of(empty("X")))
                .withMessage("The series has no bars");
        assertThatIllegalStateException()
                .isThrownBy(() -> Snapshots.following(empty("X")).snapshot())
                .withMessage("The series has no bars");
    }

    @Test
    void refusesASeriesWithoutANameUnlessThereIsASymbol() {
        BarSeries series = new BaseBarSeriesBuilder().withNumTypeOf(DOUBLE).build();
        series.addBar(Walk.bar(0, BARS.get(0), DOUBLE));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Snapshots.of(series))
                .withMessageStartingWith("The series has no name");
        assertThat(Snapshots.of(series, "ETH/USDT").symbol()).isEqualTo("ETH/USDT");
    }

    private static void assertSame(MarketSnapshot actual, MarketSnapshot expected) {
        for (Feature feature : FEATURES) {
            double value = expected.get(feature);
            if (Double.isNaN(value)) {
                assertThat(actual.has(feature)).isFalse();
            } else {
                assertThat(actual.get(feature)).isCloseTo(value, within(1e-8 * (1 + Math.abs(value))));
            }
        }
        assertThat(actual.isWarmingUp()).isEqualTo(expected.isWarmingUp());
    }

    private static BarSeries empty(String name) {
        return new BaseBarSeriesBuilder().withName(name).withNumTypeOf(DOUBLE).build();
    }

    private static BaseBar unpriced(int at) {
        Num none = NaN.NaN;
        ZonedDateTime end =
                ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).plusHours(at + 1L);
        return new BaseBar(Duration.ofHours(1), end, none, none, none, none, none, none);
    }

    private static final class CountingSeries extends BaseBarSeries {
        private static final long serialVersionUID = 1;
        private transient long reads;

        CountingSeries() {
            super("BTC-USDT", DoubleNum.valueOf(0));
        }

        @Override
        public org.ta4j.core.Bar getBar(int index) {
            reads++;
            return super.getBar(index);
        }
    }
}
