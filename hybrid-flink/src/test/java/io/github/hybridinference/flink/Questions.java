package io.github.hybridinference.flink;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.time.Instant;

/** Snapshots that differ even after rounding, so that each needs a call of its own. */
final class Questions {
    private static final Feature NEWS_COUNT = Feature.of("news_count");
    static final Instant CLOSE = Instant.parse("2026-11-28T12:00:00Z");

    private Questions() {}

    /** The snapshot with this number, 0 to 99,999. */
    static MarketSnapshot numbered(long number) {
        return MarketSnapshot.builder("S" + number, Timeframe.H1)
                .time(CLOSE)
                .price(64_120.5)
                .rsi(50)
                .volatilityPct(2.1)
                .feature(Feature.ADX_14, (double) (number / 2_000 % 50 * 2))
                .feature(NEWS_COUNT, (double) (number % 2_000 * 5))
                .build();
    }
}
