package io.github.hybridinference;

import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Goes the whole path of a hard question a few times, on the engine's threads but with standard parts of its own, so that
 * the first caller does not wait for classes to be loaded. Nothing of the owner's is asked, counted or told.
 */
final class Rehearsal {
    private static final int ROUNDS = 30; // the slowest part of the interpreter's work is over by then
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private Rehearsal() {}

    static void run(EngineThreads threads) {
        Settings settings = InferenceEngine.builder()
                .remote(new Prompter())
                .cache(SignalCache.inMemory(ROUNDS))
                .timeout(LONGEST)
                .settings();
        Parts parts = Parts.of(settings, threads);
        Pipeline pipeline = new Pipeline(parts, new Remotes(parts));
        Source source = Source.REMOTE;
        for (int i = 0; i < ROUNDS && source == Source.REMOTE; i++) {
            Inference answer = pipeline.infer(question(i), null, Caller.BLOCKING);
            source = answer.source();
        }
        pipeline.close();
    }

    private static MarketSnapshot question(int number) {
        return MarketSnapshot.builder("REHEARSAL", Timeframe.H1)
                .price(100)
                .rsi(50)
                .macd(1, 2)
                .bollinger(90, 100, 110)
                .volumeRatio(1)
                .volatilityPct(2)
                .feature("consecutive_up", number)
                .build();
    }

    /** Replies at once, out of its own head. */
    private static final class Prompter implements RemoteModel {
        private static final RemoteReply REPLY = new RemoteReply(
                "{\"action\":\"BUY\",\"confidence\":0.5,\"risk\":\"low\",\"stop_loss_pct\":1,\"take_profit_pct\":2,"
                        + "\"reasoning\":\"RSI of 50 and rising volume\"}",
                RemoteReply.Finish.STOP,
                new Usage(0, 1, 1, 0, OptionalLong.of(0)),
                "rehearsal");

        @Override
        public ModelIdentity identity() {
            return new ModelIdentity("rehearsal", "1", "");
        }

        @Override
        public OptionalLong worstCostNanoUsd(RemoteRequest question) {
            return OptionalLong.of(0);
        }

        @Override
        public CompletableFuture<RemoteReply> ask(RemoteRequest question) {
            return CompletableFuture.completedFuture(REPLY);
        }
    }
}
