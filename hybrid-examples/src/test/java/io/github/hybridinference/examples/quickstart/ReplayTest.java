package io.github.hybridinference.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineStats;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.InferenceListener;
import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.eval.BarClock;
import io.github.hybridinference.examples.bars.SyntheticSeries;
import io.github.hybridinference.examples.run.Backend;
import io.github.hybridinference.examples.run.ModelClient;
import io.github.hybridinference.examples.run.Series;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final List<Bar> BARS = SyntheticSeries.hourly(7, 160).bars();
    private static final Series SERIES = Series.of("synthetic", "TEST", Timeframe.H1, BARS);

    private final BarClock clock = new BarClock(BARS.get(0).start());
    private final Tally tally = new Tally();
    private final List<BarAnswer> closes = new ArrayList<>();
    private final List<MarketSnapshot> asked = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();

    @Test
    void booksBalanceThoughTheServiceFails() throws Exception {
        try (Backend backend = Backend.standIn(ModelClient.NETTY, 0.4, Duration.ZERO);
                InferenceEngine engine = InferenceEngine.builder()
                        .clock(clock)
                        .remote(backend.model().orElseThrow())
                        .ownParts()
                        .build()) {
            replay(engine, 1, 40);

            EngineStats stats = engine.stats();
            assertThat(closes)
                    .hasSize(40)
                    .allSatisfy(bar -> assertThat(bar.answer()).isNotNull());
            assertThat(tally.answers()).isEqualTo(stats.totalRequests()).isEqualTo(40);
            assertThat(tally.answers(Source.LOCAL))
                    .isEqualTo(stats.localCalls())
                    .isPositive();
            assertThat(tally.answers(Source.REMOTE))
                    .isEqualTo(stats.remoteAnswers())
                    .isPositive();
            assertThat(tally.answers(Source.CACHE)).isEqualTo(stats.cacheHits()).isZero();
            assertThat(tally.answers(Source.FALLBACK)).isEqualTo(stats.fallbackCalls());
            assertThat(stats.upstreamAttempts()).isGreaterThan(stats.remoteCalls());
            assertThat(stats.errors()).isZero();
        }
    }

    @Test
    void asksAtTheCloseOfEachBar() throws IOException {
        rulesOnly(1, BARS.size());

        assertThat(closes)
                .extracting(BarAnswer::start)
                .isEqualTo(BARS.stream().map(Bar::start).toList());
        assertThat(times).isEqualTo(BARS.stream().map(ReplayTest::end).toList());
        assertThat(asked).extracting(MarketSnapshot::time).isEqualTo(times);
        assertThat(asked).filteredOn(MarketSnapshot::isWarmingUp).hasSize(MarketSnapshot.SETTLED_AFTER_BARS - 1);
    }

    @Test
    void earlierBarsAreHistoryForTheLast() throws IOException {
        rulesOnly(1, BARS.size());
        List<BarAnswer> all = List.copyOf(closes);
        closes.clear();
        rulesOnly(1, 20);

        assertThat(closes)
                .hasSize(20)
                .usingRecursiveComparison()
                .ignoringFields("answer")
                .isEqualTo(all.subList(140, 160));
        assertThat(asked.subList(160, 180)).noneMatch(MarketSnapshot::isWarmingUp);
    }

    @Test
    void pollingMovesTheClockWithinTheBarAndEndsAtTheSameClose() throws IOException {
        rulesOnly(1, 20);
        List<BarAnswer> once = List.copyOf(closes);
        closes.clear();
        times.clear();
        asked.clear();
        BarClock again = new BarClock(BARS.get(0).start());
        rulesOnly(again, 4, 20);

        assertThat(closes).usingRecursiveComparison().ignoringFields("answer").isEqualTo(once);
        assertThat(tally.answers()).isEqualTo(20 + 80);
        Instant start = BARS.get(140).start();
        assertThat(times.subList(0, 4))
                .containsExactly(
                        start.plusSeconds(900),
                        start.plusSeconds(1800),
                        start.plusSeconds(2700),
                        start.plusSeconds(3600));
        assertThat(asked.subList(0, 4)).allMatch(snapshot -> snapshot.time().equals(end(BARS.get(140))));
    }

    private void rulesOnly(int polls, int last) throws IOException {
        rulesOnly(clock, polls, last);
    }

    private void rulesOnly(BarClock time, int polls, int last) throws IOException {
        InferenceListener listener = new InferenceListener() {
            @Override
            public void onAnswer(MarketSnapshot snapshot, Inference answer) {
                asked.add(snapshot);
                times.add(time.instant());
            }
        };
        try (InferenceEngine engine =
                InferenceEngine.builder().clock(time).listener(listener).build()) {
            replay(engine, time, polls, last);
        }
    }

    private void replay(InferenceEngine engine, int polls, int last) throws IOException {
        replay(engine, clock, polls, last);
    }

    private void replay(InferenceEngine engine, BarClock time, int polls, int last) throws IOException {
        new Replay(SERIES, engine, time, polls).run(last, new Replay.Observer() {
            @Override
            public void onAnswer(Inference answer) {
                tally.add(answer);
            }

            @Override
            public void onBar(BarAnswer bar) {
                closes.add(bar);
            }
        });
    }

    private static Instant end(Bar bar) {
        return bar.start().plus(SyntheticSeries.TIMEFRAME);
    }
}
