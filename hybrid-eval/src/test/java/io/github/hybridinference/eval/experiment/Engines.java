package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.InferenceEngineBuilder;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteReply.Finish;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Instant;
import java.util.OptionalLong;

/** Engines on one model each, without a thread of their own, and complex scenarios for them. */
final class Engines {
    static final long COST = 1_000;

    private Engines() {}

    static InferenceEngineBuilder asking(FakeModel model) {
        return InferenceEngine.builder()
                .remote(model)
                .cache(SignalCache.none())
                .scheduler(new ManualTime().scheduler())
                .executor(Runnable::run);
    }

    static RemoteReply saying(String action) {
        return saying(action, OptionalLong.of(COST));
    }

    static RemoteReply saying(String action, OptionalLong costNanoUsd) {
        String text = "{\"action\":\"" + action + "\",\"confidence\":0.8,\"risk\":\"low\",\"stop_loss_pct\":2,"
                + "\"take_profit_pct\":4,\"reasoning\":\"So it seems.\"}";
        return new RemoteReply(text, Finish.STOP, new Usage(0, 90, 20, 0, costNanoUsd), "fake-model-of-today");
    }

    static MarketSnapshot hard(String symbol, Instant close) {
        return MarketSnapshot.builder(symbol, Timeframe.H1)
                .time(close)
                .rsi(50)
                .volatilityPct(2.1)
                .build();
    }

    static MarketSnapshot plain(String symbol, Instant close) {
        return MarketSnapshot.builder(symbol, Timeframe.H1)
                .time(close)
                .rsi(17.4)
                .volumeRatio(1.9)
                .volatilityPct(2.1)
                .build();
    }
}
