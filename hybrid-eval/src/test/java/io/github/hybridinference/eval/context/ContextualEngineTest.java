package io.github.hybridinference.eval.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.InferenceBatch;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testing.CountingCache;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContextualEngineTest {
    private final ManualTime time = new ManualTime();
    private final ScriptedSource source = new ScriptedSource("mood", Feature.SENTIMENT_SCORE);
    private final FakeModel model = new FakeModel();
    private final CountingCache cache = new CountingCache(SignalCache.none());
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
            .cache(cache)
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
        return hard("X", 50);
    }

    private MarketSnapshot hard(String symbol, double rsi) {
        return MarketSnapshot.builder(symbol, Timeframe.H1)
                .time(time.wall().instant())
                .rsi(rsi)
                .volatilityPct(2.1)
                .build();
    }

    private InferenceBatch askAll(MarketSnapshot... snapshots) {
        return engine.inferAll(List.of(snapshots), Deadline.after(Duration.ofSeconds(2), time::nanos));
    }

    private double askedMood(int exchange) {
        return model.exchange(exchange).request().snapshot().get(Feature.SENTIMENT_SCORE);
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
    void looksOnceForAllSnapshotsOfABatch() {
        MarketSnapshot[] snapshots = {hard("X", 50), hard("X", 51), hard("X", 50)};
        InferenceBatch batch = askAll(snapshots);
        assertThat(cache.passes()).isEmpty();
        source.fetches.get(0).complete(Map.of(Feature.SENTIMENT_SCORE, -0.7));
        assertThat(cache.passes()).containsExactly(2);
        assertThat(cache.looks()).isZero();
        assertThat(model.attempts()).isEqualTo(2);
        assertThat(List.of(askedMood(0), askedMood(1))).containsOnly(-0.7);

        time.advance(Duration.ofSeconds(2));
        assertThat(batch.answers()).extracting(Inference::source).containsOnly(Source.FALLBACK);
        batch.forEach(answer -> assertThat(answer.snapshot()).isSameAs(snapshots[answer.index()]));
    }

    @Test
    void asksAtOnceAboutThoseWhoseFiguresAreKnown() {
        var unused = engine.inferAsync(hard("X", 50));
        source.fetches.get(0).complete(Map.of(Feature.SENTIMENT_SCORE, 0.1));
        InferenceBatch batch = askAll(hard("Y", 51), hard("X", 52), hard("Z", 53), hard("X", 54));
        assertThat(cache.passes()).containsExactly(2);
        assertThat(model.attempts()).isEqualTo(3);
        source.fetches.get(1).complete(Map.of(Feature.SENTIMENT_SCORE, 0.2));
        assertThat(model.attempts()).as("the others are asked together").isEqualTo(3);
        time.advance(ContextLimits.STANDARD.waitAtMost());
        assertThat(cache.passes()).containsExactly(2, 2);
        assertThat(List.of(askedMood(1), askedMood(2), askedMood(3), askedMood(4)))
                .containsExactly(0.1, 0.1, 0.2, Double.NaN);
        assertThat(batch.size()).isEqualTo(4);
    }

    @Test
    void asksNothingForThoseOfABatchWhoGaveUpMeanwhile() {
        InferenceBatch batch = askAll(hard("X", 50), hard("X", 51));
        batch.cancel();
        source.fetches.get(0).complete(Map.of());
        assertThat(model.attempts()).isZero();
        assertThat(cache.passes()).isEmpty();
    }

    @Test
    void passesTheCancellationOfABatchOnToTheEngine() {
        InferenceBatch batch = askAll(hard("X", 50), hard("X", 51));
        source.fetches.get(0).complete(Map.of());
        batch.cancel();
        assertThat(model.cancellations()).isEqualTo(2);
    }

    @Test
    void aBatchOfAClosedEngineThrowsAsTheEngineDoes() {
        InferenceBatch waiting = askAll(hard("X", 50));
        engine.close();
        source.fetches.get(0).complete(Map.of());
        assertThatThrownBy(waiting::answers).hasCauseInstanceOf(IllegalStateException.class);
        assertThatIllegalStateException().isThrownBy(() -> askAll(hard("X", 51)));
    }

    @Test
    void throwsAsTheEngineDoesOnceThatIsClosed() {
        engine.close();
        enricher.close();
        assertThatIllegalStateException().isThrownBy(() -> engine.infer(hard()));
    }
}
