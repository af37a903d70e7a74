package io.github.hybridinference.benchmarks.paths;

import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Session;
import io.github.hybridinference.model.Timeframe;

/** The situations that are measured. */
public final class Samples {
    /** For engines that shall ask whatever the figures are. */
    public static final Scenario ALWAYS_HARD = Scenario.complex(Scenario.Reason.CUSTOM);

    /** As long as the prompt allows: twelve words. */
    public static final String REASONING = "RSI is low, price sits near lower band, but momentum still falls.";

    /** The reply that is verified. */
    public static final String REPLY = "{\"action\":\"BUY\",\"confidence\":0.62,\"risk\":\"medium\","
            + "\"stop_loss_pct\":1.6,\"take_profit_pct\":3.2,"
            + "\"evidence\":{\"rsi_14\":47,\"volatility\":2.2},\"reasoning\":\"" + REASONING + "\"}";

    private static final Feature ADX = Feature.ADX_14;
    private static final Feature NEWS_COUNT = Feature.of("news_count");
    private static final String[] MORE_NAMES = {
        "rsi_7",
        "stoch_k",
        "stoch_d",
        "cci_20",
        "mfi_14",
        "williams_r",
        "ema_20_dist_pct",
        "ema_50_dist_pct",
        "vwap_dist_pct",
        "funding_rate_pct",
        "fear_greed_index",
        "order_book_imbalance",
        "news_count"
    };
    private static final double[] MORE_VALUES = {
        33.1, 21.5, 28.4, -95.2, 38.7, -78.3, -1.83, -2.61, -0.74, 0.01, 31, -0.2, 40
    };
    private static final Feature[] MORE = features(MORE_NAMES);

    private Samples() {}

    /** Twelve figures of a simple scenario. */
    public static MarketSnapshot simple() {
        return twelve(17.4).build();
    }

    /** Twelve figures of a complex scenario. */
    public static MarketSnapshot complex() {
        return twelve(47.2).build();
    }

    /** Twenty-five figures. */
    public static MarketSnapshot wide() {
        MarketSnapshot.Builder builder =
                twelve(47.2).assetClass(AssetClass.CRYPTO).session(Session.OPEN);
        for (int i = 0; i < MORE.length; i++) {
            builder.feature(MORE[i], MORE_VALUES[i]);
        }
        return builder.build();
    }

    /** A question of its own for each number up to four million. */
    public static MarketSnapshot numbered(int number) {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .price(64_120.5)
                .rsi(47.2)
                .volatilityPct(2.1)
                .feature(ADX, number % 50 * 2)
                .feature(NEWS_COUNT, number / 50 % 2_000 * 5)
                .feature(Feature.FEAR_GREED_INDEX, number / 100_000 % 50 * 2)
                .build();
    }

    static MarketSnapshot.Builder twelve(double rsi) {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .price(64_120.5)
                .rsi(rsi)
                .macd(-120.3, -98.1)
                .previousMacd(-110.2, -99.4)
                .bollinger(63_900, 64_800, 65_700)
                .volumeRatio(1.9)
                .volatilityPct(2.1)
                .feature(ADX, 31);
    }

    private static Feature[] features(String... names) {
        Feature[] features = new Feature[names.length];
        for (int i = 0; i < names.length; i++) {
            features[i] = Feature.of(names[i]);
        }
        return features;
    }
}
