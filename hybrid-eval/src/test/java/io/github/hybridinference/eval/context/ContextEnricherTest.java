package io.github.hybridinference.eval.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ContextEnricherTest {
    private static final Feature MOOD = Feature.SENTIMENT_SCORE;
    private static final Feature FEAR = Feature.FEAR_GREED_INDEX;
    private static final ContextLimits LIMITS =
            new ContextLimits(Duration.ofMinutes(5), Duration.ofMillis(50), Duration.ofSeconds(5));

    private final ManualTime time = new ManualTime();
    private final ScriptedSource source = new ScriptedSource("mood", MOOD, FEAR);
    private final ContextEnricher enricher = enricher(LIMITS);

    private ContextEnricher enricher(ContextLimits limits) {
        return ContextEnricher.builder()
                .source(source, limits)
                .clock(time.wall())
                .nanoClock(time::nanos)
                .scheduler(time.scheduler())
                .executor(Runnable::run)
                .build();
    }

    private static MarketSnapshot snapshot(String symbol, Instant close) {
        return MarketSnapshot.builder(symbol, Timeframe.H1).time(close).rsi(50).build();
    }

    private MarketSnapshot now(String symbol) {
        return snapshot(symbol, time.wall().instant());
    }

    private void begin() {
        var unused = enricher.enrich(now("X"));
    }

    private ContextStats stats() {
        return enricher.stats().get(0);
    }

    @Test
    void addsWhatTheSourceKnowsAndLeavesOutWhatItDoesNot() {
        CompletableFuture<MarketSnapshot> enriched = enricher.enrich(now("X"));
        assertThat(enriched).isNotDone();
        source.fetches.get(0).complete(Map.of(MOOD, 0.4));
        assertThat(enriched.join().get(MOOD)).isEqualTo(0.4);
        assertThat(enriched.join().has(FEAR)).isFalse();
        assertThat(enriched.join().get(Feature.RSI_14)).isEqualTo(50);
        assertThat(stats().absent(Absence.NOT_GIVEN)).isEqualTo(1);
    }

    @Test
    void answersAtOnceFromWhatWasFetchedBefore() {
        begin();
        source.fetches.get(0).complete(Map.of(MOOD, 0.4, FEAR, 20.0));
        CompletableFuture<MarketSnapshot> second = enricher.enrich(now("X"));
        assertThat(second).isDone();
        assertThat(second.join().get(FEAR)).isEqualTo(20);
        assertThat(source.fetches).hasSize(1);
        assertThat(stats().hits()).isEqualTo(1);
        assertThat(time.pending()).as("no timer for what is there").isLessThanOrEqualTo(2);
    }

    @Test
    void fetchesAnewWhenTheFiguresAreTooOldAndDoesNotFallBackOnThem() {
        begin();
        source.fetches.get(0).complete(Map.of(MOOD, 0.4));
        time.advance(LIMITS.ttl().plusMillis(1));
        CompletableFuture<MarketSnapshot> later = enricher.enrich(now("X"));
        source.fetches.get(1).completeExceptionally(new IllegalStateException("down"));
        assertThat(later.join().has(MOOD)).isFalse();
        assertThat(stats().absent(Absence.FAILED)).isEqualTo(1);
    }

    @Test
    void fetchesOnceForAllWhoWantTheSame() {
        CompletableFuture<MarketSnapshot> one = enricher.enrich(now("X"));
        CompletableFuture<MarketSnapshot> two = enricher.enrich(now("X"));
        CompletableFuture<MarketSnapshot> other = enricher.enrich(now("Y"));
        assertThat(source.fetches).hasSize(2);
        source.fetches.get(0).complete(Map.of(MOOD, -0.5));
        assertThat(one.join().get(MOOD)).isEqualTo(-0.5);
        assertThat(two.join().get(MOOD)).isEqualTo(-0.5);
        assertThat(other).isNotDone();
    }

    @Test
    void goesOnWithoutWhatComesLateAndUsesItForTheNext() {
        CompletableFuture<MarketSnapshot> first = enricher.enrich(now("X"));
        time.advance(LIMITS.waitAtMost());
        assertThat(first.join().has(MOOD)).isFalse();
        assertThat(stats().absent(Absence.LATE)).isEqualTo(1);
        source.fetches.get(0).complete(Map.of(MOOD, 0.1, FEAR, 9.0));
        assertThat(enricher.enrich(now("X")).join().get(MOOD)).isEqualTo(0.1);
    }

    @Test
    void doesNotWaitBeyondTheCallersDeadline() {
        Deadline soon = Deadline.after(Duration.ofMillis(10), time::nanos);
        CompletableFuture<MarketSnapshot> hurried = enricher.enrich(now("X"), soon);
        time.advanceMs(10);
        assertThat(hurried).isDone();
        assertThat(enricher.enrich(now("X"), soon)).isDone();
    }

    @Test
    void cancelsAFetchThatTakesTooLongAndCountsItAsAFailure() {
        ContextEnricher patient =
                enricher(new ContextLimits(LIMITS.ttl(), Duration.ofSeconds(9), LIMITS.fetchTimeout()));
        CompletableFuture<MarketSnapshot> waiting = patient.enrich(now("X"));
        time.advance(LIMITS.fetchTimeout());
        assertThat(waiting.join().has(MOOD)).isFalse();
        assertThat(source.fetches.get(0)).isCancelled();
        assertThat(patient.stats().get(0).absent(Absence.TIMED_OUT)).isEqualTo(1);
    }

    @Test
    void sparesASourceThatFailsTooOftenAndTriesItAgainLater() {
        for (int i = 0; i < 5; i++) {
            begin();
            source.fetches.get(i).completeExceptionally(new IllegalStateException("down"));
        }
        assertThat(stats().sparing()).isTrue();
        CompletableFuture<MarketSnapshot> spared = enricher.enrich(now("X"));
        assertThat(spared).isDone();
        assertThat(source.fetches).hasSize(5);
        assertThat(stats().absent(Absence.BREAKER_OPEN)).isEqualTo(1);
        time.advance(Duration.ofSeconds(31));
        CompletableFuture<MarketSnapshot> probe = enricher.enrich(now("X"));
        source.fetches.get(5).complete(Map.of(MOOD, 0.2));
        assertThat(probe.join().get(MOOD)).isEqualTo(0.2);
        assertThat(stats().sparing()).isFalse();
    }

    @Test
    void dropsFiguresOutOfRangeUndeclaredOrNotANumber() {
        CompletableFuture<MarketSnapshot> enriched = enricher.enrich(now("X"));
        source.fetches.get(0).complete(Map.of(MOOD, Double.NaN, FEAR, 101.0, Feature.ADX_14, 30.0));
        assertThat(enriched.join().has(MOOD)).isFalse();
        assertThat(enriched.join().has(FEAR)).isFalse();
        assertThat(enriched.join().has(Feature.ADX_14)).isFalse();
        assertThat(stats().absent(Absence.OUT_OF_RANGE)).isEqualTo(1);
        assertThat(stats().absent(Absence.NOT_GIVEN)).isEqualTo(1);
    }

    @Test
    void roundsFiguresAsTheyWillBeRecorded() {
        CompletableFuture<MarketSnapshot> enriched = enricher.enrich(now("X"));
        source.fetches.get(0).complete(Map.of(FEAR, 23.456));
        double step = FEAR.family().step();
        assertThat(enriched.join().get(FEAR)).isEqualTo(Math.rint(23.456 / step) * step);
    }

    @Test
    void leavesTheCallersOwnFigures() {
        MarketSnapshot own = MarketSnapshot.builder("X", Timeframe.H1)
                .time(time.wall().instant())
                .feature(MOOD, 1)
                .build();
        CompletableFuture<MarketSnapshot> enriched = enricher.enrich(own);
        source.fetches.get(0).complete(Map.of(MOOD, -1.0, FEAR, 10.0));
        assertThat(enriched.join().get(MOOD)).isEqualTo(1);
        assertThat(enriched.join().get(FEAR)).isEqualTo(10);
    }

    @Test
    void doesNotTellAPastBarWhatIsKnownNow() {
        Instant longAgo = time.wall().instant().minus(Duration.ofHours(2));
        CompletableFuture<MarketSnapshot> enriched = enricher.enrich(snapshot("X", longAgo));
        assertThat(enriched).isDone();
        assertThat(source.fetches).isEmpty();
        assertThat(stats().absent(Absence.PAST_BAR)).isEqualTo(1);
    }

    @Test
    void survivesASourceThatThrows() {
        ContextEnricher broken = ContextEnricher.builder()
                .source(new ContextSource() {
                    @Override
                    public String name() {
                        return "broken";
                    }

                    @Override
                    public Set<Feature> features() {
                        return Set.of(MOOD);
                    }

                    @Override
                    public CompletableFuture<Map<Feature, Double>> fetch(ContextQuery query, Deadline deadline) {
                        throw new IllegalStateException("broken on purpose");
                    }
                })
                .clock(time.wall())
                .scheduler(time.scheduler())
                .build();
        assertThat(broken.enrich(now("X")).join().has(MOOD)).isFalse();
        assertThat(broken.stats().get(0).absent(Absence.FAILED)).isEqualTo(1);
    }

    @Test
    void survivesASourceWhoseMapThrows() {
        CompletableFuture<MarketSnapshot> enriched = enricher.enrich(now("X"));
        source.fetches.get(0).complete(new AbstractMap<>() {
            @Override
            public Set<Entry<Feature, Double>> entrySet() {
                throw new IllegalStateException("broken on purpose");
            }
        });
        assertThat(enriched.join().has(MOOD)).isFalse();
        assertThat(stats().absent(Absence.FAILED)).isEqualTo(1);
    }

    @Test
    void letsEverybodyGoOnWhenItIsClosed() {
        CompletableFuture<MarketSnapshot> waiting = enricher.enrich(now("X"));
        enricher.close();
        assertThat(waiting.join().has(MOOD)).isFalse();
        assertThat(enricher.enrich(now("X"))).isDone();
        assertThat(stats().absent(Absence.CLOSED)).isEqualTo(2);
    }

    @Test
    void completesWaitingSnapshotsWhenItsOwnThreadsEnd() {
        ContextEnricher own = ContextEnricher.builder()
                .source(source, new ContextLimits(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1)))
                .build();
        CompletableFuture<MarketSnapshot> waiting =
                own.enrich(snapshot("X", Instant.now().plusSeconds(60)));
        own.close();
        assertThat(waiting.join().has(MOOD)).isFalse();
    }

    @Test
    void refusesSourcesThatOverlapOrGiveWhatCannotBeRecorded() {
        ContextEnricherBuilder builder = ContextEnricher.builder().source(source);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.source(new ScriptedSource("again", MOOD)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.source(new ScriptedSource("price", Feature.PRICE)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.source(new ScriptedSource("own", Feature.custom("my_mood", 0, 1, 2))));
    }
}
