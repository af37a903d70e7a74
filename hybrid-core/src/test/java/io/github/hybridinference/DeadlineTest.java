package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.testing.FakeModel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers come by the deadline, whatever the model does. */
class DeadlineTest {
    @ParameterizedTest
    @EnumSource
    void answersWithTheModelWhenItIsInTime(Way way) {
        try (Bench bench = new Bench()) {
            Way.Asked asked = bench.ask(way, Snapshots.complex(1));
            bench.time.advanceMs(2_999);
            assertThat(asked.isOpen()).isTrue();
            bench.exchange().reply(Replies.BUY);

            Inference answer = asked.answer();
            assertThat(answer.source()).isEqualTo(Source.REMOTE);
            assertThat(answer.degradation()).isEmpty();
            assertThat(answer.signal().confidence()).isEqualTo(0.9);
            assertThat(answer.latency()).isEqualTo(Duration.ofMillis(2_999));
            assertThat(answer.usage()).isEqualTo(Replies.USAGE);
            assertThat(answer.provenance().orElseThrow().model()).isEqualTo(Replies.MODEL);
            assertThat(answer.revision()).isCompletedWithValueMatching(Optional::isEmpty);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fallsBackToTheRulesAtTheDeadlineAndNotLater(Way way) {
        try (Bench bench = new Bench()) {
            Way.Asked asked = bench.ask(way, Snapshots.complex(1));
            bench.time.advance(Bench.TIMEOUT.minusNanos(1));
            assertThat(asked.isOpen()).isTrue();
            bench.time.advance(Duration.ofNanos(1));

            Inference answer = asked.answer();
            assertThat(answer.source()).isEqualTo(Source.FALLBACK);
            assertThat(answer.degradation()).contains(Degradation.TIMEOUT);
            assertThat(answer.signal().confidence()).isLessThanOrEqualTo(Inference.FALLBACK_CONFIDENCE_CAP);
            assertThat(answer.signal().action()).isEqualTo(answer.rules().action());
            assertThat(answer.latency()).isEqualTo(Bench.TIMEOUT);
            assertThat(bench.exchange().isCancelled()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void obeysTheDeadlineOfTheCaller(Way way) {
        try (Bench bench = new Bench()) {
            Way.Asked hasty = bench.ask(way, Snapshots.complex(1), Duration.ofMillis(50));
            bench.time.advanceMs(50);
            assertThat(hasty.answer().degradation()).contains(Degradation.TIMEOUT);

            Way.Asked patient = bench.ask(way, Snapshots.complex(2), Duration.ofSeconds(9));
            bench.time.advanceMs(8_999);
            assertThat(patient.isOpen()).isTrue();
            bench.model.exchange(1).reply(Replies.BUY);
            assertThat(patient.answer().source()).isEqualTo(Source.REMOTE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesNoCallWhenTheDeadlineHasPassedAlready(Way way) {
        try (Bench bench = new Bench()) {
            Inference answer =
                    bench.ask(way, Snapshots.complex(1), Duration.ofNanos(-1)).answer();
            assertThat(answer.degradation()).contains(Degradation.TIMEOUT);
            assertThat(answer.latency()).isZero();
            assertThat(answer.revision()).isCompletedWithValueMatching(Optional::isEmpty);
            assertThat(bench.ask(way, Snapshots.complex(1), Duration.ZERO)
                            .answer()
                            .degradation())
                    .contains(Degradation.TIMEOUT);
            assertThat(bench.model.attempts()).isZero();
            assertThat(bench.time.pending()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksTheRulesAndTheCacheEvenWhenTheDeadlineHasPassed(Way way) {
        try (Bench bench = new Bench()) {
            bench.model.then(FakeModel.replying(Replies.BUY));
            bench.ask(Snapshots.complex(1));

            assertThat(bench.ask(way, Snapshots.simple(), Duration.ZERO)
                            .answer()
                            .source())
                    .isEqualTo(Source.LOCAL);
            assertThat(bench.ask(way, Snapshots.complex(1), Duration.ZERO)
                            .answer()
                            .source())
                    .isEqualTo(Source.CACHE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsTheRequestAtTheRemoteTimeoutHoweverPatientTheCaller(Way way) {
        try (Bench bench = new Bench()) {
            Way.Asked asked = bench.ask(way, Snapshots.complex(1), Duration.ofMinutes(5));
            bench.time.advance(Bench.REMOTE_TIMEOUT.minusNanos(1));
            assertThat(asked.isOpen()).isTrue();
            bench.time.advance(Duration.ofNanos(1));
            assertThat(asked.answer().degradation()).contains(Degradation.TIMEOUT);
            assertThat(bench.exchange().isCancelled()).isTrue();
            assertThat(bench.time.pending()).isZero();
        }
    }

    @Test
    void tellsTheModelTheLimitOfTheRequestAndNotTheDeadlineOfOneCaller() {
        try (Bench bench = new Bench()) {
            bench.ask(Way.ASYNC, Snapshots.complex(1), Duration.ofMillis(50));
            assertThat(bench.exchange().request().deadline().remaining()).isEqualTo(Bench.REMOTE_TIMEOUT);
        }
    }

    @Test
    void sharesNoAlarmWithTheFutureOnceAnswered() {
        try (Bench bench = new Bench()) {
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.exchange().reply(Replies.BUY);
            assertThat(asked.answer().source()).isEqualTo(Source.REMOTE);
            assertThat(bench.time.pending()).isZero();
        }
    }

    @Test
    void waitsByTheClockOfTheDeadlineAndNotByAnother() throws Exception {
        try (Bench bench = new Bench()) {
            // 50 ms on a clock that stands still never pass, however long it takes in the world outside
            Deadline standing = Deadline.after(Duration.ofMillis(50), () -> 0);
            Way.Asked asked = Way.SYNC.ask(bench.engine, Snapshots.complex(1), standing);
            CompletableFuture.runAsync(
                            () -> bench.exchange().reply(Replies.BUY),
                            CompletableFuture.delayedExecutor(150, TimeUnit.MILLISECONDS))
                    .get();
            assertThat(asked.answer().source()).isEqualTo(Source.REMOTE);
        }
    }
}
