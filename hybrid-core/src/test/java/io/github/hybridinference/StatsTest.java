package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.DropCause;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.ReplyProblem;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The books: every figure, and their balance. */
class StatsTest {
    @Test
    void startsWithEmptyBooks() {
        try (Bench bench = new Bench()) {
            EngineStats stats = bench.engine.stats();
            assertThat(stats.totalRequests()).isZero();
            assertThat(stats.cacheHitRatePct()).isZero();
            assertThat(stats.remoteUsageRatePct()).isZero();
            assertThat(stats.costPer1000RequestsUsd()).isZero();
            assertThat(stats.degradations()).isEmpty();
            assertThat(stats.latency()).containsKeys(Source.values());
            assertThat(stats.latency().get(Source.REMOTE)).isEqualTo(new EngineStats.Latency(0, 0, 0, 0));
        }
    }

    @Test
    void countsWhatBecameOfEachRequest() {
        try (Bench bench = new Bench()) {
            bench.ask(Snapshots.simple());
            bench.model.then(FakeModel.replying(Replies.BUY));
            bench.ask(Snapshots.complex(1));
            bench.ask(Snapshots.complex(1));
            bench.ask(Snapshots.complex(1));
            bench.model.then(FakeModel.replying(Replies.NONSENSE));
            bench.ask(Snapshots.complex(2));
            bench.ask(Way.ASYNC, Snapshots.complex(3)).future().cancel(true);
            Way.Asked late = bench.ask(Way.ASYNC, Snapshots.complex(4));
            Way.Asked joiner = bench.ask(Way.ASYNC, Snapshots.complex(4));
            bench.time.advanceMs(700);
            bench.model.exchange(3).reply(Replies.BUY);

            EngineStats stats = bench.engine.stats();
            assertThat(stats.totalRequests()).isEqualTo(8);
            assertThat(stats.localCalls()).isEqualTo(1);
            assertThat(stats.cacheHits()).isEqualTo(2);
            assertThat(stats.remoteAnswers()).isEqualTo(3);
            assertThat(stats.fallbackCalls()).isEqualTo(1);
            assertThat(stats.cancelled()).isEqualTo(1);
            assertThat(stats.errors()).isZero();
            assertThat(stats.remoteCalls()).isEqualTo(4);
            assertThat(stats.upstreamAttempts()).isEqualTo(4);
            assertThat(stats.coalesced()).isEqualTo(1);
            assertThat(stats.consecutiveFailures()).isZero();
            assertThat(stats.totalTokens()).isEqualTo(3 * Replies.USAGE.totalTokens());
            assertThat(stats.totalCostNanoUsd()).isEqualTo(3 * Replies.COST);
            assertThat(stats.degradations()).isEqualTo(Map.of(Degradation.BAD_REPLY, 1L));
            assertThat(stats.replyProblems()).isEqualTo(Map.of(ReplyProblem.NO_OBJECT, 1L));
            assertThat(stats.cacheHitRatePct()).isEqualTo(25);
            assertThat(stats.remoteUsageRatePct()).isEqualTo(50);
            assertThat(stats.costPer1000RequestsUsd()).isEqualTo(3e-6 / 8 * 1_000, offset(1e-12));
            assertThat(stats.latency().get(Source.REMOTE).count()).isEqualTo(3);
            assertThat(stats.latency().get(Source.REMOTE).p99Nanos())
                    .isCloseTo(700_000_000L, within(700_000_000L / 30));
            assertThat(late.answer().latencyNanos() + joiner.answer().latencyNanos())
                    .isEqualTo(1_400_000_000L);
        }
    }

    @Test
    void countsARequestStillOpenAsAskedOnly() {
        try (Bench bench = new Bench()) {
            bench.ask(Way.ASYNC, Snapshots.complex(1));
            assertThat(bench.engine.stats().totalRequests()).isEqualTo(1);
            assertThat(bench.engine.stats().fallbackCalls()).isZero();
        }
    }

    @Test
    void countsDegradationsOfLocalAnswersToo() {
        try (Bench bench = new Bench()) {
            MarketSnapshot empty = MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                    .time(ManualTime.START)
                    .build();
            assertThat(bench.ask(empty).degradation()).contains(Degradation.NO_DATA);
            assertThat(bench.engine.stats().localCalls()).isEqualTo(1);
            assertThat(bench.engine.stats().degradations()).isEqualTo(Map.of(Degradation.NO_DATA, 1L));
        }
    }

    @Test
    void countsFailuresInARowOfTheFirstModel() {
        try (Bench bench = new Bench()) {
            bench.model
                    .then(FakeModel.failing(Reason.REJECTED))
                    .then(FakeModel.failing(Reason.REJECTED))
                    .then(FakeModel.replying(Replies.BUY));
            bench.ask(Snapshots.complex(1));
            bench.ask(Snapshots.complex(2));
            assertThat(bench.engine.stats().consecutiveFailures()).isEqualTo(2);
            bench.ask(Snapshots.complex(3));
            assertThat(bench.engine.stats().consecutiveFailures()).isZero();
        }
    }

    @Test
    void countsFieldsThatWereNotTaken() {
        try (Bench bench = new Bench()) {
            MarketSnapshot snapshot = MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                    .time(ManualTime.START)
                    .features(Map.of("rsi_14", 17.0, "wallet", 1.0, "no_such_thing", 2.0))
                    .volumeRatio(1.9)
                    .build();
            bench.ask(snapshot);
            bench.ask(snapshot);
            EngineStats stats = bench.engine.stats();
            assertThat(stats.sensitiveFieldsBlocked()).isEqualTo(2);
            assertThat(stats.droppedFields().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(4);
            assertThat(stats.droppedFields()).containsOnlyKeys(DropCause.UNKNOWN_NAME);
        }
    }
}
