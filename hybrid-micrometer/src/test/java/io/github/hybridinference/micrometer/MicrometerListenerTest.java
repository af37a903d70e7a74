package io.github.hybridinference.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineStats;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.Money;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import io.github.hybridinference.remote.ReplyProblem;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MicrometerListenerTest {
    private static final String BUY = "{\"action\":\"BUY\",\"confidence\":0.8,\"risk\":\"low\","
            + "\"stop_loss_pct\":1.5,\"take_profit_pct\":3,\"reasoning\":\"Momentum turns up.\"}";
    private static final Usage USED = new Usage(64, 200, 50, 0, OptionalLong.of(123_456));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerListener metrics = new MicrometerListener(registry);

    @Test
    void timesAnswersBySourceAndScenario() {
        try (InferenceEngine engine = engine(answering(BUY))) {
            engine.infer(simple());
            engine.infer(complex(1));
            engine.infer(complex(1));
        }

        assertThat(answers("local", "simple")).isEqualTo(1);
        assertThat(answers("remote", "complex")).isEqualTo(1);
        assertThat(answers("cache", "complex")).isEqualTo(1);
        assertThat(answers("fallback", "complex")).isZero();
    }

    @Test
    void countsFailedAttemptsByCauseAndUnusableRepliesByProblemAsTheEngineDoes() {
        RemoteException unreachable = RemoteException.beforeSending(RemoteException.Reason.UNAVAILABLE)
                .because(FailureCause.TLS_UNTRUSTED);
        try (InferenceEngine engine = engine(new FakeModel(() -> CompletableFuture.failedFuture(unreachable)))) {
            engine.infer(complex(1));
            assertThat(engine.stats().failureCauses()).containsEntry(FailureCause.TLS_UNTRUSTED, 1L);
        }
        try (InferenceEngine engine = engine(answering("I would buy."))) {
            engine.infer(complex(1));
            assertThat(engine.stats().replyProblems()).containsEntry(ReplyProblem.NO_OBJECT, 1L);
        }

        assertThat(registry.get("hybrid.remote.failure.causes")
                        .tag("cause", "tls_untrusted")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("hybrid.remote.failure.causes").counters()).hasSize(FailureCause.values().length);
        assertThat(registry.get("hybrid.remote.reply.problems")
                        .tag("problem", "no_object")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void countsTokensAndCostAsTheEngineDoes() {
        try (InferenceEngine engine = engine(answering(BUY))) {
            metrics.monitor(engine);
            engine.infer(complex(1));
            engine.infer(complex(2));

            EngineStats stats = engine.stats();
            double tokens = registry.get("hybrid.tokens").counters().stream()
                    .mapToDouble(counter -> counter.count())
                    .sum();
            assertThat(stats.totalTokens()).isEqualTo(628);
            assertThat(tokens).isEqualTo(628);
            assertThat(registry.get("hybrid.cost").counter().count()).isEqualTo(Money.usd(stats.totalCostNanoUsd()));
            assertThat(gauge("hybrid.budget.spent")).isEqualTo(Money.usd(246_912));
            assertThat(gauge("hybrid.budget.cap")).isEqualTo(5);
            assertThat(gauge("hybrid.budget.reserved")).isZero();
        }
    }

    @Test
    void countsFailuresByCauseAndShowsTheBreaker() {
        try (InferenceEngine engine = engine(failing(RemoteException.Reason.UNAUTHORIZED))) {
            metrics.monitor(engine);
            assertThat(gauge("hybrid.breaker.state")).isZero();
            engine.infer(complex(1));
            engine.infer(complex(2));

            assertThat(degradations("unauthorized")).isEqualTo(1);
            assertThat(degradations("breaker_open")).isEqualTo(1);
            assertThat(registry.get("hybrid.remote.attempts.failed")
                            .tag("reason", "unauthorized")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("hybrid.remote.call")
                            .tag("outcome", "unauthorized")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(gauge("hybrid.breaker.state")).isEqualTo(2);
        }
    }

    @Test
    void showsTheCache() {
        try (InferenceEngine engine = engine(answering(BUY))) {
            metrics.monitor(engine);
            engine.infer(complex(1));
            engine.infer(complex(1));

            assertThat(gauge("hybrid.cache.entries")).isEqualTo(1);
            assertThat(registry.get("hybrid.cache.lookups")
                            .tag("result", "hit")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void hasAllMetersFromTheBeginning() {
        try (InferenceEngine engine = engine(answering(BUY))) {
            metrics.monitor(engine);
            Set<Meter.Id> before = ids();
            engine.infer(simple());
            engine.infer(complex(1));
            engine.infer(MarketSnapshot.builder("BTC-USDT", Timeframe.H1).build());

            assertThat(ids()).isEqualTo(before);
        }
    }

    @Test
    void countsWhatWasChargedUnseenAsTheBudgetDoes() {
        try (InferenceEngine engine = engine(failing(RemoteException.Reason.TIMEOUT))) {
            engine.infer(complex(1));

            EngineStats stats = engine.stats();
            assertThat(stats.unseenCostNanoUsd()).isPositive();
            assertThat(stats.totalCostNanoUsd()).isEqualTo(stats.budget().spentNanoUsd());
            assertThat(registry.get("hybrid.cost").counter().count()).isEqualTo(Money.usd(stats.totalCostNanoUsd()));
            assertThat(registry.get("hybrid.remote.calls.unpriced").counter().count())
                    .isEqualTo(1);
        }
    }

    private InferenceEngine engine(RemoteModel model) {
        return InferenceEngine.builder()
                .remote(model)
                .budget(Budget.perDay("5.00"))
                .listener(metrics)
                .build();
    }

    private double answers(String source, String scenario) {
        return registry.get("hybrid.inference")
                .tags("source", source, "scenario", scenario)
                .timer()
                .count();
    }

    private double degradations(String cause) {
        return registry.get("hybrid.degradations").tag("cause", cause).counter().count();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private Set<Meter.Id> ids() {
        return registry.getMeters().stream().map(Meter::getId).collect(Collectors.toSet());
    }

    private static MarketSnapshot simple() {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .rsi(17)
                .volumeRatio(1.9)
                .volatilityPct(1)
                .build();
    }

    private static MarketSnapshot complex(double volumeRatio) {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .rsi(50)
                .volumeRatio(volumeRatio)
                .volatilityPct(1)
                .build();
    }

    private static RemoteModel answering(String text) {
        return new FakeModel(() -> CompletableFuture.completedFuture(
                new RemoteReply(text, RemoteReply.Finish.STOP, USED, "model-a-2026")));
    }

    private static RemoteModel failing(RemoteException.Reason reason) {
        return new FakeModel(() -> CompletableFuture.failedFuture(new RemoteException(reason)));
    }

    private record FakeModel(Supplier<CompletableFuture<RemoteReply>> replies) implements RemoteModel {
        @Override
        public ModelIdentity identity() {
            return new ModelIdentity("model-a", "p1", "");
        }

        @Override
        public OptionalLong worstCostNanoUsd(RemoteRequest request) {
            return OptionalLong.of(1_000_000);
        }

        @Override
        public CompletableFuture<RemoteReply> ask(RemoteRequest request) {
            return replies.get();
        }
    }
}
