package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The switch by which people take the models out of the path, and put them back. */
class RemoteSwitchTest {
    @ParameterizedTest
    @EnumSource(Way.class)
    void whileItIsOffTheRulesAnswerAndNothingIsAsked(Way way) {
        try (Bench bench = new Bench()) {
            bench.engine.pauseRemote("night desk: odd answers");

            assertThat(bench.ask(way, Snapshots.complex(1)).answer().degradation())
                    .contains(Degradation.PAUSED);
            assertThat(bench.ask(way, Snapshots.simple()).answer().degradation())
                    .isEmpty();
            assertThat(bench.model.attempts()).isZero();

            bench.engine.resumeRemote();
            bench.model.always(FakeModel.replying(Replies.BUY));
            assertThat(bench.ask(way, Snapshots.complex(1)).answer().source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void cachedAnswersOfTheModelAreNotGivenEither() {
        try (Bench bench = new Bench()) {
            bench.model.always(FakeModel.replying(Replies.BUY));
            bench.ask(Snapshots.complex(1));
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);

            bench.engine.pauseRemote("night desk");
            assertThat(bench.ask(Snapshots.complex(1)).degradation()).contains(Degradation.PAUSED);

            bench.engine.resumeRemote();
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
        }
    }

    @Test
    void norAreThoseThatComeBeforeTheRules() {
        try (Bench bench = new Bench(options -> options.cacheLocalAnswers())) {
            bench.model.always(FakeModel.replying(Replies.BUY));
            bench.ask(Snapshots.complex(1));
            bench.ask(Snapshots.simple());

            bench.engine.pauseRemote("night desk");

            assertThat(bench.ask(Snapshots.complex(1)).degradation()).contains(Degradation.PAUSED);
            assertThat(bench.ask(Snapshots.simple()).source())
                    .as("the rules' own answer is no model's")
                    .isEqualTo(Source.CACHE);
        }
    }

    @Test
    void aCallUnderWayBeginsNoFurtherAttempt() {
        try (Bench bench = new Bench(options -> options.maxConsecutiveFailures(1))) {
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.engine.pauseRemote("night desk");
            FakeModel.failing(Reason.UNAVAILABLE).accept(bench.exchange());
            bench.time.advance(Bench.TIMEOUT);

            assertThat(asked.answer().source()).isEqualTo(Source.FALLBACK);
            assertThat(bench.model.attempts()).isEqualTo(1);
        }
    }

    @Test
    void whatWasSentAlreadyIsWaitedFor() {
        try (Bench bench = new Bench()) {
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.engine.pauseRemote("night desk");
            bench.exchange().reply(Replies.BUY);
            assertThat(asked.answer().source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void healthSaysWhoTurnedItOffAndWhenAndListenersHearOfIt() {
        List<String> heard = new ArrayList<>();
        InferenceListener listener = new InferenceListener() {
            @Override
            public void onRemoteSwitch(boolean on, String reason, Instant at) {
                heard.add((on ? "on" : "off") + " " + reason + " " + at);
            }
        };
        try (Bench bench = new Bench(options -> options.listener(listener))) {
            bench.engine.resumeRemote();
            bench.engine.pauseRemote("night desk");
            bench.time.advanceMs(1_000);
            bench.engine.pauseRemote("vendor incident 17");

            EngineHealth health = bench.engine.health();
            assertThat(health.status()).isEqualTo(Status.DEGRADED);
            assertThat(health.component("remote_switch").orElseThrow()).satisfies(part -> {
                assertThat(part.detail()).contains("vendor incident 17", "resumeRemote()");
                assertThat(part.since()).contains(ManualTime.START);
            });

            bench.engine.resumeRemote();
            assertThat(bench.engine.health().status()).isEqualTo(Status.HEALTHY);
            assertThat(heard)
                    .containsExactly(
                            "off night desk " + ManualTime.START,
                            "off vendor incident 17 " + ManualTime.START.plusSeconds(1),
                            "on  " + ManualTime.START.plusSeconds(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u202Eb", "a\u0000", "a\u2028b", "a\u2029b"})
    void aReasonIsOneVisibleLine(String reason) {
        try (Bench bench = new Bench()) {
            assertThatThrownBy(() -> bench.engine.pauseRemote(reason))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("reason must");
            assertThatThrownBy(() -> bench.engine.pauseRemote("x".repeat(101)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> bench.engine.pauseRemote("half of a pair: " + Character.MIN_HIGH_SURROGATE))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(bench.engine.health().component("remote_switch")).isEmpty();
        }
    }

    /** Two people at the switch: what listeners heard last is how it stands. */
    @Test
    void whatIsHeardLastIsHowItStands() throws Exception {
        AtomicReference<Boolean> last = new AtomicReference<>(true);
        InferenceListener listener = new InferenceListener() {
            @Override
            public void onRemoteSwitch(boolean on, String reason, Instant at) {
                for (int spin = 0; spin < 2000; spin++) { // gives the other turn time to overtake
                    Thread.onSpinWait();
                }
                last.set(on);
            }
        };
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Bench bench = new Bench(options -> options.listener(listener))) {
            for (int round = 0; round < 5_000; round++) {
                var resuming = other.submit(bench.engine::resumeRemote);
                bench.engine.pauseRemote("race");
                resuming.get();
                boolean isOn = bench.engine.health().component("remote_switch").isEmpty();
                assertThat(last.get()).as("round %d", round).isEqualTo(isOn);
                bench.engine.resumeRemote();
            }
        } finally {
            other.shutdownNow();
        }
    }

    /** Callers race with the switch: what they are told and what was asked add up, and once they are answered nothing more is asked. */
    @Test
    void callersWhoRaceWithTheSwitchAreToldWhatHappened() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try (Bench bench = new Bench()) {
            bench.model.always(FakeModel.replying(Replies.BUY));
            AtomicInteger next = new AtomicInteger();
            for (int round = 0; round < 200; round++) {
                bench.engine.resumeRemote();
                var asking = callers.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        bench.engine.infer(Snapshots.complex(next.incrementAndGet()));
                    }
                });
                bench.engine.pauseRemote("race");
                int quiet = next.get() + 1_000_000;
                asking.get();
                int attempts = bench.model.attempts();
                assertThat(bench.ask(Snapshots.complex(quiet)).degradation()).contains(Degradation.PAUSED);
                assertThat(bench.model.attempts()).isEqualTo(attempts);
            }
            EngineStats stats = bench.engine.stats();
            assertThat(stats.remoteAnswers()).isEqualTo(bench.model.attempts());
            assertThat(stats.remoteAnswers() + stats.degradations().get(Degradation.PAUSED))
                    .isEqualTo(stats.totalRequests());
        } finally {
            callers.shutdownNow();
        }
    }
}
