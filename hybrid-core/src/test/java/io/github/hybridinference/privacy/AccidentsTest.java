package io.github.hybridinference.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.model.DropCause;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What callers merge into a map of market data by accident: of orders, positions, accounts and reports. */
class AccidentsTest {
    private static final Map<String, Object> MARKET = Map.of(
            "rsi_14",
            41.2,
            "adx_21",
            22.7,
            "volatility_pct",
            1.7,
            "volume_ratio",
            1.4,
            "ema_50",
            2_310.5,
            "price",
            2_345.6);

    private static final Map<String, List<Map<String, Object>>> BY_KIND = new TreeMap<>(Map.of(
            "order",
            List.of(
                    Map.of("price", 1_990.0, "side", "sell", "qty", 3.5),
                    Map.of("price", 2_100.0, "clientOrderId", "a-1", "filled", 2.0, "vwap", 2_095.0),
                    Map.of("close", 2_101.0, "avgPrice", 2_099.5, "spread_bps", 12.0),
                    Map.of("Price", 2_200.0, "ORDER_ID", 88, "roc", 3.0)),
            "position",
            List.of(
                    Map.of("return_pct", 12.5, "market_value", 30_000.0, "qty", 4.0),
                    Map.of("roc", 7.5, "beta", 0.8, "entry_price", 2_000.0, "days_to_expiry", 20),
                    Map.of("implied_volatility_pct", 44.0),
                    Map.of("drawdown_pct", 8.0, "leverage", 5)),
            "account",
            List.of(
                    Map.of("SMA", 31_250.77, "buyingPower", 90_000.0),
                    Map.of("sma", 4_100.0),
                    Map.of("EMA", 9_000.0),
                    Map.of("sma_20", 31_250.77),
                    Map.of("staked_pct", 30.0, "wallet", "0xabc")),
            "report",
            List.of(
                    Map.of("Kurtosis", 4.2, "Beta", 0.4, "Ulcer Index", 3.3, "Sharpe", 1.1),
                    Map.of("skewness", 0.5, "kurtosis", 2.0, "autocorrelation", 0.1, "realized_volatility_pct", 20.0),
                    Map.of("price_zscore", 0.7, "relative_strength_pct", 4.0),
                    Map.of("supply_in_profit_pct", 40.0, "put_call_ratio", 0.4))));

    private static Map<Feature, Double> leaving(Map<String, Object> fields) {
        var told = Anonymizer.standard()
                .anonymize(MarketSnapshot.builder("ETH-USD", Timeframe.H1)
                        .features(fields)
                        .build());
        Map<Feature, Double> figures = new TreeMap<>();
        for (int i = 0; i < told.size(); i++) {
            figures.put(told.feature(i), told.value(i));
        }
        return figures;
    }

    @Test
    void changeNothingThatLeavesButByLeavingOut() {
        Map<Feature, Double> market = leaving(MARKET);
        Set<Feature> certain = Set.of(Feature.RSI_14, Feature.of("adx_21"), Feature.VOLATILITY_PCT);
        BY_KIND.forEach((kind, payloads) -> {
            int influenced = 0;
            for (Map<String, Object> payload : payloads) {
                Map<String, Object> merged = new LinkedHashMap<>(MARKET);
                merged.putAll(payload);
                Map<Feature, Double> leaving = leaving(merged);
                influenced += market.entrySet().containsAll(leaving.entrySet()) ? 0 : 1;
                assertThat(new TreeSet<>(leaving.keySet())).as("%s", payload).containsAll(certain);
            }
            System.out.printf("%-9s %d payloads, %d influence what leaves%n", kind, payloads.size(), influenced);
            assertThat(influenced).as(kind).isZero();
        });
    }

    @Test
    void raiseTheAlarm() {
        MarketSnapshot far = MarketSnapshot.builder("ETH-USD", Timeframe.H1)
                .price(2_345.6)
                .features(Map.of("sma_20", 31_250.77))
                .build();
        assertThat(far.has(Feature.of("sma_20"))).isFalse();
        assertThat(far.dropped().count(DropCause.OUT_OF_RANGE)).isEqualTo(1);
        assertThat(far.dropped().sensitive()).isEqualTo(1);
        MarketSnapshot order = MarketSnapshot.builder("ETH-USD", Timeframe.H1)
                .features(Map.of("price", 1_990.0, "side", "sell", "qty", 3.5))
                .build();
        assertThat(order.has(Feature.PRICE)).isFalse();
        assertThat(order.dropped().count(DropCause.ACCOUNT_DATA)).isEqualTo(1);
        assertThat(order.dropped().sensitive()).isPositive();
    }

    @Test
    void doNotConcernTypedFigures() {
        MarketSnapshot typed = MarketSnapshot.builder("ETH-USD", Timeframe.H1)
                .price(2_345.6)
                .feature("sma", 31_250.77)
                .feature("beta", 0.8)
                .build();
        assertThat(typed.has(Feature.of("sma_20"))).isTrue();
        assertThat(typed.has(Feature.of("beta"))).isTrue();
    }
}
