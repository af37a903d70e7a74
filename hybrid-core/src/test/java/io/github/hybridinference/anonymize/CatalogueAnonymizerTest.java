package io.github.hybridinference.anonymize;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Session;
import io.github.hybridinference.model.Timeframe;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogueAnonymizerTest {
    private static MarketSnapshot.Builder builder() {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1);
    }

    private static Map<String, String> anonymized(MarketSnapshot.Builder builder) {
        return anonymized(Anonymizer.standard(), builder.build());
    }

    private static Map<String, String> anonymized(Anonymizer anonymizer, MarketSnapshot market) {
        AnonymizedSnapshot snapshot = anonymizer.anonymize(market);
        Map<String, String> anonymized = new LinkedHashMap<>();
        for (int i = 0; i < snapshot.size(); i++) {
            StringBuilder value = new StringBuilder();
            snapshot.appendValue(i, value);
            anonymized.put(snapshot.feature(i).name(), value.toString());
        }
        return anonymized;
    }

    @Test
    void tellsPricesOnlyInRelationToOneAnother() {
        Map<String, String> anonymized = anonymized(builder()
                .price(64_120.5)
                .rsi(27.4)
                .macd(-120.3, -98.1)
                .previousMacd(-110.2, -92.4)
                .bollinger(63_900, 64_800, 65_700)
                .volumeRatio(1.9)
                .volatilityPct(2.1)
                .priceChangePct(-0.8));
        assertThat(anonymized)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "price_change_pct", "-0.8",
                        "macd_pct", "-0.2",
                        "macd_hist_pct", "-0.04",
                        "rsi_14", "27",
                        "volatility_pct", "2.2",
                        "bb_percent_b", "0.1",
                        "bb_bandwidth", "3",
                        "volume_ratio", "2"));
    }

    @Test
    void tellsChannelsAsPlaceAndWidth() {
        Map<String, String> anonymized = anonymized(builder()
                .price(100)
                .feature("donchian_lower", 90)
                .feature("donchian_upper", 110)
                .feature("keltner_lower", 98)
                .feature("keltner_upper", 108)
                .feature("supertrend", 80)
                .feature("psar", 125)
                .feature("ichimoku_tenkan", 101)
                .feature("ichimoku_kijun", 100)
                .feature("ichimoku_senkou_a", 80)
                .feature("ichimoku_senkou_b", 70));
        assertThat(anonymized)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "donchian_position", "0.5",
                        "donchian_width_pct", "20",
                        "keltner_position", "0.2",
                        "supertrend_dist_pct", "25",
                        "psar_dist_pct", "-20",
                        "ichimoku_tk_spread_pct", "1",
                        "ichimoku_cloud_dist_pct", "25",
                        "ichimoku_cloud_width_pct", "10"));
    }

    @Test
    void tellsEachChannelWithoutTheOthers() {
        assertThat(anonymized(builder().price(100).feature("donchian_lower", 90).feature("donchian_upper", 110)))
                .containsOnlyKeys("donchian_position", "donchian_width_pct");
        assertThat(anonymized(builder().price(100).feature("keltner_lower", 98).feature("keltner_upper", 108)))
                .containsOnlyKeys("keltner_position");
        assertThat(anonymized(
                        builder().price(100).feature("ichimoku_tenkan", 101).feature("ichimoku_kijun", 100)))
                .containsOnlyKeys("ichimoku_tk_spread_pct");
        assertThat(anonymized(
                        builder().price(100).feature("ichimoku_senkou_a", 80).feature("ichimoku_senkou_b", 70)))
                .containsOnlyKeys("ichimoku_cloud_dist_pct", "ichimoku_cloud_width_pct");
    }

    @Test
    void measuresTheDistanceToTheNearerEdgeOfTheCloud() {
        for (double[] edges :
                new double[][] {{80, 70, 25}, {70, 80, 25}, {125, 150, -20}, {90, 110, 0}, {100, 100, 0}}) {
            Map<String, String> anonymized = anonymized(
                    builder().price(100).feature("senkou_span_a", edges[0]).feature("senkou_span_b", edges[1]));
            assertThat(anonymized.get("ichimoku_cloud_dist_pct")).isEqualTo(Integer.toString((int) edges[2]));
        }
        assertThat(anonymized(builder().price(100).feature("senkou_span_a", 90)))
                .isEmpty();
        assertThat(anonymized(builder().price(100).feature("senkou_span_b", 90)))
                .isEmpty();
    }

    @Test
    void keepsTheRelativeFigureThatWasGiven() {
        Map<String, String> anonymized = anonymized(builder()
                .price(100)
                .macd(1, 0.5)
                .bollinger(90, 100, 110)
                .feature("ema_20", 80)
                .feature("macd_pct", 3)
                .feature("macd_hist_pct", 2)
                .feature("bb_percent_b", 0.9)
                .feature("bb_bandwidth", 7)
                .feature("ema_20_dist_pct", 9));
        assertThat(anonymized)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "macd_pct",
                        "3",
                        "macd_hist_pct",
                        "2",
                        "bb_percent_b",
                        "0.9",
                        "bb_bandwidth",
                        "7",
                        "ema_20_dist_pct",
                        "9"));
    }

    @Test
    void leavesBehindWhatCannotBeSaidWithoutThePrice() {
        assertThat(anonymized(builder().price(64_120))).isEmpty();
        assertThat(anonymized(builder().macd(-120.3, -98.1))).as("no price").isEmpty();
        assertThat(anonymized(builder().bollinger(90, 100, 110))).containsOnlyKeys("bb_bandwidth");
        assertThat(anonymized(builder().price(100).bollinger(100, 100, 100)))
                .as("no width")
                .containsOnlyKeys("bb_bandwidth");
        assertThat(anonymized(builder().price(1e-9).macd(5, 1)))
                .as("out of range")
                .isEmpty();
        assertThat(anonymized(builder().price(1e-9).feature("ema_20", 1e9)))
                .as("below -99 %")
                .isEmpty();
    }

    @Test
    void tellsTheClosedWords() {
        AnonymizedSnapshot anonymized = Anonymizer.standard()
                .anonymize(MarketSnapshot.builder("BTC-USDT", Timeframe.M15)
                        .assetClass(AssetClass.CRYPTO)
                        .session(Session.CLOSE)
                        .build());
        assertThat(anonymized.timeframe()).isEqualTo(Timeframe.M15);
        assertThat(anonymized.assetClass()).isEqualTo(AssetClass.CRYPTO);
        assertThat(anonymized.session()).isEqualTo(Session.CLOSE);
        assertThat(anonymized.resolution()).isEqualTo(Resolution.COARSE);
        assertThat(anonymized.size()).isZero();
    }

    @Test
    void tellsCustomFeaturesOnlyIfTheOwnerDeclaredThem() {
        Feature declared = Feature.custom("alpha_one", -1, 1, 3);
        Feature other = Feature.custom("alpha_two", -1, 1, 3);
        MarketSnapshot snapshot =
                builder().feature(declared, 0.123).feature(other, 0.456).rsi(27).build();
        assertThat(anonymized(Anonymizer.standard(), snapshot)).containsOnlyKeys("rsi_14");
        assertThat(anonymized(Anonymizer.standard(declared), snapshot)).containsOnlyKeys("rsi_14", "alpha_one");
        assertThat(anonymized(Anonymizer.fine(declared), snapshot)).containsOnlyKeys("rsi_14", "alpha_one");
        assertThat(anonymized(Anonymizer.standard(declared), snapshot)).containsEntry("alpha_one", "0.12");
    }

    @Test
    void tellsTheSameFiguresFinelyToAModelAtHome() {
        MarketSnapshot snapshot =
                builder().price(64_120.5).rsi(27.4321).feature("ema_20", 64_000).build();
        assertThat(anonymized(Anonymizer.fine(), snapshot))
                .containsExactlyInAnyOrderEntriesOf(Map.of("rsi_14", "27.4321", "ema_20_dist_pct", "0.188281"));
        assertThat(Anonymizer.fine().anonymize(snapshot).resolution()).isEqualTo(Resolution.FINE);
    }
}
