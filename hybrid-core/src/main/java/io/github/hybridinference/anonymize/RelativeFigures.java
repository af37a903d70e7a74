package io.github.hybridinference.anonymize;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;

/** Relative figures that take several figures in price units together. What falls out of range is left behind. */
final class RelativeFigures {
    private static final Feature MACD_HIST_PCT = Feature.of("macd_hist_pct");
    private static final Feature BB_PERCENT_B = Feature.of("bb_percent_b");
    private static final Feature BB_BANDWIDTH = Feature.of("bb_bandwidth");

    private RelativeFigures() {}

    static void derive(MarketSnapshot snapshot, AnonymizedSnapshot.Builder target) {
        double price = snapshot.get(Feature.PRICE);
        double histogram = snapshot.get(Feature.MACD) - snapshot.get(Feature.MACD_SIGNAL);
        target.putIfFree(MACD_HIST_PCT, histogram / price * 100);
        double lower = snapshot.get(Feature.BB_LOWER);
        double width = snapshot.get(Feature.BB_UPPER) - lower;
        target.putIfFree(BB_PERCENT_B, (price - lower) / width);
        target.putIfFree(BB_BANDWIDTH, width / snapshot.get(Feature.BB_MIDDLE) * 100);
        if (Channels.anyIn(snapshot)) {
            Channels.derive(snapshot, target);
        }
    }
}
