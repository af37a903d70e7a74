package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.internal.UnitWatch;
import io.github.hybridinference.model.DropCause;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnitWatchTest {
    private final UnitWatch watch = new UnitWatch();

    private static MarketSnapshot.Builder builder() {
        return MarketSnapshot.builder("X", Timeframe.H1);
    }

    @Test
    void leavesOutAnRsiThatIsAlwaysBetweenZeroAndOneUntilItIsNot() {
        MarketSnapshot ratio = builder().rsi(0.57).feature("adx_14", 22).build();
        for (int i = 1; i < UnitWatch.ENOUGH; i++) {
            assertThat(watch.check(ratio)).isSameAs(ratio);
        }
        assertThat(watch.names()).isEmpty();
        MarketSnapshot left = watch.check(ratio);
        assertThat(left.has(Feature.RSI_14)).isFalse();
        assertThat(left.get(Feature.ADX_14)).isEqualTo(22);
        assertThat(left.dropped().count(DropCause.WRONG_UNIT)).isEqualTo(1);
        assertThat(watch.names()).containsExactly("rsi_14");
        MarketSnapshot right = builder().rsi(57).build();
        assertThat(watch.check(right)).isSameAs(right);
        assertThat(watch.names()).isEmpty();
    }

    @Test
    void findsAPriceChangeThatIsARatioAndAVolatilityThatIsOne() {
        Random random = new Random(1);
        UnitWatch other = new UnitWatch();
        UnitWatch honest = new UnitWatch();
        for (int i = 0; i < 400; i++) {
            double change = random.nextGaussian() * 0.8;
            honest.check(builder().priceChangePct(change).volatilityPct(1.4).build());
            watch.check(
                    builder().priceChangePct(change / 100).volatilityPct(1.4).build());
            other.check(builder().priceChangePct(change).volatilityPct(0.0014).build());
        }
        assertThat(honest.names()).isEmpty();
        assertThat(watch.names()).containsExactly("price_change_pct");
        assertThat(other.names()).contains("volatility_pct");
    }

    @Test
    void aMissingFigureToCompareWithCountsForNothing() {
        MarketSnapshot ratio =
                builder().priceChangePct(0.006).volatilityPct(1.4).build();
        MarketSnapshot alone = builder().priceChangePct(0.006).build();
        for (int i = 0; i < UnitWatch.ENOUGH; i++) {
            watch.check(ratio);
            watch.check(alone);
        }
        assertThat(watch.names()).containsExactly("price_change_pct");
    }

    @Test
    void leavesOutWhatTheVolatilityWasDerivedFrom() {
        MarketSnapshot ratio =
                builder().priceChangePct(0.7).feature("atr_pct", 0.0014).build();
        assertThat(ratio.has(Feature.VOLATILITY_PCT)).isTrue();
        MarketSnapshot left = ratio;
        for (int i = 0; i < UnitWatch.ENOUGH; i++) {
            left = watch.check(ratio);
        }
        assertThat(left.has(Feature.VOLATILITY_PCT)).isFalse();
        assertThat(left.has(Feature.of("atr_pct"))).isFalse();
    }

    @Test
    void recoversSoonHoweverLongItWasWrong() {
        for (int i = 0; i < 100 * UnitWatch.ENOUGH; i++) {
            watch.check(builder().rsi(0.57).build());
        }
        for (int i = 0; i < 5; i++) {
            watch.check(builder().rsi(57).build());
        }
        assertThat(watch.names()).isEmpty();
    }

    @Test
    void isTunedInToAnEngine() {
        try (InferenceEngine engine = InferenceEngine.builder().build()) {
            for (int i = 0; i < UnitWatch.ENOUGH; i++) {
                engine.infer(builder().rsi(0.57).build());
            }
            assertThat(engine.stats().suspectUnits()).containsExactly("rsi_14");
        }
    }
}
