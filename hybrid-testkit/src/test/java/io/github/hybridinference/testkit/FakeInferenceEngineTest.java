package io.github.hybridinference.testkit;

import static io.github.hybridinference.testkit.Signals.buy;
import static io.github.hybridinference.testkit.Signals.hold;
import static io.github.hybridinference.testkit.Signals.sell;
import static io.github.hybridinference.testkit.assertj.InferenceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.testkit.FakeInferenceEngine.ScriptEndedError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FakeInferenceEngineTest {
    private static final MarketSnapshot SNAPSHOT = snapshot(50);

    private static MarketSnapshot snapshot(double rsi) {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .time(Instant.parse("2026-03-01T12:00:00Z"))
                .rsi(rsi)
                .volatilityPct(1.5)
                .build();
    }

    @Test
    void givesTheAnswersOfItsScriptInOrder() {
        FakeInferenceEngine engine = FakeInferenceEngine.answering(buy(0.8), sell(0.7))
                .thenCached(hold(0.4))
                .thenLocal(Action.BUY, 0.9)
                .thenFallback(Degradation.TIMEOUT, Action.SELL, 0.9)
                .thenNoData();

        assertThat(engine.infer(SNAPSHOT)).isBuy().isFrom(Source.REMOTE).hasConfidenceAtLeast(0.8);
        assertThat(engine.infer(SNAPSHOT)).isSell().isOfModel().hasNoDegradation();
        assertThat(engine.infer(SNAPSHOT)).isHold().isFrom(Source.CACHE).isComplex();
        assertThat(engine.infer(SNAPSHOT)).isBuy().isFrom(Source.LOCAL).isSimple();
        assertThat(engine.infer(SNAPSHOT))
                .isSell()
                .isFrom(Source.FALLBACK)
                .hasDegradation(Degradation.TIMEOUT)
                .hasConfidenceAtMost(Inference.FALLBACK_CONFIDENCE_CAP);
        assertThat(engine.infer(SNAPSHOT)).isHold().isFrom(Source.LOCAL).hasDegradation(Degradation.NO_DATA);
        engine.assertScriptUsedUp();
    }

    @Test
    void answersAsAFunctionOfTheSnapshotSays() {
        FakeInferenceEngine engine =
                FakeInferenceEngine.answeringBy(snapshot -> snapshot.get(Feature.RSI_14) < 30 ? buy(0.9) : hold(0.5));

        assertThat(engine.infer(snapshot(20))).isBuy();
        assertThat(engine.infer(snapshot(60))).isHold();
        assertThat(engine.infer(snapshot(20))).isBuy();
    }

    @Test
    void givesTheStandardRulesVerdictWhereNoneIsSaid() {
        FakeInferenceEngine engine = FakeInferenceEngine.answering().thenFallback(Degradation.BUDGET);
        MarketSnapshot oversold = snapshot(12);

        Inference answer = engine.infer(oversold);

        assertThat(answer).hasDegradation(Degradation.BUDGET).isBuy();
        assertThat(answer.signal().reasoning()).contains("RSI 12");
    }

    @Test
    void givesRulesAnswersStopsByTheVolatility() {
        FakeInferenceEngine engine = FakeInferenceEngine.answering().thenLocal(Action.BUY, 0.9);

        TradingSignal signal = engine.infer(SNAPSHOT).signal();

        assertThat(signal.stopLossPct()).hasValue(3);
        assertThat(signal.takeProfitPct()).hasValue(6);
    }

    @Test
    void saysWhichScriptEndedAndWhere() {
        FakeInferenceEngine engine = FakeInferenceEngine.answering(buy(0.8)).thenFallback(Degradation.TIMEOUT);
        engine.infer(SNAPSHOT);
        engine.infer(SNAPSHOT);

        assertThatExceptionOfType(ScriptEndedError.class)
                .isThrownBy(() -> engine.infer(SNAPSHOT))
                .withMessageContaining("inference 3")
                .withMessageContaining("2 answers [1 REMOTE BUY, 2 FALLBACK TIMEOUT]");
        assertThatExceptionOfType(ScriptEndedError.class).isThrownBy(() -> engine.inferAsync(SNAPSHOT));
    }

    @Test
    void noticesAnOverrunThatWasSwallowed() {
        FakeInferenceEngine engine = FakeInferenceEngine.answering();
        assertThatCode(() -> {
                    try {
                        engine.infer(SNAPSHOT);
                    } catch (AssertionError swallowed) {
                        // as code does that catches every Throwable
                    }
                })
                .doesNotThrowAnyException();

        assertThatExceptionOfType(ScriptEndedError.class).isThrownBy(engine::assertScriptUsedUp);
    }

    @Test
    void noticesAnswersThatAreLeft() {
        FakeInferenceEngine engine = FakeInferenceEngine.answering(buy(0.8), sell(0.8));
        engine.infer(SNAPSHOT);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(engine::assertScriptUsedUp)
                .withMessage("only 1 inference asked for, and the script has 2 answers [1 REMOTE BUY, 2 REMOTE SELL]");
    }

    @Test
    void repeatsTheLastAnswerIfToldTo() {
        FakeInferenceEngine engine =
                FakeInferenceEngine.answering(buy(0.8), sell(0.8)).repeatingTheLast();
        engine.infer(SNAPSHOT);

        for (int i = 0; i < 3; i++) {
            assertThat(engine.infer(SNAPSHOT)).isSell();
        }
        engine.assertScriptUsedUp();
        assertThatIllegalStateException().isThrownBy(() -> engine.thenAnswering(buy(0.8)));
        assertThatIllegalStateException()
                .isThrownBy(() -> FakeInferenceEngine.answering().repeatingTheLast());
    }

    @Test
    void remembersWhatItWasAsked() {
        FakeInferenceEngine engine = FakeInferenceEngine.alwaysAnswering(hold(0.5));
        Deadline deadline = Deadline.after(Duration.ofSeconds(1));

        engine.infer(SNAPSHOT);
        engine.inferAsync(snapshot(60), deadline).join();

        assertThat(engine.calls())
                .extracting(FakeInferenceEngine.Call::deadline, FakeInferenceEngine.Call::async)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Optional.empty(), false),
                        org.assertj.core.groups.Tuple.tuple(Optional.of(deadline), true));
        assertThat(engine.snapshots())
                .extracting(asked -> asked.get(Feature.RSI_14))
                .containsExactly(50.0, 60.0);
    }

    @Test
    void completesAFutureBeforeItReturns() {
        CompletableFuture<Inference> answer =
                FakeInferenceEngine.answering(buy(0.8)).inferAsync(SNAPSHOT);

        assertThat(answer).isCompleted();
        assertThat(answer.join()).isBuy();
    }

    @Test
    void throwsWhatAStepThrows() {
        IllegalArgumentException fault = new IllegalArgumentException("a fault");

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        FakeInferenceEngine.answering().thenThrowing(fault).infer(SNAPSHOT))
                .isSameAs(fault);
    }

    @Test
    void refusesAMistakeAtTheCallThatMakesIt() {
        FakeInferenceEngine engine = FakeInferenceEngine.answering();

        assertThatIllegalArgumentException().isThrownBy(() -> engine.thenFallback(Degradation.NO_DATA));
        assertThatIllegalArgumentException().isThrownBy(() -> engine.thenLocal(Action.BUY, 1.5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.thenFallback(Degradation.TIMEOUT, Action.BUY, -0.1));
        engine.assertScriptUsedUp();
    }

    @Test
    void countsAsAnEngineDoes() {
        FakeInferenceEngine engine = FakeInferenceEngine.answering(buy(0.8))
                .thenCached(buy(0.8))
                .thenLocal(Action.HOLD, 0.5)
                .thenFallback(Degradation.TIMEOUT)
                .thenNoData();
        for (int i = 0; i < 5; i++) {
            engine.infer(SNAPSHOT);
        }

        assertThat(engine.stats())
                .hasInferences(5)
                .hasRemoteAnswers(1)
                .hasCacheHits(1)
                .hasLocalAnswers(2)
                .hasFallbacks(1)
                .hasDegradations(Degradation.TIMEOUT, 1)
                .hasDegradations(Degradation.NO_DATA, 1)
                .hasRemoteCalls(1);
        assertThat(engine.stats().latency().get(Source.LOCAL).count()).isEqualTo(2);
    }

    @Test
    void isHealthyUntilItIsClosedOrToldOtherwise() {
        FakeInferenceEngine engine = FakeInferenceEngine.answering(buy(0.8));
        assertThat(engine.health().status()).isEqualTo(EngineHealth.Status.HEALTHY);

        engine.close();

        assertThat(engine.health().status()).isEqualTo(EngineHealth.Status.UNHEALTHY);
        assertThatIllegalStateException().isThrownBy(() -> engine.infer(SNAPSHOT));
        EngineHealth report = new EngineHealth(EngineHealth.Status.DEGRADED, List.of());
        assertThat(engine.reporting(report).health()).isSameAs(report);
    }

    @Test
    void letsALateAnswerComeUnderTheSameDecision() {
        CompletableFuture<TradingSignal> late = new CompletableFuture<>();
        FakeInferenceEngine engine = FakeInferenceEngine.answering()
                .then(snapshot -> Answers.to(snapshot).timedOut(late));

        Inference first = engine.infer(SNAPSHOT);
        AtomicInteger revisions = new AtomicInteger();
        first.revision().thenAccept(revised -> revisions.addAndGet(revised.isPresent() ? 1 : 0));
        assertThat(revisions).hasValue(0);
        late.complete(sell(0.7));

        assertThat(first).hasDegradation(Degradation.TIMEOUT);
        assertThat(revisions).hasValue(1);
        Inference revised = first.revision().toCompletableFuture().join().orElseThrow();
        assertThat(revised).isSell().isFrom(Source.REMOTE);
        assertThat(revised.decisionId()).isEqualTo(first.decisionId());
    }

    @Test
    void holdsUntilTheEndOfTheNextBar() {
        Inference answer = Answers.to(SNAPSHOT).remote(buy(0.8));

        assertThat(answer).isValidAt(Instant.parse("2026-03-01T12:59:59Z"));
        assertThat(answer.validUntil()).isEqualTo(Instant.parse("2026-03-01T13:00:00Z"));
    }
}
