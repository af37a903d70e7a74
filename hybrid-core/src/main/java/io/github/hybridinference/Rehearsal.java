package io.github.hybridinference;

import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteQuestion;
import io.github.hybridinference.remote.RemoteReply;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Goes the whole way of hard questions with a model that is not there, so that the first real one need not load and link
 * what is on it. Nothing of the engine's own takes part: not its cache, its budget, its books or its listeners.
 */
final class Rehearsal {
    private static final int ROUNDS = 50;
    private static final Scenario HARD = Scenario.complex(Scenario.Reason.CUSTOM);

    private Rehearsal() {}

    static void run() {
        Settings settings = new InferenceEngineBuilder()
                .remote(new Model())
                .classifier((snapshot, verdict) -> HARD)
                .settings();
        try (EngineThreads threads = new EngineThreads(null, null)) {
            Parts parts = Parts.of(settings, threads);
            Pipeline pipeline = new Pipeline(parts, new Remotes(parts));
            for (int round = 0; round < ROUNDS; round++) {
                MarketSnapshot snapshot = question(round);
                pipeline.infer(snapshot, null, Caller.BLOCKING);
                pipeline.infer(snapshot, null, Caller.BLOCKING); // is remembered
            }
            pipeline.close();
        }
    }

    private static MarketSnapshot question(int round) {
        return MarketSnapshot.builder("REHEARSAL", Timeframe.H1)
                .price(100)
                .rsi(25 + round)
                .macd(0.5, 0.4)
                .bollinger(95, 100, 105)
                .volumeRatio(1)
                .volatilityPct(2)
                .build();
    }

    /** Answers at once, always the same. */
    private static final class Model implements RemoteModel {
        private static final RemoteReply REPLY = new RemoteReply(
                "{\"action\":\"HOLD\",\"confidence\":0.5,\"risk\":\"low\",\"reasoning\":\"RSI is near 50.\"}",
                RemoteReply.Finish.STOP,
                Usage.NONE,
                "rehearsal");

        @Override
        public ModelIdentity identity() {
            return new ModelIdentity("rehearsal", "1", "");
        }

        @Override
        public OptionalLong worstCostNanoUsd(RemoteQuestion question) {
            return OptionalLong.of(0);
        }

        @Override
        public CompletableFuture<RemoteReply> ask(RemoteQuestion question) {
            return CompletableFuture.completedFuture(REPLY);
        }
    }
}
