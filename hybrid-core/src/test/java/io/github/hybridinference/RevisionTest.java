package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model's late answer: under the same decision id, and for the cache. */
class RevisionTest {
    @ParameterizedTest
    @EnumSource
    void completesWithTheLateAnswerUnderTheSameDecisionId(Way way) {
        try (Bench bench = new Bench()) {
            Inference answer = late(bench, way);
            assertThat(answer.revision()).isNotCompleted();
            bench.time.advanceMs(2_000);
            bench.exchange().reply(Replies.BUY);

            Inference revision = revisionOf(answer).orElseThrow();
            assertThat(revision.decisionId()).isEqualTo(answer.decisionId());
            assertThat(revision.source()).isEqualTo(Source.REMOTE);
            assertThat(revision.signal().confidence()).isEqualTo(0.9);
            assertThat(revision.usage()).isEqualTo(Replies.USAGE);
            assertThat(revision.latency()).isEqualTo(Duration.ofSeconds(5));
            assertThat(revision.provenance().orElseThrow().answeredAt()).isEqualTo(ManualTime.START.plusSeconds(5));
            assertThat(revision.validUntil())
                    .isEqualTo(ManualTime.START.plusSeconds(5).plus(Duration.ofMinutes(15)));
            assertThat(bench.heard.revisions()).containsExactly(revision);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fillsTheCacheForThoseWhoAskLater(Way way) {
        try (Bench bench = new Bench()) {
            late(bench, way);
            bench.exchange().reply(Replies.BUY);

            Inference next = bench.ask(way, Snapshots.complex(1)).answer();
            assertThat(next.source()).isEqualTo(Source.CACHE);
            assertThat(next.usage().totalTokens()).isZero();
            assertThat(bench.model.attempts()).isEqualTo(1);
        }
    }

    @Test
    void isNoAnswerOfItsOwnInTheBooks() {
        try (Bench bench = new Bench()) {
            late(bench, Way.ASYNC);
            bench.exchange().reply(Replies.BUY);
            assertThat(bench.engine.stats().totalRequests()).isEqualTo(1);
            assertThat(bench.engine.stats().remoteAnswers()).isZero();
            assertThat(bench.engine.stats().fallbackCalls()).isEqualTo(1);
            assertThat(bench.engine.stats().totalCostNanoUsd()).isEqualTo(Replies.COST);
        }
    }

    @ParameterizedTest
    @EnumSource
    void completesEmptyAtTheRemoteTimeout(Way way) {
        try (Bench bench = new Bench()) {
            Inference answer = late(bench, way);
            bench.time.advance(Bench.REMOTE_TIMEOUT.minus(Bench.TIMEOUT).minusNanos(1));
            assertThat(answer.revision()).isNotCompleted();
            bench.time.advance(Duration.ofNanos(1));
            assertThat(revisionOf(answer)).isEmpty();
            assertThat(bench.exchange().isCancelled()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void completesEmptyWhenTheEngineCloses(Way way) {
        try (Bench bench = new Bench()) {
            Inference answer = late(bench, way);
            bench.engine.close();
            assertThat(revisionOf(answer)).isEmpty();
            assertThat(bench.exchange().isCancelled()).isTrue();
        }
    }

    @Test
    void completesEmptyWhenTheModelFailsInTheEnd() {
        try (Bench bench = new Bench()) {
            Inference answer = late(bench, Way.ASYNC);
            FakeModel.failing(Reason.UNAVAILABLE).accept(bench.exchange());
            assertThat(revisionOf(answer)).isEmpty();
            assertThat(bench.model.attempts()).isEqualTo(1); // no caller waits any longer, so nothing is tried again
        }
    }

    @Test
    void isVerifiedLikeAnyOtherReply() {
        try (Bench bench = new Bench()) {
            Inference answer = late(bench, Way.ASYNC);
            bench.exchange().reply(Replies.NONSENSE);
            assertThat(revisionOf(answer)).isEmpty();
            assertThat(bench.ask(Way.ASYNC, Snapshots.complex(1)).isOpen()).isTrue(); // nothing was remembered
        }
    }

    @Test
    void cannotBeCancelledByWhoLooksAtIt() {
        try (Bench bench = new Bench()) {
            Inference answer = late(bench, Way.ASYNC);
            answer.revision().toCompletableFuture().cancel(true);
            assertThat(bench.exchange().isCancelled()).isFalse();
            bench.exchange().reply(Replies.BUY);
            assertThat(revisionOf(answer)).isPresent();
        }
    }

    @Test
    void isThereForEveryCallerWhoTimedOutAndChargedOnce() {
        try (Bench bench = new Bench()) {
            Way.Asked first = bench.ask(Way.ASYNC, Snapshots.complex(1));
            Way.Asked second = bench.ask(Way.SYNC, Snapshots.complex(1));
            bench.time.advance(Bench.TIMEOUT);
            bench.exchange().reply(Replies.BUY);

            Inference one = revisionOf(first.answer()).orElseThrow();
            Inference other = revisionOf(second.answer()).orElseThrow();
            assertThat(one.decisionId()).isNotEqualTo(other.decisionId());
            assertThat(one.usage().totalTokens() + other.usage().totalTokens()).isEqualTo(Replies.USAGE.totalTokens());
        }
    }

    @Test
    void endsItsValidityWithTheBarAfterTheSnapshots() {
        try (Bench bench = new Bench()) {
            bench.time.setWall(
                    ManualTime.START.plusMillis(Timeframe.H1.durationMs()).minusSeconds(60));
            Inference answer = late(bench, Way.ASYNC);
            bench.exchange().reply(Replies.BUY);
            assertThat(revisionOf(answer).orElseThrow().validUntil())
                    .isEqualTo(ManualTime.START.plusMillis(Timeframe.H1.durationMs()));
        }
    }

    private static Inference late(Bench bench, Way way) {
        Way.Asked asked = bench.ask(way, Snapshots.complex(1));
        bench.time.advance(Bench.TIMEOUT);
        assertThat(asked.answer().degradation()).contains(Degradation.TIMEOUT);
        return asked.answer();
    }

    private static Optional<Inference> revisionOf(Inference answer) {
        assertThat(answer.revision()).isCompleted();
        return answer.revision().toCompletableFuture().join();
    }
}
