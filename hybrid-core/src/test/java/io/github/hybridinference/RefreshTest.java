package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.cache.CallLease.Lease;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Entries past their soft age: given all the same, and asked for anew behind the caller's back. */
class RefreshTest {
    private static final Duration SOFT_AGE = Duration.ofMinutes(5);

    @Test
    void givesTheOldAnswerAtOnceAndAsksForANewOne() {
        try (Bench bench = remembering(options -> options)) {
            bench.time.advance(SOFT_AGE.minusMillis(1));
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
            assertThat(bench.model.attempts()).isEqualTo(1);

            bench.time.advanceMs(1);
            assertThat(answeredAfter(bench)).isZero();
            assertThat(bench.model.attempts()).isEqualTo(2);
            bench.model.exchange(1).reply(Replies.BUY);
            assertThat(answeredAfter(bench)).isEqualTo(SOFT_AGE);
            assertThat(bench.model.attempts()).isEqualTo(2);
            assertThat(bench.engine.stats().totalRequests()).isEqualTo(4);
            assertThat(bench.engine.stats().remoteCalls()).isEqualTo(2);
            assertThat(bench.time.pending()).isZero();
        }
    }

    @Test
    void asksOnceHoweverManyHitItMeanwhile() {
        try (Bench bench = remembering(options -> options)) {
            bench.time.advance(SOFT_AGE);
            for (int i = 0; i < 5; i++) {
                assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
            }
            assertThat(bench.model.attempts()).isEqualTo(2);
            assertThat(bench.engine.stats().coalesced()).isZero();
        }
    }

    @Test
    void keepsTheOldAnswerWhenTheNewOneFails() {
        try (Bench bench = remembering(options -> options)) {
            bench.time.advance(SOFT_AGE);
            bench.model.then(FakeModel.failing(Reason.REJECTED));
            bench.ask(Snapshots.complex(1));
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
        }
    }

    @Test
    void triesAgainWithinTheEnginesTimeout() {
        try (Bench bench = remembering(options -> options)) {
            bench.time.advance(SOFT_AGE);
            bench.model.then(FakeModel.failing(Reason.UNAVAILABLE)).then(FakeModel.replying(Replies.BUY));
            bench.ask(Snapshots.complex(1));
            bench.time.advanceMs(200);
            assertThat(bench.model.attempts()).isEqualTo(3);
        }
    }

    @Test
    void letsCallersJoinWhoFindTheEntryGone() {
        try (Bench bench = remembering(options -> options.cacheTtl(SOFT_AGE.plusSeconds(1)))) {
            bench.time.advance(SOFT_AGE);
            bench.ask(Snapshots.complex(1));
            bench.time.advanceMs(1_000);
            Way.Asked late = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.model.exchange(1).reply(Replies.BUY);
            assertThat(late.answer().source()).isEqualTo(Source.REMOTE);
            assertThat(late.answer().usage()).isEqualTo(Replies.USAGE);
        }
    }

    @Test
    void sparesAModelWhoseBreakerIsOpen() {
        try (Bench bench = remembering(options -> options)) {
            bench.time.advance(SOFT_AGE);
            bench.model.then(FakeModel.failing(Reason.UNPAID));
            bench.ask(Snapshots.complex(1));
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
            assertThat(bench.model.attempts()).isEqualTo(2);
        }
    }

    @Test
    void worksInTheOriginalOrderToo() {
        try (Bench bench = remembering(options -> options.cacheLocalAnswers())) {
            bench.ask(Snapshots.simple());
            bench.time.advance(SOFT_AGE);
            assertThat(bench.ask(Snapshots.simple()).source()).isEqualTo(Source.CACHE);
            assertThat(bench.model.attempts())
                    .as("what the rules said needs no model")
                    .isEqualTo(1);
            assertThat(answeredAfter(bench)).isZero();
            assertThat(bench.model.attempts()).isEqualTo(2);
        }
    }

    @Test
    void leavesItToAnotherProcessThatIsAtIt() {
        FakeLease lease = new FakeLease();
        try (Bench bench = remembering(options -> options.callLease(lease))) {
            bench.time.advance(SOFT_AGE);
            lease.answer = () -> CompletableFuture.completedStage(Optional.empty());
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
            assertThat(bench.model.attempts()).isEqualTo(1);
            assertThat(bench.time.pending()).isZero();
        }
    }

    @Test
    void goesOnForWaitingCallersThoughAnotherProcessRefreshes() {
        FakeLease lease = new FakeLease();
        try (Bench bench = remembering(options -> options.callLease(lease).cacheTtl(SOFT_AGE.plusSeconds(1)))) {
            bench.time.advance(SOFT_AGE);
            CompletableFuture<Optional<Lease>> slow = new CompletableFuture<>();
            lease.answer = () -> slow;
            bench.ask(Snapshots.complex(1));
            bench.time.advanceMs(1_000);
            Way.Asked late = bench.ask(Way.ASYNC, Snapshots.complex(1));
            lease.answer = () -> CompletableFuture.completedStage(Optional.empty());
            slow.complete(Optional.empty());
            assertThat(late.isOpen()).isTrue();
            lease.answer = null;
            bench.time.advanceMs(25);
            bench.model.exchange(1).reply(Replies.BUY);
            assertThat(late.answer().source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void endsWithTheEngine() {
        try (Bench bench = remembering(options -> options)) {
            bench.time.advance(SOFT_AGE);
            bench.ask(Snapshots.complex(1));
            bench.engine.close();
            assertThat(bench.model.exchange(1).isCancelled()).isTrue();
            assertThat(bench.time.pending()).isZero();
        }
    }

    @Test
    void beginsNothingOnceTheEngineIsClosed() {
        Bench[] holder = new Bench[1];
        Bench bench = remembering(options -> options.anonymizer(snapshot -> {
            if (holder[0] != null) {
                holder[0].engine.close(); // as another thread may, in the middle of an inference
            }
            return Anonymizer.standard().anonymize(snapshot);
        }));
        bench.time.advance(SOFT_AGE);
        holder[0] = bench;
        assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
        assertThat(bench.model.attempts()).isEqualTo(1);
        assertThat(bench.time.pending()).isZero();
    }

    private static Bench remembering(UnaryOperator<InferenceEngineBuilder> more) {
        Bench bench = new Bench(options -> more.apply(options.refreshAfter(SOFT_AGE)));
        bench.model.then(FakeModel.replying(Replies.BUY));
        assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
        return bench;
    }

    private static Duration answeredAfter(Bench bench) {
        Inference hit = bench.ask(Snapshots.complex(1));
        assertThat(hit.source()).isEqualTo(Source.CACHE);
        return Duration.between(ManualTime.START, hit.provenance().orElseThrow().answeredAt());
    }
}
