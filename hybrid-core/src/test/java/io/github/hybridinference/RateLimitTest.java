package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineHealth.Component;
import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that limits the rate and says for how long. */
class RateLimitTest {
    @ParameterizedTest
    @EnumSource
    void keepsEveryCallAwayUntilTheTimeIsOver(Way way) {
        try (Bench bench = new Bench()) {
            bench.model.then(limiting(Duration.ofSeconds(60))).always(FakeModel.replying(Replies.BUY));
            assertThat(bench.ask(way, Snapshots.complex(0)).answer().degradation())
                    .contains(Degradation.RATE_LIMITED);
            for (int i = 1; i < 8; i++) {
                bench.time.advanceMs(8_000);
                assertThat(bench.ask(way, Snapshots.complex(i)).answer().degradation())
                        .contains(Degradation.RATE_LIMITED);
            }
            assertThat(bench.model.attempts()).isEqualTo(1);
            assertThat(bench.engine.stats().consecutiveFailures()).isEqualTo(1);

            bench.time.advanceMs(4_000);
            assertThat(bench.ask(way, Snapshots.complex(9)).answer().source()).isEqualTo(Source.REMOTE);
            assertThat(bench.ask(way, Snapshots.complex(10)).answer().source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void probesWithOneCallAndWaitsForWhatComesOfIt() {
        try (Bench bench = new Bench()) {
            bench.model.then(limiting(Duration.ofSeconds(60)));
            bench.ask(Snapshots.complex(0));
            bench.time.advanceMs(60_000);

            Way.Asked probe = bench.ask(Way.ASYNC, Snapshots.complex(1));
            assertThat(bench.ask(Snapshots.complex(2)).degradation()).contains(Degradation.RATE_LIMITED);
            assertThat(bench.model.attempts()).isEqualTo(2);

            bench.model.exchange(1).fail(limited(Duration.ofSeconds(20)));
            assertThat(probe.answer().degradation()).contains(Degradation.RATE_LIMITED);
            bench.time.advanceMs(19_999);
            assertThat(bench.ask(Snapshots.complex(3)).degradation()).contains(Degradation.RATE_LIMITED);
            assertThat(bench.model.attempts()).isEqualTo(2);
            bench.time.advanceMs(1);
            bench.model.then(FakeModel.replying(Replies.BUY));
            assertThat(bench.ask(Snapshots.complex(4)).source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void anAttemptThatAPausePreventsIsNoProbe() {
        try (Bench bench = new Bench()) {
            bench.model.then(limiting(Duration.ofSeconds(1)));
            bench.ask(Way.ASYNC, Snapshots.complex(0));
            bench.engine.pauseRemote("night desk");
            bench.time.advanceMs(1_000); // when it would have been tried again
            bench.engine.resumeRemote();

            bench.ask(Way.ASYNC, Snapshots.complex(1));
            assertThat(bench.model.attempts()).isEqualTo(2);
            assertThat(bench.ask(Snapshots.complex(2)).degradation()).contains(Degradation.RATE_LIMITED);
            assertThat(bench.model.attempts()).isEqualTo(2);
        }
    }

    @Test
    void retriesInsideTheDeadlineWhenTheTimeIsOver() {
        try (Bench bench = new Bench()) {
            bench.model.then(limiting(Duration.ofSeconds(1))).then(FakeModel.replying(Replies.BUY));
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(0));
            bench.time.advanceMs(999);
            assertThat(bench.model.attempts()).isEqualTo(1);
            bench.time.advanceMs(1);
            assertThat(asked.answer().source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void waitsNoLongerThanItsOwnerAllows() {
        try (Bench bench = new Bench(options -> options.maxRateLimitPause(Duration.ofSeconds(40)))) {
            bench.model.then(limiting(Duration.ofDays(400))).always(FakeModel.replying(Replies.BUY));
            bench.ask(Snapshots.complex(0));
            bench.time.advanceMs(39_999);
            assertThat(bench.ask(Snapshots.complex(1)).degradation()).contains(Degradation.RATE_LIMITED);
            bench.time.advanceMs(1);
            assertThat(bench.ask(Snapshots.complex(2)).source()).isEqualTo(Source.REMOTE);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5})
    void takesNoTimeForNoLimit(long seconds) {
        try (Bench bench = new Bench()) {
            bench.model.then(limiting(Duration.ofSeconds(seconds))).always(FakeModel.replying(Replies.BUY));
            Way.Asked first = bench.ask(Way.ASYNC, Snapshots.complex(0));
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
            bench.time.advanceMs(200);
            assertThat(first.answer().source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void keepsTheLaterOfTwoLimits() {
        try (Bench bench = new Bench()) {
            bench.ask(Way.ASYNC, Snapshots.complex(0));
            bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.model.exchange(0).fail(limited(Duration.ofSeconds(60)));
            bench.model.exchange(1).fail(limited(Duration.ofSeconds(30)));
            bench.time.advanceMs(30_000);
            assertThat(bench.ask(Snapshots.complex(2)).degradation()).contains(Degradation.RATE_LIMITED);
            assertThat(bench.model.attempts()).isEqualTo(2);
        }
    }

    @Test
    void asksTheNextModelMeanwhile() {
        FakeModel second = new FakeModel("second").always(FakeModel.replying(Replies.BUY));
        try (Bench bench = new Bench(options -> options.thenRemote(second))) {
            bench.model.then(limiting(Duration.ofSeconds(60)));
            assertThat(bench.ask(Snapshots.complex(0)).source()).isEqualTo(Source.REMOTE);
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
            assertThat(bench.model.attempts()).isEqualTo(1);
            assertThat(second.attempts()).isEqualTo(2);
        }
    }

    @Test
    void saysInHealthUntilWhen() {
        try (Bench bench = new Bench()) {
            bench.model.then(limiting(Duration.ofSeconds(60))).always(FakeModel.replying(Replies.BUY));
            bench.ask(Snapshots.complex(0));
            Component model = bench.engine.health().component("fake-model").orElseThrow();
            assertThat(model.status()).isEqualTo(Status.DEGRADED);
            assertThat(model.detail()).isEqualTo("its service limits our rate and asked to wait");
            assertThat(model.nextTry()).contains(bench.time.wall().instant().plusSeconds(60));

            bench.time.advanceMs(60_000);
            bench.ask(Snapshots.complex(1));
            assertThat(bench.engine
                            .health()
                            .component("fake-model")
                            .orElseThrow()
                            .status())
                    .isEqualTo(Status.HEALTHY);
        }
    }

    private static Consumer<FakeModel.Exchange> limiting(Duration retryAfter) {
        return exchange -> exchange.fail(limited(retryAfter));
    }

    private static RemoteException limited(Duration retryAfter) {
        return RemoteException.ofStatus(Reason.RATE_LIMITED, 429, Optional.of(retryAfter), Optional.empty());
    }
}
