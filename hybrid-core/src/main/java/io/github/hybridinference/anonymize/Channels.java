package io.github.hybridinference.anonymize;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;

/** The lines of Donchian, Keltner and Ichimoku: where the price stands between them, and how far they are apart. */
final class Channels {
    private static final Feature DONCHIAN_LOWER = Feature.of("donchian_lower");
    private static final Feature DONCHIAN_UPPER = Feature.of("donchian_upper");
    private static final Feature DONCHIAN_POSITION = Feature.of("donchian_position");
    private static final Feature DONCHIAN_WIDTH_PCT = Feature.of("donchian_width_pct");
    private static final Feature KELTNER_LOWER = Feature.of("keltner_lower");
    private static final Feature KELTNER_UPPER = Feature.of("keltner_upper");
    private static final Feature KELTNER_POSITION = Feature.of("keltner_position");
    private static final Feature TENKAN = Feature.of("ichimoku_tenkan");
    private static final Feature KIJUN = Feature.of("ichimoku_kijun");
    private static final Feature SENKOU_A = Feature.of("ichimoku_senkou_a");
    private static final Feature SENKOU_B = Feature.of("ichimoku_senkou_b");
    private static final Feature TK_SPREAD_PCT = Feature.of("ichimoku_tk_spread_pct");
    private static final Feature CLOUD_DIST_PCT = Feature.of("ichimoku_cloud_dist_pct");
    private static final Feature CLOUD_WIDTH_PCT = Feature.of("ichimoku_cloud_width_pct");

    private Channels() {}

    /** Whether anything can be derived; one line of each kind is enough to tell. */
    static boolean anyIn(MarketSnapshot snapshot) {
        return snapshot.has(DONCHIAN_UPPER)
                || snapshot.has(KELTNER_UPPER)
                || snapshot.has(TENKAN)
                || snapshot.has(SENKOU_A);
    }

    static void derive(MarketSnapshot snapshot, AnonymizedSnapshot.Builder target) {
        double price = snapshot.get(Feature.PRICE);
        double donchianLow = snapshot.get(DONCHIAN_LOWER);
        double donchianWidth = snapshot.get(DONCHIAN_UPPER) - donchianLow;
        target.putIfFree(DONCHIAN_POSITION, (price - donchianLow) / donchianWidth);
        target.putIfFree(DONCHIAN_WIDTH_PCT, donchianWidth / price * 100);

        double keltnerLow = snapshot.get(KELTNER_LOWER);
        double keltnerWidth = snapshot.get(KELTNER_UPPER) - keltnerLow;
        target.putIfFree(KELTNER_POSITION, (price - keltnerLow) / keltnerWidth);

        double kijun = snapshot.get(KIJUN);
        target.putIfFree(TK_SPREAD_PCT, (snapshot.get(TENKAN) - kijun) / kijun * 100);

        double top = Math.max(snapshot.get(SENKOU_A), snapshot.get(SENKOU_B));
        double bottom = Math.min(snapshot.get(SENKOU_A), snapshot.get(SENKOU_B));
        double nearer = price > top ? top : price < bottom ? bottom : price;
        target.putIfFree(CLOUD_DIST_PCT, top > 0 ? (price - nearer) / nearer * 100 : Double.NaN);
        target.putIfFree(CLOUD_WIDTH_PCT, (top - bottom) / price * 100);
    }
}
