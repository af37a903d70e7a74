package io.github.hybridinference.eval;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;

/** The market as the figures that left describe it, with the middle of the bands at 100, for rules to judge. */
final class LeftFigures {
    private static final Feature BANDWIDTH = Feature.of("bb_bandwidth");
    private static final Feature PERCENT_B = Feature.of("bb_percent_b");
    private static final Feature HISTOGRAM = Feature.of("macd_hist_pct");
    private static final double MIDDLE = 100;

    private LeftFigures() {}

    static MarketSnapshot asMarket(AnonymizedSnapshot left) {
        MarketSnapshot.Builder market = MarketSnapshot.builder("LEFT", left.timeframe())
                .assetClass(left.assetClass())
                .session(left.session());
        for (int i = 0; i < left.size(); i++) {
            market.feature(left.feature(i), left.value(i));
        }
        double price = MIDDLE;
        double width = left.get(BANDWIDTH);
        double place = left.get(PERCENT_B);
        if (width > 0 && !Double.isNaN(place)) {
            price = MIDDLE + (place - 0.5) * width;
            market.bollinger(MIDDLE - width / 2, MIDDLE, MIDDLE + width / 2);
        }
        if (price > 0) {
            market.price(price);
            double histogram = left.get(HISTOGRAM);
            if (!Double.isNaN(histogram)) {
                market.macd(histogram * price / 100, 0);
            }
        }
        return market.build();
    }
}
