package io.github.hybridinference.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import io.github.hybridinference.testing.FakeModel;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ObservedModelTest {
    private static final RemoteReply REPLY = new RemoteReply(
            "{\"action\":\"BUY\",\"confidence\":0.8,\"risk\":\"low\",\"stop_loss_pct\":1.5,\"take_profit_pct\":3,"
                    + "\"reasoning\":\"Momentum turns up.\"}",
            RemoteReply.Finish.STOP,
            new Usage(64, 200, 50, 0, OptionalLong.of(123_456)),
            "model-a-2026");

    private final List<Observation.Context> seen = new ArrayList<>();

    @Test
    void observesAttemptsWithoutTheirContent() {
        FakeModel model = new FakeModel("model-a").always(FakeModel.replying(REPLY));
        assertThat(infer(model)).isEqualTo(Source.REMOTE);

        assertThat(seen).hasSize(1);
        Observation.Context attempt = seen.get(0);
        assertThat(attempt)
                .isInstanceOfSatisfying(
                        SenderContext.class, call -> assertThat(call.getKind()).isEqualTo(Kind.CLIENT));
        assertThat(attempt.getContextualName()).isEqualTo("chat model-a");
        assertThat(value(attempt, "gen_ai.operation.name")).isEqualTo("chat");
        assertThat(value(attempt, "gen_ai.provider.name")).isEqualTo("test-provider");
        assertThat(value(attempt, "gen_ai.request.model")).isEqualTo("model-a");
        assertThat(value(attempt, "gen_ai.response.model")).isEqualTo("model-a-2026");
        assertThat(value(attempt, "gen_ai.usage.input_tokens")).isEqualTo("264");
        assertThat(value(attempt, "gen_ai.usage.output_tokens")).isEqualTo("50");
        assertThat(value(attempt, "error.type")).isEqualTo("none");
        assertThat(attempt.getAllKeyValues().toString()).doesNotContain("Momentum", "BTC");
    }

    @Test
    void observesWhyAnAttemptFailed() {
        FakeModel model = new FakeModel("model-a").always(FakeModel.failing(Reason.UNPAID));
        assertThat(infer(model)).isEqualTo(Source.FALLBACK);

        assertThat(seen).singleElement().satisfies(attempt -> {
            assertThat(value(attempt, "error.type")).isEqualTo("unpaid");
            assertThat(attempt.getError()).isInstanceOf(RemoteException.class);
        });
    }

    @Test
    void observesAModelThatThrowsInsteadOfAnswering() {
        FakeModel model = new FakeModel("model-a").always(exchange -> {
            throw new IllegalStateException("a fault of the adapter's");
        });
        assertThat(infer(model)).isEqualTo(Source.FALLBACK);

        assertThat(seen)
                .singleElement()
                .satisfies(attempt -> assertThat(value(attempt, "error.type")).isEqualTo("internal"));
    }

    @Test
    void cancelsTheRequestOfTheObservedModel() {
        CompletableFuture<RemoteReply> exchange = new CompletableFuture<>();
        CompletableFuture<RemoteReply> observed = observed(answering(exchange)).ask(null);

        observed.cancel(true);

        assertThat(exchange).isCancelled();
        assertThat(observed).isCancelled();
        assertThat(seen)
                .singleElement()
                .satisfies(attempt -> assertThat(value(attempt, "error.type")).isEqualTo("cancelled"));
    }

    @Test
    void completesACancelledRequestAsTheModelDoes() {
        RemoteException unsent = RemoteException.beforeSending(Reason.CANCELLED);
        CompletableFuture<RemoteReply> exchange = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                completeExceptionally(unsent);
                return false;
            }
        };
        CompletableFuture<RemoteReply> observed = observed(answering(exchange)).ask(null);

        observed.cancel(true);

        assertThatThrownBy(observed::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isSameAs(unsent);
    }

    @Test
    void keepsTheReplyThatCameBeforeTheCancellation() {
        CompletableFuture<RemoteReply> observed =
                observed(answering(CompletableFuture.completedFuture(REPLY))).ask(null);

        assertThat(observed.cancel(true)).isFalse();

        assertThat(observed).isCompletedWithValue(REPLY);
    }

    @Test
    void passesTheReplyOnThoughAHandlerOfObservationsThrows() {
        ObservationRegistry broken = ObservationRegistry.create();
        broken.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                throw new IllegalStateException("a fault of the handler's");
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        CompletableFuture<RemoteReply> exchange = new CompletableFuture<>();
        CompletableFuture<RemoteReply> observed = MicrometerListener.observed(
                        answering(exchange), "test-provider", broken)
                .ask(null);

        exchange.complete(REPLY);

        assertThat(observed).isCompletedWithValue(REPLY);
    }

    private Source infer(RemoteModel model) {
        try (InferenceEngine engine =
                InferenceEngine.builder().remote(observed(model)).maxAttempts(1).build()) {
            return engine.infer(MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                            .rsi(50)
                            .volumeRatio(1)
                            .volatilityPct(1)
                            .build())
                    .source();
        }
    }

    private RemoteModel observed(RemoteModel model) {
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                seen.add(context);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        return MicrometerListener.observed(model, "test-provider", observations);
    }

    private static RemoteModel answering(CompletableFuture<RemoteReply> exchange) {
        return new RemoteModel() {
            @Override
            public ModelIdentity identity() {
                return new ModelIdentity("model-a", "p1", "");
            }

            @Override
            public OptionalLong worstCostNanoUsd(RemoteRequest request) {
                return OptionalLong.of(0);
            }

            @Override
            public CompletableFuture<RemoteReply> ask(RemoteRequest request) {
                return exchange;
            }
        };
    }

    private static String value(Observation.Context context, String key) {
        return context.getAllKeyValues().stream()
                .filter(pair -> pair.getKey().equals(key))
                .findFirst()
                .orElseThrow()
                .getValue();
    }
}
