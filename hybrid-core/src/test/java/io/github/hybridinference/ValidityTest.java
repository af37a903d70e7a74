package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Until when an answer holds: as long as what it rests on, and no longer than the bar after the asker's own. */
class ValidityTest {
    private static final Instant NOW = ManualTime.START;
    private static final Duration BAR = Duration.ofHours(1);

    @ParameterizedTest
    @EnumSource
    void aCachedAnswerEndsWithTheNextBarOfTheAsker(Way way) {
        try (Bench bench = new Bench(options -> options.cacheTtl(Duration.ofHours(3)))) {
            bench.model.then(FakeModel.replying(Replies.BUY));
            bench.ask(Snapshots.complex(1, "BTC-USDT", NOW));

            Instant earlier = NOW.minus(Duration.ofMinutes(45));
            Inference answer =
                    bench.ask(way, Snapshots.complex(1, "ETH-USDT", earlier)).answer();

            assertThat(answer.source()).isEqualTo(Source.CACHE);
            assertThat(answer.validUntil()).isEqualTo(earlier.plus(BAR));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallerWhoJoinsAStaleCallGetsAnAnswerForHisOwnBar(Way way) {
        try (Bench bench = new Bench()) {
            Way.Asked stale = bench.ask(way, Snapshots.complex(1, "BTC-USDT", NOW.minus(Duration.ofHours(2))));
            Way.Asked fresh = bench.ask(way, Snapshots.complex(1, "BTC-USDT", NOW));
            bench.exchange().reply(Replies.BUY);

            assertThat(fresh.answer().source()).isEqualTo(Source.REMOTE);
            assertThat(fresh.answer().validUntil()).isEqualTo(NOW.plus(Duration.ofMinutes(15)));
            assertThat(stale.answer().validUntil()).isEqualTo(NOW.minus(BAR));
            assertThat(bench.ask(Snapshots.complex(1, "BTC-USDT", NOW)).source())
                    .as("it is kept for the fresher bar")
                    .isEqualTo(Source.CACHE);
        }
    }

    @Test
    void aFallbackEndsWithTheNextBarOfTheAsker() {
        try (Bench bench = new Bench()) {
            bench.model.then(FakeModel.failing(Reason.REJECTED));
            assertThat(bench.ask(Snapshots.complex(1, "BTC-USDT", NOW)).validUntil())
                    .isEqualTo(NOW.plus(BAR));
        }
    }

    @Test
    void anEntryFromAWrongClockIsReplacedByTheNextAnswer() {
        Duration ahead = Duration.ofHours(2);
        SignalCache shared = SignalCache.inMemory(100);
        ManualTime wrong = new ManualTime();
        wrong.setWall(NOW.plus(ahead));
        try (Bench wrongClock = new Bench(wrong, options -> options.cache(shared));
                Bench rightClock = new Bench(options -> options.cache(shared))) {
            wrongClock.model.always(FakeModel.replying(Replies.BUY));
            rightClock.model.always(FakeModel.replying(Replies.BUY));
            wrongClock.ask(Snapshots.complex(1, "BTC-USDT", NOW.plus(ahead)));

            assertThat(rightClock.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
            assertThat(rightClock.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
            assertThat(rightClock.model.attempts()).isEqualTo(1);
        }
    }

    @Test
    void anExpiredEntryCountsAsNoHit() {
        try (Bench bench = new Bench()) {
            bench.model.always(FakeModel.replying(Replies.BUY));
            bench.ask(Snapshots.complex(1));
            bench.time.advance(Duration.ofMinutes(15));
            bench.ask(Snapshots.complex(1));
            assertThat(bench.engine.stats().cache().hits()).isZero();
            assertThat(bench.engine.stats().cacheHits()).isZero();
            assertThat(bench.engine.stats().cache().misses()).isEqualTo(2);
        }
    }

    @Test
    void aSharedEntryFromTheFutureStaysOutOfTheNearTier() {
        SignalCache near = SignalCache.inMemory(100);
        FakeCache far = new FakeCache();
        try (Bench bench = new Bench(options -> options.cache(SignalCache.tiered(near, far)))) {
            bench.model.always(FakeModel.replying(Replies.BUY));
            long ahead = NOW.plus(BAR).toEpochMilli();
            CachedSignal future =
                    new CachedSignal(bench.ask(Snapshots.complex(9)).signal(), "m", "p", ahead, ahead + BAR.toMillis());
            far.slow = CompletableFuture.completedFuture(Optional.of(future));

            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
            far.slow = null;
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
        }
    }
}
