package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One call for identical requests, and a wait of his own for every caller. */
class CoalescingTest {
    @ParameterizedTest
    @EnumSource
    void asksOnceForIdenticalRequests(Way way) {
        try (Bench bench = new Bench()) {
            List<Way.Asked> callers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                callers.add(bench.ask(way, Snapshots.complex(1)));
            }
            bench.exchange().reply(Replies.BUY);

            assertThat(callers).allSatisfy(caller -> {
                assertThat(caller.answer().source()).isEqualTo(Source.REMOTE);
                assertThat(caller.answer().signal().confidence()).isEqualTo(0.9);
            });
            assertThat(callers.stream()
                            .map(caller -> caller.answer().decisionId())
                            .distinct())
                    .hasSize(5);
            assertThat(bench.model.attempts()).isEqualTo(1);
            assertThat(bench.engine.stats().remoteCalls()).isEqualTo(1);
            assertThat(bench.engine.stats().coalesced()).isEqualTo(4);
            assertThat(bench.engine.stats().remoteAnswers()).isEqualTo(5);
            assertThat(bench.time.pending()).isZero();
        }
    }

    @Test
    void chargesOnlyTheOneWhoAskedFirst() {
        try (Bench bench = new Bench()) {
            Way.Asked first = bench.ask(Way.ASYNC, Snapshots.complex(1));
            Way.Asked second = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.exchange().reply(Replies.BUY);
            assertThat(first.answer().usage()).isEqualTo(Replies.USAGE);
            assertThat(second.answer().usage()).isEqualTo(Usage.NONE);
        }
    }

    @Test
    void chargesAnotherWhenTheFirstGivesUpAtTheLastMoment() {
        FakeLease lease = new FakeLease();
        CompletableFuture<Runnable> lastMoment = new CompletableFuture<>();
        lease.answer = () -> CompletableFuture.completedStage(
                Optional.of(() -> lastMoment.join().run()));
        try (Bench bench = new Bench(options -> options.callLease(lease))) {
            Way.Asked first = bench.ask(Way.ASYNC, Snapshots.complex(1));
            Way.Asked second = bench.ask(Way.ASYNC, Snapshots.complex(1));
            lastMoment.complete(() -> first.future().cancel(true));
            bench.exchange().reply(Replies.BUY);
            assertThat(first.future()).isCancelled();
            assertThat(second.answer().usage()).isEqualTo(Replies.USAGE);
            assertThat(bench.heard.revisions()).isEmpty();
            assertThat(bench.engine.stats().errors()).isZero();
        }
    }

    @Test
    void takesSymbolsAndRoundedFiguresForOneRequest() {
        try (Bench bench = new Bench()) {
            Way.Asked one = bench.ask(Way.ASYNC, Snapshots.complex(1, "BTC-USDT", ManualTime.START));
            Way.Asked other = bench.ask(Way.ASYNC, Snapshots.complex(1, "ETH-USDT", ManualTime.START.plusMillis(1)));
            bench.exchange().reply(Replies.BUY);
            assertThat(one.answer().source()).isEqualTo(Source.REMOTE);
            assertThat(other.answer().source()).isEqualTo(Source.REMOTE);
            assertThat(bench.model.attempts()).isEqualTo(1);
        }
    }

    @Test
    void asksTwiceForDifferentRequests() {
        try (Bench bench = new Bench()) {
            bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.ask(Way.ASYNC, Snapshots.complex(2));
            assertThat(bench.model.attempts()).isEqualTo(2);
            assertThat(bench.engine.stats().coalesced()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void letsEachWaitForHisOwnDeadline(Way way) {
        try (Bench bench = new Bench()) {
            Way.Asked patient = bench.ask(way, Snapshots.complex(1), Duration.ofMillis(500));
            Way.Asked hasty = bench.ask(way, Snapshots.complex(1), Duration.ofMillis(100));
            bench.time.advanceMs(100);
            assertThat(hasty.answer().degradation()).contains(Degradation.TIMEOUT);
            assertThat(patient.isOpen()).isTrue();

            bench.time.advanceMs(399);
            bench.exchange().reply(Replies.BUY);
            assertThat(patient.answer().source()).isEqualTo(Source.REMOTE);
            assertThat(bench.model.attempts()).isEqualTo(1);
        }
    }

    @Test
    void retriesAsLongAsTheMostPatientWaits() {
        try (Bench bench = new Bench()) {
            Way.Asked hasty = bench.ask(Way.ASYNC, Snapshots.complex(1), Duration.ofMillis(50));
            Way.Asked patient = bench.ask(Way.ASYNC, Snapshots.complex(1), Duration.ofSeconds(1));
            bench.time.advanceMs(40);
            FakeModel.failing(Reason.UNAVAILABLE).accept(bench.exchange());
            bench.time.advanceMs(10);
            assertThat(hasty.answer().degradation()).contains(Degradation.TIMEOUT);
            bench.time.advanceMs(200);
            bench.model.exchange(1).reply(Replies.BUY);
            assertThat(patient.answer().source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void goesOnForTheOthersWhenOneGivesUp() {
        try (Bench bench = new Bench()) {
            Way.Asked leader = bench.ask(Way.ASYNC, Snapshots.complex(1));
            Way.Asked follower = bench.ask(Way.ASYNC, Snapshots.complex(1));
            assertThat(leader.future().cancel(true)).isTrue();
            assertThat(leader.future()).isCancelled();
            assertThat(bench.exchange().isCancelled()).isFalse();
            assertThat(follower.isOpen()).isTrue();

            bench.exchange().reply(Replies.BUY);
            assertThat(follower.answer().source()).isEqualTo(Source.REMOTE);
            assertThat(follower.answer().usage()).isEqualTo(Replies.USAGE); // one of them has to be charged
            assertThat(bench.engine.stats().cancelled()).isEqualTo(1);
        }
    }

    @Test
    void abortsTheExchangeWhenTheLastOneGivesUp() {
        try (Bench bench = new Bench()) {
            Way.Asked one = bench.ask(Way.ASYNC, Snapshots.complex(1));
            Way.Asked other = bench.ask(Way.ASYNC, Snapshots.complex(1));
            one.future().cancel(true);
            other.future().cancel(false);
            assertThat(bench.exchange().isCancelled()).isTrue();
            assertThat(bench.time.pending()).isZero();

            // the request can be asked anew, and the model is not blamed
            assertThat(bench.engine.stats().consecutiveFailures()).isZero();
            bench.ask(Way.ASYNC, Snapshots.complex(1));
            assertThat(bench.model.attempts()).isEqualTo(2);
        }
    }

    @Test
    void keepsTheTimeoutThatOneCallerPutOnHisFutureToHim() {
        try (Bench bench = new Bench()) {
            Way.Asked impatient = bench.ask(Way.ASYNC, Snapshots.complex(1));
            Way.Asked other = bench.ask(Way.ASYNC, Snapshots.complex(1));
            impatient.future().orTimeout(1, TimeUnit.MILLISECONDS);
            assertThatThrownBy(() -> impatient.future().join()).isInstanceOf(CompletionException.class);
            assertThat(other.isOpen()).isTrue();
            assertThat(bench.exchange().isCancelled()).isFalse();
            bench.exchange().reply(Replies.BUY);
            assertThat(other.answer().usage()).isEqualTo(Replies.USAGE);
        }
    }

    @Test
    void takesCompletingTheFutureForGivingUp() {
        try (Bench bench = new Bench()) {
            Way.Asked failed = bench.ask(Way.ASYNC, Snapshots.complex(1));
            failed.future().completeExceptionally(new IllegalStateException("enough"));
            assertThat(bench.exchange().isCancelled()).isTrue();

            Inference own = bench.ask(Snapshots.simple());
            Way.Asked answered = bench.ask(Way.ASYNC, Snapshots.complex(1));
            assertThat(answered.future().complete(own)).isTrue();
            assertThat(answered.answer()).isSameAs(own);
            assertThat(bench.model.exchange(1).isCancelled()).isTrue();

            assertThat(bench.engine.stats().cancelled()).isEqualTo(2);
            assertThat(bench.time.pending()).isZero();
        }
    }

    @Test
    void cannotGiveUpWhatIsAnsweredAlready() {
        try (Bench bench = new Bench()) {
            Way.Asked timedOut = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advance(Bench.TIMEOUT);
            assertThat(timedOut.future().cancel(true)).isFalse();
            assertThat(timedOut.future().completeExceptionally(new IllegalStateException("late")))
                    .isFalse();
            assertThat(timedOut.future().complete(bench.ask(Snapshots.simple())))
                    .isFalse();
            assertThat(timedOut.answer().degradation()).contains(Degradation.TIMEOUT);
            assertThat(bench.exchange().isCancelled()).isFalse(); // it still owes a revision
            assertThat(bench.engine.stats().cancelled()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void sharesTheFailureToo(Way way) {
        try (Bench bench = new Bench()) {
            Way.Asked one = bench.ask(way, Snapshots.complex(1));
            Way.Asked other = bench.ask(way, Snapshots.complex(1));
            FakeModel.failing(Reason.REJECTED).accept(bench.exchange());
            assertThat(one.answer().degradation()).contains(Degradation.REJECTED);
            assertThat(other.answer().degradation()).contains(Degradation.REJECTED);
            assertThat(bench.engine.stats().consecutiveFailures()).isEqualTo(1);
        }
    }
}
