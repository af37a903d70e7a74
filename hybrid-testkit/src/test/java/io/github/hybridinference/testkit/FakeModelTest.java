package io.github.hybridinference.testkit;

import static io.github.hybridinference.testkit.assertj.InferenceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.InferenceEngineBuilder;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Evidence;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Language;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.remote.RemoteRequest;
import io.github.hybridinference.reply.ReplyVerifier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FakeModelTest {
    private final ManualClock clock = new ManualClock();

    private MarketSnapshot complex(double rsi) {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .time(clock.instant())
                .rsi(rsi)
                .volatilityPct(2)
                .build();
    }

    private InferenceEngineBuilder builder(FakeModel model) {
        return clock.drive(InferenceEngine.builder()).random(new Random(1)).remote(model);
    }

    /** Ten seconds pass, in which every retry and every deadline falls. */
    private Inference answer(InferenceEngine engine, MarketSnapshot snapshot) {
        CompletableFuture<Inference> answer = engine.inferAsync(snapshot);
        clock.advance(Duration.ofSeconds(10));
        return answer.join();
    }

    @Test
    void answersEveryRequestAlike() {
        try (InferenceEngine engine = builder(FakeModel.selling(0.7)).build()) {
            assertThat(answer(engine, complex(49)))
                    .isSell()
                    .isFrom(Source.REMOTE)
                    .hasConfidenceAtLeast(0.7);
            assertThat(answer(engine, complex(51))).isSell().isFrom(Source.REMOTE);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void showsEachFaultAsTheEngineReportsIt(Fault fault) {
        try (InferenceEngine engine = builder(FakeModel.failing(fault)).build()) {
            assertThat(answer(engine, complex(50))).isFrom(Source.FALLBACK).hasDegradation(fault.degradation());
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void goesOnToTheNextStepAfterAFault(Fault fault) {
        FakeModel model = FakeModel.failing(fault).then(Signals.buy(0.8));
        try (InferenceEngine engine =
                builder(model).breakerOpenFor(Duration.ofSeconds(5)).build()) {
            Inference first = answer(engine, complex(50));

            assertThat(answer(engine, complex(51))).isBuy().isFrom(Source.REMOTE);
            boolean retried = first.source() == Source.REMOTE;
            assertThat(model.attempts()).isEqualTo(retried ? 3 : 2);
        }
    }

    @Test
    void repeatsItsLastStep() {
        FakeModel model = FakeModel.buying(0.8).then(Fault.BAD_REQUEST);
        try (InferenceEngine engine = builder(model).build()) {
            assertThat(answer(engine, complex(50))).isBuy();
            assertThat(answer(engine, complex(51))).hasDegradation(Degradation.REJECTED);
            assertThat(answer(engine, complex(52))).hasDegradation(Degradation.REJECTED);
        }
    }

    @Test
    void isAbortedAtTheLimitOfACall() {
        FakeModel model = FakeModel.failing(Fault.HANG);
        try (InferenceEngine engine = builder(model).build()) {
            CompletableFuture<Inference> answer = engine.inferAsync(complex(50));

            clock.advance(Duration.ofMillis(2_999));
            assertThat(answer).isNotDone();
            clock.advance(Duration.ofMillis(1));

            assertThat(answer.join()).hasDegradation(Degradation.TIMEOUT);
            assertThat(model.aborted()).isZero();
            clock.advance(Duration.ofSeconds(7));
            assertThat(model.aborted()).isEqualTo(1);
        }
    }

    @Test
    void answersAfterTheDeadlineIfItTakesThatLong() {
        FakeModel model = FakeModel.buying(0.8).after(Duration.ofSeconds(4), clock.scheduler());
        try (InferenceEngine engine = builder(model).build()) {
            CompletableFuture<Inference> answer = engine.inferAsync(complex(50));

            clock.advance(Duration.ofSeconds(3));
            CompletableFuture<Optional<Inference>> revision =
                    answer.join().revision().toCompletableFuture();
            assertThat(revision).isNotDone();
            clock.advance(Duration.ofSeconds(1));

            assertThat(revision.join().orElseThrow()).isBuy();
        }
    }

    @Test
    void answersAsAFunctionOfTheRequestSays() {
        FakeModel model = FakeModel.answeringBy(
                request -> request.snapshot().get(Feature.RSI_14) > 50 ? Signals.sell(0.6) : Signals.buy(0.6));
        try (InferenceEngine engine = builder(model).build()) {
            assertThat(answer(engine, complex(46))).isBuy();
            assertThat(answer(engine, complex(54))).isSell();
            assertThat(model.requests()).hasSize(2);
        }
    }

    @Test
    void failsWhereItsFunctionThrows() {
        FakeModel model = FakeModel.answeringBy(request -> {
                    throw new IllegalStateException("a fault of the test's function");
                })
                .after(Duration.ofMillis(1), clock.scheduler());
        try (InferenceEngine engine = builder(model).build()) {
            assertThat(answer(engine, complex(50))).hasDegradation(Degradation.INTERNAL);
        }
    }

    @Test
    void costsWhatATestSays() {
        FakeModel model = FakeModel.buying(0.8).costing(600_000_000);
        try (InferenceEngine engine =
                builder(model).budget(Budget.perDay("1.00")).build()) {
            assertThat(answer(engine, complex(50))).isFrom(Source.REMOTE);
            assertThat(answer(engine, complex(51))).hasDegradation(Degradation.BUDGET);
            assertThat(engine.stats()).hasCostAtMost("0.60").hasAttempts(1);
        }
    }

    @Test
    void isRefusedUnderACapIfItsPriceIsUnknown() {
        try (InferenceEngine engine = builder(FakeModel.buying(0.8).unpriced())
                .budget(Budget.perDay("1.00"))
                .build()) {
            assertThat(answer(engine, complex(50))).hasDegradation(Degradation.BUDGET);
        }
    }

    @Test
    void waitsAsLongAsRetryAfterSays() {
        FakeModel model = FakeModel.failing(Fault.BLANK)
                .thenRateLimited(Duration.ofSeconds(2))
                .then(Signals.hold(0.5));
        try (InferenceEngine engine = builder(model).build()) {
            CompletableFuture<Inference> answer = engine.inferAsync(complex(50));
            clock.advance(Duration.ofMillis(1_999));
            assertThat(answer).isNotDone();
            clock.advance(Duration.ofSeconds(1));

            assertThat(answer.join()).isFrom(Source.REMOTE);
            assertThat(model.attempts()).isEqualTo(3);
        }
    }

    @Test
    void writesSignalsThatTheVerifierReadsBackUnchanged() {
        AnonymizedSnapshot sent = AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                .put(Feature.RSI_14, 27)
                .build();
        TradingSignal signal = TradingSignal.ofModel(
                Action.SELL,
                0.123,
                RiskLevel.HIGH,
                OptionalDouble.of(1.25),
                OptionalDouble.of(3.5),
                List.of(new Evidence("rsi_14", sent.get(Feature.RSI_14))),
                "A \"quoted\" word, a back\\slash and 超卖.",
                Language.ENGLISH);

        ReplyVerifier.Verification read = ReplyVerifier.standard()
                .verify(
                        FakeModel.answering(signal)
                                .ask(new RemoteRequest(
                                        sent, Optional.empty(), Deadline.after(Duration.ofSeconds(1)), "test-1"))
                                .join(),
                        sent);

        assertThat(read).isEqualTo(new ReplyVerifier.Accepted(signal));
    }

    @Test
    void refusesASignalThatTheEngineWouldReject() {
        TradingSignal bare = new TradingSignal(
                Action.BUY, 0.8, RiskLevel.LOW, OptionalDouble.empty(), OptionalDouble.empty(), "Because.");

        assertThatIllegalArgumentException().isThrownBy(() -> FakeModel.answering(bare));
        assertThatIllegalArgumentException().isThrownBy(() -> FakeModel.buying(0));
    }

    @Test
    void bearsTheNameItIsGiven() {
        assertThat(FakeModel.buying(0.8).named("other").identity().model()).isEqualTo("other");
    }
}
