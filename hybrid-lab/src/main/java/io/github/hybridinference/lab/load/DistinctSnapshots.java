package io.github.hybridinference.lab.load;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;

/**
 * Snapshots that differ even after rounding, so that neither the cache nor an in-flight call saves a request.
 *
 * @since 0.1.0
 */
public final class DistinctSnapshots {
    private static final Feature NEWS_COUNT = Feature.of("news_count");
    private static final Feature SEARCH_INTEREST = Feature.of("search_interest");

    private DistinctSnapshots() {}

    /**
     * The snapshot with this number, which is encoded in four features with many steps.
     *
     * @param number 0 to 99,999,999
     * @return the snapshot, always the same for the same number
     */
    public static MarketSnapshot numbered(long number) {
        return numbered(number, 50);
    }

    /**
     * Likewise, with an RSI, on which the simulated model's answer depends.
     *
     * @param number 0 to 99,999,999
     * @param rsi the RSI, 0 to 100
     * @return the snapshot, always the same for the same number and RSI
     */
    public static MarketSnapshot numbered(long number, double rsi) {
        long rest = number;
        double news = rest % 2_000 * 5;
        rest /= 2_000;
        double fear = rest % 50 * 2;
        rest /= 50;
        double adx = rest % 50 * 2;
        rest /= 50;
        double search = rest % 20 * 5;
        return MarketSnapshot.builder("LOAD", Timeframe.H1)
                .price(64_120.5)
                .rsi(rsi)
                .macd(-120.3, -98.1)
                .bollinger(63_900, 64_800, 65_700)
                .volumeRatio(1.2)
                .volatilityPct(2.1)
                .priceChangePct(-0.8)
                .feature(Feature.ADX_14, adx)
                .feature(Feature.FEAR_GREED_INDEX, fear)
                .feature(NEWS_COUNT, news)
                .feature(SEARCH_INTEREST, search)
                .build();
    }
}
