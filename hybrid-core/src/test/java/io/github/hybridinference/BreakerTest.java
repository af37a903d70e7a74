package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineHealth.Component;
import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The circuit breaker: what opens it, what an open one costs, and how it closes. */
class BreakerTest {
    private static final Duration OPEN_FOR = Duration.ofSeconds(30);

    private int request;

    @Test
    void opensAfterFailuresInARow() {
        try (Bench bench = new Bench(options -> options.maxConsecutiveFailures(3))) {
            bench.model.always(FakeModel.failing(Reason.REJECTED));
            for (int i = 0; i < 3; i++) {
                assertThat(next(bench).degradation()).contains(Degradation.REJECTED);
            }
            assertBarred(bench);
            assertThat(bench.model.attempts()).isEqualTo(3);
            assertThat(breaker(bench).detail()).isEqualTo("3 failures in a row, the last one REJECTED");
        }
    }

    @Test
    void opensWhenHalfOfTheRecentCallsFailed() {
        try (Bench bench = new Bench()) {
            for (int i = 0; i < 10; i++) {
                assertThat(breaker(bench).status()).isEqualTo(Status.HEALTHY);
                bench.model.then(i % 2 == 0 ? FakeModel.replying(Replies.BUY) : FakeModel.failing(Reason.REJECTED));
                next(bench);
            }
            assertBarred(bench);
            assertThat(breaker(bench).detail()).contains("half of the recent calls failed");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAUTHORIZED", "UNPAID"})
    void opensAtOnceWhenTheKeyOrTheBalanceIsRefused(Reason reason) {
        try (Bench bench = new Bench()) {
            bench.model.always(FakeModel.failing(reason));
            assertThat(next(bench).degradation()).contains(reason.degradation());
            assertBarred(bench);
            assertThat(breaker(bench).detail()).isEqualTo(reason.name());
        }
    }

    @Test
    void saysSinceWhenWhyAndWhenItWillTryAgain() {
        try (Bench bench = new Bench(options -> options.breakerOpenFor(Duration.ofSeconds(7)))) {
            bench.model.always(FakeModel.failing(Reason.UNAUTHORIZED));
            bench.time.advanceMs(500);
            next(bench);
            Component breaker = breaker(bench);
            assertThat(breaker.status()).isEqualTo(Status.UNHEALTHY);
            assertThat(breaker.since()).contains(ManualTime.START.plusMillis(500));
            assertThat(breaker.nextTry()).contains(ManualTime.START.plusMillis(7_500));
            assertThat(bench.heard.breakers()).containsExactly(breaker);
            assertThat(bench.engine.health().status()).isEqualTo(Status.DEGRADED);
        }
    }

    @Test
    void keepsTheReasonForWhichItOpened() {
        try (Bench bench = new Bench()) {
            bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.ask(Way.ASYNC, Snapshots.complex(2));
            FakeModel.failing(Reason.UNPAID).accept(bench.model.exchange(0));
            FakeModel.failing(Reason.REJECTED).accept(bench.model.exchange(1));
            assertThat(breaker(bench).detail()).isEqualTo("UNPAID");
            assertThat(bench.heard.breakers()).hasSize(1);
        }
    }

    @Test
    void namesTheRefusedKeyEvenIfTheRateWouldHaveOpenedItToo() {
        try (Bench bench = new Bench()) {
            for (int i = 0; i < 5; i++) {
                bench.model.then(FakeModel.replying(Replies.BUY));
                next(bench);
            }
            for (int i = 0; i < 4; i++) {
                bench.model.then(FakeModel.failing(Reason.REJECTED));
                next(bench);
            }
            bench.model.then(FakeModel.failing(Reason.UNPAID));
            next(bench);
            assertThat(breaker(bench).detail()).isEqualTo("UNPAID");
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersFromRulesAtOnceWhileItIsOpen(Way way) {
        try (Bench bench = new Bench()) {
            open(bench);
            Inference answer = bench.ask(way, Snapshots.complex(77)).answer();
            assertThat(answer.source()).isEqualTo(Source.FALLBACK);
            assertThat(answer.degradation()).contains(Degradation.BREAKER_OPEN);
            assertThat(answer.latency()).isZero();
            assertThat(bench.model.attempts()).isEqualTo(1);
            assertThat(bench.time.pending()).isZero();
        }
    }

    @Test
    void letsNobodyWaitForACallUnderWayWhileItIsOpen() {
        try (Bench bench = new Bench()) {
            Way.Asked before = bench.ask(Way.ASYNC, Snapshots.complex(77));
            bench.model.then(FakeModel.failing(Reason.UNAUTHORIZED));
            bench.ask(Snapshots.complex(78));
            assertThat(bench.ask(Snapshots.complex(77)).degradation()).contains(Degradation.BREAKER_OPEN);
            bench.exchange().reply(Replies.BUY);
            assertThat(before.answer().source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void stillAnswersFromTheCacheWhileItIsOpen() {
        try (Bench bench = new Bench()) {
            bench.model.then(FakeModel.replying(Replies.BUY));
            bench.ask(Snapshots.complex(50));
            open(bench);
            assertThat(bench.ask(Snapshots.complex(50)).source()).isEqualTo(Source.CACHE);
        }
    }

    @Test
    void letsThreeThroughAfterAWhileAndClosesWhenTheyAreAnswered() {
        try (Bench bench = new Bench()) {
            open(bench);
            bench.time.advance(OPEN_FOR);
            assertBarred(bench);
            bench.time.advance(Duration.ofNanos(1));
            for (int i = 0; i < 3; i++) {
                ask(bench);
                assertThat(breaker(bench).status()).isEqualTo(Status.DEGRADED);
            }
            assertBarred(bench); // a fourth has to wait for what comes of these
            for (int i = 1; i <= 3; i++) {
                bench.model.exchange(i).reply(Replies.BUY);
            }
            assertThat(breaker(bench).status()).isEqualTo(Status.HEALTHY);
            assertThat(bench.heard.breakers())
                    .extracting(Component::status)
                    .containsExactly(Status.UNHEALTHY, Status.DEGRADED, Status.HEALTHY);
            bench.model.then(FakeModel.replying(Replies.BUY));
            assertThat(next(bench).source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void opensAgainWhenTheProbesFail() {
        try (Bench bench = new Bench()) {
            open(bench);
            bench.time.advance(OPEN_FOR.plusNanos(1));
            bench.model.always(FakeModel.failing(Reason.REJECTED));
            for (int i = 0; i < 3; i++) {
                next(bench);
            }
            assertBarred(bench);
            bench.time.advance(OPEN_FOR.minusMillis(1));
            assertBarred(bench);
        }
    }

    @Test
    void isNotStuckWithProbesThatHangOrAreGivenUp() {
        try (Bench bench = new Bench()) {
            open(bench);
            bench.time.advance(OPEN_FOR.plusNanos(1));
            for (int i = 0; i < 3; i++) {
                ask(bench).future().cancel(true);
            }
            Way.Asked hanging = ask(bench);
            assertThat(hanging.isOpen())
                    .as("cancelled probes give their permission back")
                    .isTrue();
            ask(bench);
            ask(bench);
            bench.time.advance(Bench.TIMEOUT);
            assertThat(breaker(bench).status())
                    .as("three probes outlasted the timeout")
                    .isEqualTo(Status.UNHEALTHY);
            bench.time.advance(OPEN_FOR.plusNanos(1));
            bench.model.always(FakeModel.replying(Replies.BUY));
            for (int i = 0; i < 3; i++) {
                assertThat(next(bench).source()).isEqualTo(Source.REMOTE);
            }
            assertThat(breaker(bench).status()).isEqualTo(Status.HEALTHY);
        }
    }

    @Test
    void takesItsTimeFromTheNanoClockAndNotFromTheWall() {
        try (Bench bench = new Bench()) {
            open(bench);
            bench.time.setWall(ManualTime.START.plus(Duration.ofDays(2)));
            assertBarred(bench);
        }
    }

    private void open(Bench bench) {
        bench.model.then(FakeModel.failing(Reason.UNAUTHORIZED));
        next(bench);
        assertThat(breaker(bench).status()).isEqualTo(Status.UNHEALTHY);
    }

    private void assertBarred(Bench bench) {
        assertThat(next(bench).degradation()).contains(Degradation.BREAKER_OPEN);
    }

    private Inference next(Bench bench) {
        return ask(bench).answer();
    }

    private Way.Asked ask(Bench bench) {
        return bench.ask(Way.ASYNC, Snapshots.complex(request++));
    }

    private static Component breaker(Bench bench) {
        return bench.engine.health().component("fake-model").orElseThrow();
    }

    @Test
    void looksIntoTheFleetsCacheBeforeItRefuses() {
        FakeCache fleet = new FakeCache();
        try (Bench other = new Bench(options -> options.cache(fleet));
                Bench bench = new Bench(options -> options.cache(fleet))) {
            other.model.then(FakeModel.replying(Replies.BUY));
            other.ask(Snapshots.complex(50));
            open(bench);
            assertThat(bench.ask(Snapshots.complex(50)).source()).isEqualTo(Source.CACHE);
            assertThat(bench.ask(Snapshots.complex(51)).degradation()).contains(Degradation.BREAKER_OPEN);
            assertThat(bench.model.attempts()).isEqualTo(1);
        }
    }

    @Test
    void givesNoProbeAwayToCallsThatBeganBeforeItOpened() {
        try (Bench bench = new Bench(options -> options.timeout(Duration.ofMinutes(10)))) {
            for (int i = 0; i < 5; i++) {
                ask(bench);
            }
            bench.model.then(FakeModel.failing(Reason.UNAUTHORIZED));
            next(bench);
            bench.time.advance(OPEN_FOR.plusNanos(1));
            Way.Asked probe = ask(bench);
            assertThat(breaker(bench).status()).isEqualTo(Status.DEGRADED);
            for (int i = 0; i < 5; i++) {
                FakeModel.failing(Reason.PRIVACY).accept(bench.model.exchange(i)); // released, not counted
            }
            ask(bench);
            ask(bench);
            assertThat(next(bench).degradation()).as("three probes and no more").contains(Degradation.BREAKER_OPEN);
            probe.future().cancel(true);
        }
    }
}
