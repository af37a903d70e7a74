package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WithMissingTest {
    private final MarketSnapshot snapshot = MarketSnapshot.builder("BTC-USDT", Timeframe.H4)
            .price(64_120.5)
            .rsi(27.4)
            .feature("ema_20_dist_pct", -1.2)
            .features(Map.of("account_id", 17, "adx_14", 31))
            .assetClass(AssetClass.CRYPTO)
            .session(Session.OVERNIGHT)
            .time(Instant.parse("2026-11-24T12:00:00Z"))
            .historyBars(20)
            .build();

    private static Map<Feature, Double> figures(MarketSnapshot of) {
        Map<Feature, Double> figures = new LinkedHashMap<>();
        of.forEach(figures::put);
        return figures;
    }

    @Test
    void addsWhatIsMissing() {
        MarketSnapshot more = snapshot.withMissing(Map.of(Feature.FEAR_GREED_INDEX, 20.0, Feature.of("mfi_14"), 40.0));
        assertThat(more.get(Feature.FEAR_GREED_INDEX)).isEqualTo(20);
        assertThat(more.get(Feature.of("mfi_14"))).isEqualTo(40);
        assertThat(snapshot.has(Feature.FEAR_GREED_INDEX)).isFalse();
    }

    @Test
    void keepsEverythingElse() {
        MarketSnapshot copy = snapshot.withMissing(Map.of());
        assertThat(figures(copy)).isEqualTo(figures(snapshot)).hasSize(4);
        assertThat(copy.symbol()).isEqualTo(snapshot.symbol());
        assertThat(copy.timeframe()).isEqualTo(snapshot.timeframe());
        assertThat(copy.assetClass()).isEqualTo(snapshot.assetClass());
        assertThat(copy.session()).isEqualTo(snapshot.session());
        assertThat(copy.timeMs()).isEqualTo(snapshot.timeMs());
        assertThat(copy.isWarmingUp()).isTrue();
        assertThat(copy.dropped().sensitive()).isEqualTo(1);
    }

    @Test
    void leavesAFigureThatIsThereInWhateverSpelling() {
        MarketSnapshot same = snapshot.withMissing(Map.of(Feature.RSI_14, 90.0, Feature.of("adx_14_4h"), 1.0));
        assertThat(same.get(Feature.RSI_14)).isEqualTo(27.4);
        assertThat(same.get(Feature.ADX_14)).isEqualTo(31);
    }

    @Test
    void refusesAFigureOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> snapshot.withMissing(Map.of(Feature.FEAR_GREED_INDEX, 101.0)));
    }
}
