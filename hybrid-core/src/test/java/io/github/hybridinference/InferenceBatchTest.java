package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.CallLease;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.testing.CountingCache;
import io.github.hybridinference.testing.FakeModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many snapshots at once. */
class InferenceBatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @Test
    void givesEachAnswerWhenItIsThereAndAllInTheirOrder() {
        try (Bench bench = new Bench()) {
            InferenceBatch batch = ask(
                    bench,
                    List.of(Snapshots.complex(1), Snapshots.complex(2), Snapshots.simple(), Snapshots.complex(1)));
            bench.model.exchange(1).reply(Replies.BUY);
            Iterator<InferenceBatch.Answer> answers = batch.iterator();
            assertThat(List.of(answers.next().index(), answers.next().index())).containsExactlyInAnyOrder(1, 2);
            bench.model.exchange(0).reply(Replies.BUY);
            assertThat(List.of(answers.next().index(), answers.next().index())).containsExactlyInAnyOrder(0, 3);
            assertThat(answers.hasNext()).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(answers::next);

            assertThat(bench.model.attempts())
                    .as("the identical ones share a call")
                    .isEqualTo(2);
            assertThat(batch.answers())
                    .extracting(Inference::source)
                    .containsExactly(Source.REMOTE, Source.REMOTE, Source.LOCAL, Source.REMOTE);
        }
    }

    @Test
    void aLoopGetsTheAnswersInTheOrderInWhichTheyCome() {
        try (Bench bench = new Bench()) {
            Iterator<InferenceBatch.Answer> answers = ask(
                            bench, List.of(Snapshots.complex(1), Snapshots.complex(2), Snapshots.complex(3)))
                    .iterator();
            List<Integer> order = List.of(2, 0, 1);
            order.forEach(index -> bench.model.exchange(index).reply(Replies.BUY));
            List<Integer> seen = new ArrayList<>();
            answers.forEachRemaining(answer -> seen.add(answer.index()));
            assertThat(seen).isEqualTo(order);
        }
    }

    @Test
    void eachAnswerHasItsOwnSnapshot() {
        try (Bench bench = new Bench()) {
            List<MarketSnapshot> asked = List.of(Snapshots.complex(1), Snapshots.simple(), Snapshots.complex(2));
            bench.model.always(FakeModel.replying(Replies.BUY));
            List<Integer> indices = new ArrayList<>();
            for (InferenceBatch.Answer answer : ask(bench, asked)) {
                indices.add(answer.index());
                assertThat(answer.snapshot()).isSameAs(asked.get(answer.index()));
            }
            assertThat(indices).containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    @Test
    void aBurstBeyondTheLimitIsAnsweredInFull() {
        try (Bench bench = new Bench(options -> options.maxCallsInFlight(16))) {
            bench.model.always(exchange -> {
                Object unused =
                        bench.time.scheduler().schedule(() -> exchange.reply(Replies.BUY), 200, TimeUnit.MILLISECONDS);
            });
            InferenceBatch batch = ask(
                    bench, IntStream.range(0, 500).mapToObj(Snapshots::complex).toList());
            bench.time.advanceMs(32 * 200); // 500 calls, 16 at a time
            assertThat(batch.answers()).allMatch(answer -> answer.source() == Source.REMOTE);
            assertThat(bench.engine.stats().degradations()).doesNotContainKey(Degradation.SATURATED);
        }
    }

    @Test
    void cancellingGivesUpWhatIsOpen() {
        try (Bench bench = new Bench()) {
            InferenceBatch batch = ask(bench, List.of(Snapshots.complex(1), Snapshots.complex(2), Snapshots.simple()));
            batch.cancel();
            assertThat(bench.model.exchange(0).isCancelled()).isTrue();
            assertThat(bench.model.exchange(1).isCancelled()).isTrue();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(batch::answers);
        }
    }

    @Test
    void anInterruptIsKeptForTheCaller() {
        try (Bench bench = new Bench()) {
            InferenceBatch batch = ask(bench, List.of(Snapshots.simple()));
            Thread.currentThread().interrupt();
            List<Integer> seen = new ArrayList<>();
            batch.forEach(answer -> seen.add(answer.index()));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(seen).containsExactly(0);
        }
    }

    @Test
    void aWrappingEngineMakesABatchOfItsOwnFutures() {
        try (Bench bench = new Bench()) {
            MarketSnapshot mine = Snapshots.complex(3);
            InferenceBatch inner = ask(bench, List.of(Snapshots.complex(1)));
            InferenceBatch outer = InferenceBatch.of(List.of(mine), inner.futures());
            bench.model.exchange(0).reply(Replies.BUY);
            assertThat(outer.iterator().next().snapshot()).isSameAs(mine);
            assertThat(outer.answers()).isEqualTo(inner.answers());

            List<MarketSnapshot> two = List.of(mine, mine);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> InferenceBatch.of(two, inner.futures()))
                    .withMessage("there are 2 snapshots and 1 futures");
        }
    }

    @Test
    void nothingAskedIsNothingAnswered() {
        try (Bench bench = new Bench()) {
            InferenceBatch batch = ask(bench, List.of());
            assertThat(batch.answers()).isEmpty();
            assertThat(batch.iterator().hasNext()).isFalse();
            assertThat(batch.size()).isZero();
        }
    }

    @Test
    void theSharedCacheIsAskedOnceForAll() {
        TroubledCache cache = new TroubledCache();
        try (Bench bench = new Bench(options -> options.cache(cache))) {
            bench.model.always(FakeModel.replying(Replies.BUY));
            List<MarketSnapshot> snapshots =
                    IntStream.range(0, 1_000).mapToObj(Snapshots::complex).toList();

            assertThat(ask(bench, snapshots).answers()).allMatch(answer -> answer.source() == Source.REMOTE);
            assertThat(cache.passes()).containsExactly(1_000);
            assertThat(ask(bench, snapshots).answers()).allMatch(answer -> answer.source() == Source.CACHE);
            assertThat(cache.passes()).containsExactly(1_000, 1_000);
            assertThat(cache.looks()).isZero();
        }
    }

    @Test
    void noMoreThanAThousandCallsWaitForOneAnother() {
        TroubledCache cache = new TroubledCache();
        try (Bench bench = new Bench(options -> options.cache(cache))) {
            bench.model.always(FakeModel.replying(Replies.BUY));
            List<MarketSnapshot> snapshots = IntStream.range(0, 2_100)
                    .mapToObj(i -> Snapshots.complex(i % 2_050))
                    .toList();

            assertThat(ask(bench, snapshots).answers())
                    .allMatch(answer -> answer.source() == Source.REMOTE || answer.source() == Source.CACHE);
            assertThat(bench.model.attempts()).isEqualTo(2_050);
            assertThat(cache.passes().subList(0, 2)).containsExactly(1_000, 1_000);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSharedCacheThatBreaksStopsNothing(boolean throwing) {
        TroubledCache cache = new TroubledCache();
        cache.broken = throwing
                ? () -> {
                    throw new IllegalStateException("broken");
                }
                : () -> CompletableFuture.failedStage(new IllegalStateException("broken"));
        try (Bench bench = new Bench(options -> options.cache(cache))) {
            bench.model.always(FakeModel.replying(Replies.BUY));
            assertThat(ask(bench, List.of(Snapshots.complex(1), Snapshots.complex(2)))
                            .answers())
                    .allMatch(answer -> answer.source() == Source.REMOTE);
            assertThat(bench.engine.stats().errors()).isEqualTo(1);
        }
    }

    @Test
    void whatExpiredDuringTheLookIsNotGiven() {
        TroubledCache cache = new TroubledCache();
        try (Bench bench = new Bench(options -> options.cache(cache).cacheTtl(Duration.ofSeconds(2)))) {
            bench.model.always(FakeModel.replying(Replies.BUY));
            List<MarketSnapshot> snapshots = List.of(Snapshots.complex(1), Snapshots.complex(2));
            ask(bench, snapshots.subList(0, 1)).answers();
            bench.time.advance(Duration.ofSeconds(1));
            ask(bench, snapshots.subList(1, 2)).answers();

            cache.holdsBack = new CompletableFuture<>();
            InferenceBatch batch = ask(bench, snapshots);
            bench.time.advance(Duration.ofMillis(1_500));
            cache.holdsBack.complete(null);

            assertThat(batch.answers()).extracting(Inference::source).containsExactly(Source.REMOTE, Source.CACHE);
        }
    }

    @Test
    void whatAnOlderVersionAnsweredIsNotGiven() {
        try (Bench bench = new Bench(options -> options.cache(new TroubledCache()))) {
            bench.model.then(FakeModel.replying(ofVersion("fp_1"))).always(FakeModel.replying(ofVersion("fp_2")));
            List<MarketSnapshot> snapshots = List.of(Snapshots.complex(1), Snapshots.complex(2));
            for (MarketSnapshot snapshot : snapshots) {
                ask(bench, List.of(snapshot)).answers();
                bench.time.advance(Duration.ofSeconds(1));
            }

            assertThat(ask(bench, snapshots).answers())
                    .extracting(Inference::source)
                    .containsExactly(Source.REMOTE, Source.CACHE);
        }
    }

    private static RemoteReply ofVersion(String fingerprint) {
        return new RemoteReply("BUY", RemoteReply.Finish.STOP, Replies.USAGE, Replies.MODEL, fingerprint);
    }

    /** A later look, as after a lease was obtained, must see what was cached since the first. */
    @Test
    void aSecondLookIsAFreshOne() {
        TroubledCache cache = new TroubledCache();
        CallLease leased = (key, deadline) -> CompletableFuture.completedStage(Optional.of(new CallLease.Lease() {
            @Override
            public boolean isHeld() {
                return true;
            }

            @Override
            public void release() {
                // nothing is held
            }
        }));
        try (Bench bench = new Bench(options -> options.cache(cache).callLease(leased))) {
            bench.model.always(FakeModel.replying(Replies.BUY));
            assertThat(ask(bench, List.of(Snapshots.complex(1))).answers())
                    .allMatch(answer -> answer.source() == Source.REMOTE);
            assertThat(cache.passes()).containsExactly(1);
            assertThat(cache.looks()).isEqualTo(1);
        }
    }

    /** One whose look-up for many can be held back, or fail. */
    private static final class TroubledCache extends CountingCache {
        private @Nullable Supplier<CompletionStage<Map<CacheKey, CachedSignal>>> broken;
        private CompletableFuture<@Nullable Void> holdsBack = CompletableFuture.completedFuture(null);

        TroubledCache() {
            super(SignalCache.inMemory(10_000));
        }

        @Override
        public CompletionStage<Map<CacheKey, CachedSignal>> getAll(
                Collection<CacheKey> keys, long nowMs, Deadline deadline) {
            CompletionStage<Map<CacheKey, CachedSignal>> kept = super.getAll(keys, nowMs, deadline);
            CompletionStage<Map<CacheKey, CachedSignal>> found = broken != null ? broken.get() : kept;
            return holdsBack.thenCompose(now -> found);
        }
    }

    private static InferenceBatch ask(Bench bench, List<MarketSnapshot> snapshots) {
        return bench.engine.inferAll(snapshots, Deadline.after(PATIENCE, bench.time::nanos));
    }
}
