package io.github.hybridinference.spring;

import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;

/** Snapshots to ask about. */
final class Snapshots {
    private Snapshots() {}

    static MarketSnapshot simple() {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .price(64_120.5)
                .rsi(17.4)
                .volumeRatio(1.9)
                .volatilityPct(2.1)
                .build();
    }

    static MarketSnapshot complex() {
        return complex(50);
    }

    /** Another RSI is another request. */
    static MarketSnapshot complex(double rsi) {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .price(64_120.5)
                .rsi(rsi)
                .volumeRatio(1)
                .volatilityPct(2)
                .build();
    }
}
