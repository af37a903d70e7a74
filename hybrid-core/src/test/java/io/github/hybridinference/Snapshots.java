package io.github.hybridinference;

import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testing.ManualTime;
import java.time.Instant;

/** Snapshots of simple scenarios, which the rules answer, and of complex ones, each number a request of its own. */
final class Snapshots {
    private Snapshots() {}

    static MarketSnapshot simple() {
        return start("BTC-USDT", ManualTime.START)
                .rsi(17.4)
                .volumeRatio(1.9)
                .volatilityPct(2.1)
                .build();
    }

    static MarketSnapshot complex(int number) {
        return complex(number, "BTC-USDT", ManualTime.START);
    }

    /** Up to 200,000 of them differ. */
    static MarketSnapshot complex(int number, String symbol, Instant close) {
        return start(symbol, close)
                .rsi(50)
                .volatilityPct(2.1)
                .feature("consecutive_up", number % 100)
                .feature("consecutive_down", number / 100 % 100)
                .feature("aroon_up_25", number / 10_000 % 20 * 5)
                .build();
    }

    private static MarketSnapshot.Builder start(String symbol, Instant close) {
        return MarketSnapshot.builder(symbol, Timeframe.H1).time(close);
    }
}
