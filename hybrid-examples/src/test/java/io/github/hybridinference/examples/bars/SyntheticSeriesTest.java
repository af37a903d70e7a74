package io.github.hybridinference.examples.bars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.examples.indicators.BarSnapshots;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticSeriesTest {

    @Test
    void isTheSameForTheSameSeedAndAnotherForAnother() {
        List<Bar> bars = SyntheticSeries.hourly(7, 2_000).bars();

        assertThat(SyntheticSeries.hourly(7, 2_000).bars()).isEqualTo(bars);
        assertThat(SyntheticSeries.hourly(7, 1_000).bars()).isEqualTo(bars.subList(0, 1_000));
        assertThat(SyntheticSeries.hourly(8, 2_000).bars()).isNotEqualTo(bars);
    }

    @Test
    void isTheSameOnEveryMachine() {
        Bar last = SyntheticSeries.hourly(7, 2_000).bars().get(1_999);

        assertThat(last)
                .hasToString("Bar[start=2024-03-24T07:00:00Z, open=35645.75, high=35842.22, low=35618.81, "
                        + "close=35736.22, volume=188.09]");
    }

    @Test
    void saysThatItIsSynthetic() {
        assertThat(SyntheticSeries.hourly(7, 0).label()).isEqualTo("synthetic hourly series (seed 7)");
    }

    @Test
    void refusesANegativeNumberOfBars() {
        assertThatThrownBy(() -> SyntheticSeries.hourly(7, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 42, 2024})
    void hasTheProportionsOfAnHourlyMarketWithCalmTrendingAndViolentStretches(long seed) {
        SyntheticSeries synthetic = SyntheticSeries.hourly(seed, 10_000);
        List<MarketSnapshot> seen = snapshotsAfterWarmingUp(synthetic);

        assertThat(Spacing.of(synthetic.bars()).length()).isEqualTo(SyntheticSeries.TIMEFRAME);
        assertThat(seen)
                .allSatisfy(v -> assertThat(v.get(Feature.VOLATILITY_PCT)).isBetween(0.25, 6.0));
        assertThat(share(seen, v -> v.get(Feature.VOLATILITY_PCT) < 0.6)).isBetween(0.2, 0.7);
        assertThat(share(seen, v -> v.get(Feature.VOLATILITY_PCT) > 2)).isBetween(0.03, 0.3);
        assertThat(share(seen, v -> v.get(Feature.ADX_14) > 40)).isBetween(0.02, 0.5);
        assertThat(share(seen, v -> v.get(Feature.VOLUME_RATIO) > 1.5)).isBetween(0.02, 0.3);
        assertThat(synthetic.bars()).allSatisfy(b -> assertThat(b.close()).isBetween(4_000.0, 400_000.0));
    }

    private static List<MarketSnapshot> snapshotsAfterWarmingUp(SyntheticSeries synthetic) {
        BarSnapshots source = new BarSnapshots("SYN", Timeframe.H1);
        return synthetic.bars().stream().map(source::next).skip(100).toList();
    }

    private static double share(List<MarketSnapshot> all, Predicate<MarketSnapshot> condition) {
        return all.stream().filter(condition).count() / (double) all.size();
    }
}
