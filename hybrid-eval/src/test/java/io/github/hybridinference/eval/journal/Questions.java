package io.github.hybridinference.eval.journal;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.InferenceEngineBuilder;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** Questions and replies of these tests. */
final class Questions {
    static final Usage USAGE = new Usage(10, 20, 30, 0, OptionalLong.of(4_000));

    private Questions() {}

    /** A complex scenario: the RSI is neutral. */
    static MarketSnapshot hard(Instant barTime, double rsi) {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .price(64_120.5)
                .rsi(rsi)
                .bollinger(63_900, 64_800, 65_700)
                .volumeRatio(1.1)
                .volatilityPct(0.5)
                .time(barTime)
                .historyBars(500)
                .build();
    }

    static Instant bar(int number) {
        return ManualTime.START.plus(Duration.ofHours(number));
    }

    static RemoteReply saying(String action, double confidence) {
        return new RemoteReply(
                "{\"action\":\"" + action + "\",\"confidence\":" + confidence + ",\"risk\":\"medium\","
                        + "\"stop_loss_pct\":1.5,\"take_profit_pct\":3.25,\"reasoning\":\"Momentum fades.\"}",
                RemoteReply.Finish.STOP,
                USAGE,
                "fake-model-2026");
    }

    static InferenceEngineBuilder engine(ManualTime time) {
        return InferenceEngine.builder()
                .clock(time.wall())
                .nanoClock(time::nanos)
                .scheduler(time.scheduler())
                .executor(Runnable::run);
    }
}
