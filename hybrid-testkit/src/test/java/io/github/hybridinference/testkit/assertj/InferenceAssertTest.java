package io.github.hybridinference.testkit.assertj;

import static io.github.hybridinference.testkit.assertj.InferenceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.hybridinference.EngineStats;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testkit.Answers;
import io.github.hybridinference.testkit.FakeInferenceEngine;
import io.github.hybridinference.testkit.Signals;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InferenceAssertTest {
    private static final Inference REMOTE_BUY = Answers.toAny().remote(Signals.buy(0.8));
    private static final Inference TIMED_OUT = Answers.toAny().fallback(Degradation.TIMEOUT, Action.SELL, 0.3);

    @Test
    void passesWhatHolds() {
        assertThat(REMOTE_BUY)
                .isBuy()
                .hasAction(Action.BUY)
                .isFrom(Source.REMOTE)
                .isOfModel()
                .isComplex()
                .hasNoDegradation()
                .hasConfidenceAtLeast(0.8)
                .hasConfidenceAtMost(0.8)
                .hasRisk(RiskLevel.MEDIUM);
        assertThat(TIMED_OUT).isSell().isFrom(Source.FALLBACK).hasDegradation(Degradation.TIMEOUT);
        assertThat(Answers.toAny().local(Action.HOLD, 0.5)).isHold().isSimple();
    }

    static Stream<Arguments> whatDoesNotHold() {
        Instant later = Instant.now().plusSeconds(86_400);
        return Stream.of(
                claim("to say SELL, but was BUY", it -> it.isSell()),
                claim("to say HOLD, but was BUY", it -> it.isHold()),
                claim("to come from CACHE, but was REMOTE", it -> it.isFrom(Source.CACHE)),
                claim("to be degraded by TIMEOUT, but was not", it -> it.hasDegradation(Degradation.TIMEOUT)),
                claim("at least 0.9, but it has 0.8", it -> it.hasConfidenceAtLeast(0.9)),
                claim("at most 0.7, but it has 0.8", it -> it.hasConfidenceAtMost(0.7)),
                claim("to have the risk LOW, but was MEDIUM", it -> it.hasRisk(RiskLevel.LOW)),
                claim("to answer a simple scenario", it -> it.isSimple()),
                claim("to hold at " + later, it -> it.isValidAt(later)));
    }

    private static Arguments claim(String message, Consumer<InferenceAssert> claim) {
        return Arguments.of(message, claim);
    }

    @ParameterizedTest
    @MethodSource("whatDoesNotHold")
    void saysWhatDoesNotHold(String message, Consumer<InferenceAssert> claim) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> claim.accept(assertThat(REMOTE_BUY)))
                .withMessageContaining(message)
                .withMessageContaining("Inference[BUY, REMOTE");
    }

    @Test
    void saysWhatDoesNotHoldOfAFallback() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(TIMED_OUT).hasNoDegradation())
                .withMessageContaining("but it has TIMEOUT");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(TIMED_OUT).isOfModel())
                .withMessageContaining("but it is the rules'");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(TIMED_OUT).hasDegradation(Degradation.BUDGET))
                .withMessageContaining("to be degraded by BUDGET, but was TIMEOUT");
    }

    @Test
    void keepsTheDescriptionOfTheTest() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(REMOTE_BUY).as("after the news").isSell())
                .withMessageStartingWith("[after the news]");
    }

    @Test
    void failsOnNull() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat((Inference) null).isBuy());
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat((EngineStats) null).hasInferences(0));
    }

    @Test
    void saysWhichCountIsAnother() {
        FakeInferenceEngine engine = FakeInferenceEngine.answering(Signals.buy(0.8));
        engine.infer(MarketSnapshot.builder("X", Timeframe.D1).rsi(50).build());

        assertThat(engine.stats())
                .hasInferences(1)
                .hasRemoteAnswers(1)
                .hasAttempts(1)
                .hasCostAtMost("0.000000001");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(engine.stats()).hasCacheHits(2))
                .withMessageContaining("Expecting 2 cache hits, but counted 0");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(engine.stats()).hasDegradations(Degradation.BUDGET, 1))
                .withMessageContaining("Expecting 1 answers with BUDGET, but counted 0");
    }
}
