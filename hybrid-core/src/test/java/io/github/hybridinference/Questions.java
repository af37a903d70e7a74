package io.github.hybridinference;

import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testkit.ManualTime;
import java.time.Instant;

/** Snapshots: plain ones, which the rules answer, and hard ones, each of another number another question. */
final class Questions {
    private Questions() {}

    static MarketSnapshot plain() {
        return start("BTC-USDT", ManualTime.START)
                .rsi(17.4)
                .volumeRatio(1.9)
                .volatilityPct(2.1)
                .build();
    }

    static MarketSnapshot hard(int number) {
        return hard(number, "BTC-USDT", ManualTime.START);
    }

    /** Up to 200,000 of them differ. */
    static MarketSnapshot hard(int number, String symbol, Instant close) {
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
