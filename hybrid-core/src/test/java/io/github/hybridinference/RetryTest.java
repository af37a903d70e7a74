package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.ReplyProblem;
import io.github.hybridinference.testing.FakeModel;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked again, when, and what never is. */
class RetryTest {
    /** More than the longest pause before the second attempt, less than the shortest before the third. */
    private static final long PAUSE_MS = 200;

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "RATE_LIMITED"})
    void asksAgainAfterAPauseWhatMayPass(Reason reason) {
        try (Bench bench = new Bench()) {
            bench.model.then(FakeModel.failing(reason)).then(FakeModel.replying(Replies.BUY));
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advanceMs(99);
            assertThat(bench.model.attempts()).isEqualTo(1);
            bench.time.advanceMs(101);

            assertThat(asked.answer().source()).isEqualTo(Source.REMOTE);
            assertThat(bench.engine.stats().remoteCalls()).isEqualTo(1);
            assertThat(bench.engine.stats().upstreamAttempts()).isEqualTo(2);
            assertThat(bench.engine.stats().consecutiveFailures()).isZero();
            assertThat(bench.heard.failedAttempts()).singleElement().satisfies(failed -> {
                assertThat(failed.failure().reason()).isEqualTo(reason);
                assertThat(failed.retried()).isTrue();
            });
            assertThat(bench.heard.calls()).singleElement().satisfies(call -> {
                assertThat(call.attempts()).isEqualTo(2);
                assertThat(call.failure()).isEmpty();
            });
            assertThat(bench.time.pending()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "REJECTED, REJECTED",
        "UNAUTHORIZED, UNAUTHORIZED",
        "UNPAID, UNPAID",
        "TIMEOUT, TIMEOUT",
        "PRIVACY, PRIVACY",
        "NOT_RECORDED, NOT_RECORDED",
        "CANCELLED, CLOSED",
        "INTERNAL, INTERNAL"
    })
    void givesUpAtOnceWhatWillNotPass(Reason reason, Degradation degradation) {
        try (Bench bench = new Bench()) {
            bench.model.then(FakeModel.failing(reason));
            Inference answer = bench.ask(Snapshots.complex(1));
            assertThat(answer.source()).isEqualTo(Source.FALLBACK);
            assertThat(answer.degradation()).contains(degradation);
            assertThat(bench.model.attempts()).isEqualTo(1);
            assertThat(bench.time.pending()).isZero();
        }
    }

    @Test
    void triesOnceMoreAtOnceWithAKeyThatMayBeNew() {
        RemoteException refused = RemoteException.ofStatus(Reason.UNAUTHORIZED, 401, Optional.empty(), Optional.empty())
                .andKeyMayBeNew();
        try (Bench bench = new Bench()) {
            bench.model.then(FakeModel.failing(refused)).then(FakeModel.replying(Replies.BUY));
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advanceMs(1);
            assertThat(asked.answer().source()).isEqualTo(Source.REMOTE);
            assertThat(bench.model.attempts()).isEqualTo(2);
            assertThat(bench.time.pending()).isZero();
        }
        try (Bench bench = new Bench()) {
            bench.model.always(FakeModel.failing(refused));
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advanceMs(1);
            assertThat(asked.answer().degradation()).contains(Degradation.UNAUTHORIZED);
            assertThat(bench.model.attempts()).isEqualTo(2);
            assertThat(bench.heard.failedAttempts())
                    .extracting(failed -> failed.retried())
                    .containsExactly(true, false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhyWhenNoAttemptHelped(Way way) {
        try (Bench bench = new Bench()) {
            bench.model.always(FakeModel.failing(Reason.UNAVAILABLE));
            Way.Asked asked = bench.ask(way, Snapshots.complex(1));
            bench.time.advanceMs(600);
            assertThat(asked.answer().degradation()).contains(Degradation.UNAVAILABLE);
            assertThat(bench.model.attempts()).isEqualTo(3);
            assertThat(bench.heard.failedAttempts())
                    .extracting(failed -> failed.retried())
                    .containsExactly(true, true, false);
            assertThat(bench.engine.stats().consecutiveFailures()).isEqualTo(1);
        }
    }

    @Test
    void triesAsOftenAsItWasTold() {
        try (Bench bench = new Bench(options -> options.maxAttempts(1))) {
            bench.model.always(FakeModel.failing(Reason.STALE_CONNECTION));
            assertThat(bench.ask(Snapshots.complex(1)).degradation()).contains(Degradation.UNAVAILABLE);
            assertThat(bench.model.attempts()).isEqualTo(1);
        }
        try (Bench bench = new Bench(options -> options.maxAttempts(10).timeout(Duration.ofHours(1)))) {
            bench.model.always(FakeModel.failing(Reason.UNAVAILABLE));
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advance(Duration.ofMinutes(59));
            assertThat(asked.answer().degradation()).contains(Degradation.UNAVAILABLE);
            assertThat(bench.model.attempts()).isEqualTo(10);
        }
    }

    @Test
    void waitsAsLongAsTheServiceAsks() {
        try (Bench bench = new Bench()) {
            bench.model.then(rateLimited(Duration.ofMillis(1_500))).then(FakeModel.replying(Replies.BUY));
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advanceMs(1_499);
            assertThat(bench.model.attempts()).isEqualTo(1);
            bench.time.advanceMs(1);
            assertThat(asked.answer().source()).isEqualTo(Source.REMOTE);
        }
    }

    @ParameterizedTest
    @CsvSource({"3000", "3001", "9223372036854775807"})
    void answersAtOnceWhenTheServiceAsksForMoreThanIsLeft(long retryAfterMs) {
        try (Bench bench = new Bench()) {
            bench.model.then(rateLimited(
                    retryAfterMs == Long.MAX_VALUE
                            ? Duration.ofSeconds(Long.MAX_VALUE)
                            : Duration.ofMillis(retryAfterMs)));
            Inference answer = bench.ask(Snapshots.complex(1));
            assertThat(answer.degradation()).contains(Degradation.RATE_LIMITED);
            assertThat(bench.heard.failedAttempts())
                    .singleElement()
                    .satisfies(failed -> assertThat(failed.retried()).isFalse());
            assertThat(bench.engine.stats().errors()).isZero();
        }
    }

    @Test
    void beginsNoAttemptBeyondTheDeadlineOfTheLastWhoWaits() {
        try (Bench bench = new Bench()) {
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1), Duration.ofMillis(90));
            FakeModel.failing(Reason.UNAVAILABLE).accept(bench.exchange());
            assertThat(asked.answer().degradation()).contains(Degradation.UNAVAILABLE);
            bench.time.advance(Bench.REMOTE_TIMEOUT);
            assertThat(bench.model.attempts()).isEqualTo(1);
        }
    }

    @Test
    void asksAgainAtOnceWhenAnIdleConnectionHadGoneStale() {
        try (Bench bench = new Bench()) {
            bench.model.then(FakeModel.failing(Reason.STALE_CONNECTION)).then(FakeModel.replying(Replies.BUY));
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advanceMs(1);
            assertThat(asked.answer().source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void pausesWhenAFreshConnectionBreaksToo() {
        try (Bench bench = new Bench()) {
            bench.model
                    .then(FakeModel.failing(Reason.STALE_CONNECTION))
                    .then(FakeModel.failing(Reason.STALE_CONNECTION))
                    .then(FakeModel.replying(Replies.BUY));
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advanceMs(100);
            assertThat(bench.model.attempts()).isEqualTo(2);
            bench.time.advanceMs(400);
            assertThat(asked.answer().source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void asksOnceMoreWithTheComplaintWhenTheReplyWasBlank() {
        try (Bench bench = new Bench()) {
            bench.model.then(FakeModel.replying(Replies.BLANK)).then(FakeModel.replying(Replies.BUY));
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advanceMs(1);

            assertThat(bench.exchange().request().complaint()).isEmpty();
            assertThat(bench.model.exchange(1).request().complaint()).contains(ReplyProblem.BLANK);
            assertThat(asked.answer().source()).isEqualTo(Source.REMOTE);
            assertThat(asked.answer().usage()).isEqualTo(Replies.USAGE.plus(Replies.USAGE));
            assertThat(bench.engine.stats().replyProblems()).containsEntry(ReplyProblem.BLANK, 1L);
        }
    }

    @Test
    void believesNoSecondBlankReply() {
        try (Bench bench = new Bench()) {
            bench.model.always(FakeModel.replying(Replies.BLANK));
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advanceMs(PAUSE_MS);
            assertThat(asked.answer().degradation()).contains(Degradation.BAD_REPLY);
            assertThat(bench.model.attempts()).isEqualTo(2);
            assertThat(bench.engine.stats().replyProblems()).containsEntry(ReplyProblem.BLANK, 2L);
        }
    }

    @Test
    void complainsWhenTheAdapterItselfSawTheReplyCutOff() {
        try (Bench bench = new Bench()) {
            Usage paid = new Usage(0, 5, 5, 0, OptionalLong.of(7));
            bench.model
                    .then(FakeModel.failing(RemoteException.badReply(ReplyProblem.TRUNCATED, paid)))
                    .then(FakeModel.replying(Replies.BUY));
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advanceMs(1);
            assertThat(bench.model.exchange(1).request().complaint()).contains(ReplyProblem.TRUNCATED);
            assertThat(asked.answer().usage()).isEqualTo(paid.plus(Replies.USAGE));
            assertThat(bench.engine.stats().totalCostNanoUsd()).isEqualTo(7 + Replies.COST);
        }
    }

    @Test
    void asksNoSecondTimeForAReplyThatCameThroughWholeAndIsWrong() {
        try (Bench bench = new Bench()) {
            bench.model.then(FakeModel.replying(Replies.NONSENSE));
            Inference answer = bench.ask(Snapshots.complex(1));
            assertThat(answer.degradation()).contains(Degradation.BAD_REPLY);
            assertThat(bench.model.attempts()).isEqualTo(1);
            assertThat(bench.engine.stats().replyProblems()).containsEntry(ReplyProblem.NO_OBJECT, 1L);
            assertThat(bench.ask(Way.ASYNC, Snapshots.complex(1)).isOpen()).isTrue(); // nothing was remembered
        }
    }

    @Test
    void tellsTheListenerOfAnotherAttemptOnlyIfThereIsOne() {
        // the pause is drawn from 100 to 200 ms: what is said must hold for the pause that was drawn
        for (int leftMs = 95; leftMs < 205; leftMs++) {
            try (Bench bench = new Bench()) {
                bench.model.then(FakeModel.failing(Reason.UNAVAILABLE));
                bench.ask(Way.ASYNC, Snapshots.complex(1), Duration.ofMillis(leftMs));
                bench.time.advanceMs(PAUSE_MS);
                assertThat(bench.heard.failedAttempts().get(0).retried()).isEqualTo(bench.model.attempts() == 2);
            }
        }
    }

    @Test
    void stopsTryingWhenEverybodyHasGivenUp() {
        try (Bench bench = new Bench()) {
            bench.model.then(FakeModel.failing(Reason.UNAVAILABLE));
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            asked.future().cancel(true);
            bench.time.advance(Bench.REMOTE_TIMEOUT);
            assertThat(bench.model.attempts()).isEqualTo(1);
        }
    }

    @Test
    void stopsTryingWhenTheEngineIsClosed() {
        try (Bench bench = new Bench()) {
            bench.model.then(FakeModel.failing(Reason.UNAVAILABLE));
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.engine.close();
            assertThat(asked.answer().degradation()).contains(Degradation.CLOSED);
            bench.time.advance(Bench.REMOTE_TIMEOUT);
            assertThat(bench.model.attempts()).isEqualTo(1);
        }
    }

    private static Consumer<FakeModel.Exchange> rateLimited(Duration retryAfter) {
        return FakeModel.failing(
                RemoteException.ofStatus(Reason.RATE_LIMITED, 429, Optional.of(retryAfter), Optional.empty()));
    }
}
