package io.github.hybridinference.examples.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import org.junit.jupiter.api.Test;

class IndicatorsTest {
    @Test
    void followFromThoseOfTheBarBefore() {
        Indicators indicators = Indicators.first(new Bar("S1", 0, 0, 100, 7));
        for (int number = 1; number <= 200; number++) {
            indicators = indicators.next(new Bar("S1", number, number * Bar.HOUR_MS, 100 + number % 2, 7));
        }
        MarketSnapshot snapshot = indicators.snapshot();
        assertThat(snapshot.get(Feature.RSI_14)).as("as many ups as downs").isBetween(45.0, 55.0);
        assertThat(snapshot.timeMs()).isEqualTo(200 * Bar.HOUR_MS);
        assertThat(snapshot.isWarmingUp()).isFalse();
        assertThat(indicators.mean()).isCloseTo(100.5, within(0.1));
    }

    @Test
    void theMarketIsTheSameWheneverItIsAskedFor() {
        assertThat(Bar.of(7, 3, 1_000)).isEqualTo(Bar.of(7, 3, 1_000)).isNotEqualTo(Bar.of(8, 3, 1_000));
    }
}
