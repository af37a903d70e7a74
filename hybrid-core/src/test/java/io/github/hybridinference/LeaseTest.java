package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.cache.CallLease.Lease;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Two engines, one cache and one lease: the fleet asks once. */
class LeaseTest {
    private final ManualTime time = new ManualTime();
    private final FakeCache cache = new FakeCache();
    private final FakeLease lease = new FakeLease();
    private final Bench one = new Bench(time, options -> options.cache(cache).callLease(lease));
    private final Bench two = new Bench(time, options -> options.cache(cache).callLease(lease));

    @AfterEach
    void close() {
        one.close();
        two.close();
        assertThat(lease.held).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void asksOnceForTheWholeFleet(Way way) {
        Way.Asked first = one.ask(way, Snapshots.complex(1));
        Way.Asked second = two.ask(way, Snapshots.complex(1));
        time.advanceMs(500);
        assertThat(two.model.attempts()).isZero();
        one.exchange().reply(Replies.BUY);
        assertThat(first.answer().source()).isEqualTo(Source.REMOTE);

        time.advanceMs(25);
        assertThat(second.answer().source()).isEqualTo(Source.CACHE);
        assertThat(second.answer().usage()).isEqualTo(Usage.NONE);
        assertThat(two.model.attempts()).isZero();
        assertThat(time.pending()).isZero();
    }

    @Test
    void asksItselfWhenTheOtherGotNoAnswer() {
        one.ask(Way.ASYNC, Snapshots.complex(1));
        Way.Asked second = two.ask(Way.ASYNC, Snapshots.complex(1));
        FakeModel.failing(Reason.REJECTED).accept(one.exchange());
        time.advanceMs(25);
        two.exchange().reply(Replies.BUY);
        assertThat(second.answer().source()).isEqualTo(Source.REMOTE);
    }

    @Test
    void callsNoModelWhenItWaitedForTheOtherUntilItsOwnDeadline() {
        one.ask(Way.ASYNC, Snapshots.complex(1), Duration.ofSeconds(9));
        Way.Asked second = two.ask(Way.ASYNC, Snapshots.complex(1));
        time.advance(Bench.TIMEOUT);
        assertThat(second.answer().degradation()).contains(Degradation.TIMEOUT);
        FakeModel.failing(Reason.REJECTED).accept(one.exchange());
        time.advance(Duration.ofSeconds(1));
        assertThat(two.model.attempts()).isZero();
        assertThat(second.answer().revision()).isNotCompleted();
        time.advance(Bench.REMOTE_TIMEOUT);
        assertThat(second.answer().revision()).isCompletedWithValueMatching(Optional::isEmpty);
    }

    @Test
    void revisesByTheAnswerOfTheOther() {
        one.ask(Way.ASYNC, Snapshots.complex(1));
        Way.Asked second = two.ask(Way.ASYNC, Snapshots.complex(1));
        time.advance(Bench.TIMEOUT);
        one.exchange().reply(Replies.BUY);
        time.advanceMs(25);
        assertThat(second.answer()
                        .revision()
                        .toCompletableFuture()
                        .join()
                        .orElseThrow()
                        .source())
                .isEqualTo(Source.CACHE);
    }

    @Test
    void givesTheLeaseBackHoweverTheRequestEnds() {
        Way.Asked cancelled = one.ask(Way.ASYNC, Snapshots.complex(1));
        assertThat(lease.held).hasSize(1);
        cancelled.future().cancel(true);
        assertThat(lease.held).isEmpty();

        one.ask(Way.ASYNC, Snapshots.complex(2));
        time.advance(Bench.REMOTE_TIMEOUT);
        assertThat(lease.held).isEmpty();

        one.ask(Way.ASYNC, Snapshots.complex(3));
        one.engine.close();
        assertThat(lease.held).isEmpty();
    }

    @Test
    void givesTheLeaseBackThatCameTooLate() {
        CompletableFuture<Optional<Lease>> slow = new CompletableFuture<>();
        lease.answer = () -> slow;
        one.ask(Way.ASYNC, Snapshots.complex(1)).future().cancel(true);
        slow.complete(lease.grant(new CacheKey(1, 2)));
        assertThat(lease.held).isEmpty();
        assertThat(one.model.attempts()).isZero();
    }

    @Test
    void looksIntoTheCacheAgainOnceItHoldsTheLease() {
        CompletableFuture<Optional<Lease>> slow = new CompletableFuture<>();
        lease.answer = () -> slow;
        Way.Asked waiting = two.ask(Way.ASYNC, Snapshots.complex(1));
        lease.answer = null;
        one.model.then(FakeModel.replying(Replies.BUY));
        one.ask(Snapshots.complex(1));
        slow.complete(lease.grant(new CacheKey(1, 2)));
        assertThat(waiting.answer().source()).isEqualTo(Source.CACHE);
        assertThat(two.model.attempts()).isZero();
    }

    @Test
    void doesNotWaitForTheCacheTwiceWhenTheLeaseIsOutOfOrderWithIt() {
        lease.answer = () -> {
            cache.slow = new CompletableFuture<>();
            return CompletableFuture.completedStage(Optional.of(Lease.notHeld()));
        };
        Way.Asked asked = one.ask(Way.ASYNC, Snapshots.complex(1));
        one.exchange().reply(Replies.BUY);
        assertThat(asked.answer().source()).isEqualTo(Source.REMOTE);
    }

    static Stream<Supplier<CompletionStage<Optional<Lease>>>> faults() {
        return Stream.of(
                () -> {
                    throw new IllegalStateException("of the lease");
                },
                () -> CompletableFuture.failedStage(new IllegalStateException("of the lease")),
                () -> CompletableFuture.completedStage(null),
                () -> null);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void asksWithoutALeaseThatIsBroken(Supplier<CompletionStage<Optional<Lease>>> fault) {
        lease.answer = fault;
        one.model.then(FakeModel.replying(Replies.BUY));
        assertThat(one.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
        assertThat(one.engine.stats().errors()).isEqualTo(1);
    }

    @Test
    void answersAllThoughTheLeaseCannotBeGivenBack() {
        lease.answer = () -> CompletableFuture.completedStage(Optional.of(() -> {
            throw new IllegalStateException("of the lease");
        }));
        Way.Asked first = one.ask(Way.ASYNC, Snapshots.complex(1));
        Way.Asked second = one.ask(Way.ASYNC, Snapshots.complex(1));
        one.exchange().reply(Replies.BUY);
        assertThat(first.answer().source()).isEqualTo(Source.REMOTE);
        assertThat(second.answer().source()).isEqualTo(Source.REMOTE);
        assertThat(one.engine.stats().errors()).isEqualTo(1);
    }
}
