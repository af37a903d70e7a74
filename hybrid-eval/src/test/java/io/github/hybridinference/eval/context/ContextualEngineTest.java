package io.github.hybridinference.eval.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContextualEngineTest {
    private final ManualTime time = new ManualTime();
    private final ScriptedSource source = new ScriptedSource("mood", Feature.SENTIMENT_SCORE);
    private final FakeModel model = new FakeModel();
    private final ContextEnricher enricher = ContextEnricher.builder()
            .source(source)
            .clock(time.wall())
            .nanoClock(time::nanos)
            .scheduler(time.scheduler())
            .executor(Runnable::run)
            .build();
    private final InferenceEngine engine = enricher.before(InferenceEngine.builder()
            .remote(model)
            .clock(time.wall())
            .nanoClock(time::nanos)
            .scheduler(time.scheduler())
            .executor(Runnable::run)
            .build());

    @AfterEach
    void close() {
        engine.close();
        enricher.close();
    }

    private MarketSnapshot hard() {
        return MarketSnapshot.builder("X", Timeframe.H1)
                .time(time.wall().instant())
                .rsi(50)
                .volatilityPct(2.1)
                .build();
    }

    @Test
    void asksTheModelAboutTheEnrichedSnapshot() {
        CompletableFuture<Inference> answer = engine.inferAsync(hard());
        assertThat(model.attempts()).isZero();
        source.fetches.get(0).complete(Map.of(Feature.SENTIMENT_SCORE, -0.7));
        assertThat(model.exchange(0).request().snapshot().get(Feature.SENTIMENT_SCORE))
                .isEqualTo(-0.7);
        assertThat(answer).isNotDone();
    }

    @Test
    void asksWithoutTheFiguresWhenTheyComeLate() {
        var unused = engine.inferAsync(hard());
        time.advance(ContextLimits.STANDARD.waitAtMost());
        assertThat(model.exchange(0).request().snapshot().get(Feature.SENTIMENT_SCORE))
                .isNaN();
    }

    @Test
    void holdsTheDeadlineThatCoversBoth() {
        CompletableFuture<Inference> answer =
                engine.inferAsync(hard(), Deadline.after(Duration.ofMillis(40), time::nanos));
        time.advanceMs(40);
        assertThat(answer).isDone();
        assertThat(answer.join().source()).isEqualTo(Source.FALLBACK);
    }

    @Test
    void passesACancellationOnToTheEngine() {
        CompletableFuture<Inference> answer = engine.inferAsync(hard());
        source.fetches.get(0).complete(Map.of());
        model.exchange(0);
        answer.cancel(false);
        assertThat(model.cancellations()).isEqualTo(1);
    }

    @Test
    void asksNothingForACallerWhoGaveUpWhileTheFiguresWereFetched() {
        CompletableFuture<Inference> answer = engine.inferAsync(hard());
        answer.cancel(false);
        source.fetches.get(0).complete(Map.of());
        assertThat(model.attempts()).isZero();
    }

    @Test
    void throwsAsTheEngineDoesOnceThatIsClosed() {
        engine.close();
        enricher.close();
        assertThatIllegalStateException().isThrownBy(() -> engine.infer(hard()));
    }
}
