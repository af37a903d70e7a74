package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineHealth.Component;
import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.HttpFailures;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.ReplyProblem;
import io.github.hybridinference.testing.FakeModel;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Why attempts fail, as the statistics, the health report and the log tell it. */
class FailureCauseReportTest {
    private static final String HOST = "llm.example.org";

    @Test
    void countsFailedAttemptsByCauseAndUnusableRepliesByProblem() {
        try (Bench bench = patient()) {
            bench.model
                    .then(FakeModel.failing(unreachable(FailureCause.NAME_NOT_FOUND)))
                    .then(FakeModel.failing(unreachable(FailureCause.NAME_NOT_FOUND)))
                    .then(FakeModel.failing(unreachable(FailureCause.TLS_UNTRUSTED)))
                    .then(FakeModel.failing(Reason.UNAVAILABLE))
                    .then(FakeModel.replying(Replies.NONSENSE));
            askTimes(bench, 5);
            assertThat(bench.engine.stats().failureCauses())
                    .isEqualTo(Map.of(FailureCause.NAME_NOT_FOUND, 2L, FailureCause.TLS_UNTRUSTED, 1L));
            assertThat(bench.engine.stats().replyProblems()).isEqualTo(Map.of(ReplyProblem.NO_OBJECT, 1L));
        }
    }

    @Test
    void writesOneLineAnIntervalWithTheNumberLeftOut() {
        try (LogProbe log = new LogProbe();
                Bench bench = patient()) {
            bench.model.always(FakeModel.failing(unreachable(FailureCause.NAME_NOT_FOUND)));
            askTimes(bench, 1_000);
            int attempts = bench.model.attempts(); // until the breaker opens
            assertThat(log.warnings())
                    .filteredOn(line -> line.startsWith("an attempt"))
                    .containsExactly("an attempt at fake-model failed (UNAVAILABLE: the host's name was not found "
                            + "(llm.example.org); check the base URL, and the name service of this machine)");
            assertThat(log.warnings()).hasSize(2);

            bench.time.advance(Duration.ofSeconds(31)); // the breaker's probes
            askTimes(bench, 1_000);
            assertThat(log.warnings())
                    .filteredOn(line -> line.startsWith("an attempt"))
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains(attempts - 1 + " more since the last such line");
        }
    }

    @Test
    void tellsAnotherCauseAtOnce() {
        try (LogProbe log = new LogProbe();
                Bench bench = patient()) {
            for (int i = 0; i < 3; i++) {
                bench.model
                        .then(FakeModel.failing(unreachable(FailureCause.NAME_NOT_FOUND)))
                        .then(FakeModel.failing(unreachable(FailureCause.TLS_EXPIRED)));
            }
            askTimes(bench, 6);
            assertThat(log.warnings()).hasSize(2);
            assertThat(log.warnings().get(1)).contains(HOST).contains(FailureCause.TLS_EXPIRED.cure());
        }
    }

    @Test
    void tellsOfAnAttemptThatFailedThoughAnotherFollowedAndTheCallersTimeWasUp() {
        try (LogProbe log = new LogProbe();
                Bench bench = new Bench()) {
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advance(Bench.TIMEOUT);
            bench.exchange().fail(unreachable(FailureCause.TLS_FAILED));

            assertThat(asked.answer().degradation()).isPresent();
            assertThat(model(bench).status()).isEqualTo(Status.DEGRADED);
            assertThat(model(bench).detail())
                    .contains(FailureCause.TLS_FAILED.sentence())
                    .contains(FailureCause.TLS_FAILED.cure());
            assertThat(bench.engine.health().status()).isEqualTo(Status.DEGRADED);
            assertThat(log.warnings()).hasSize(1);
        }
    }

    @Test
    void keepsTheCauseWhenALaterAttemptHangsAndForgetsItWhenTheServiceAnswers() {
        try (Bench bench = patient()) {
            bench.model
                    .then(FakeModel.failing(unreachable(FailureCause.CONNECTION_REFUSED)))
                    .then(FakeModel.failing(Reason.TIMEOUT))
                    .then(FakeModel.replying(Replies.BUY));
            askTimes(bench, 2);
            assertThat(model(bench).detail()).contains("refused the connection (" + HOST + ")");
            bench.ask(Snapshots.complex(3));
            assertThat(model(bench).detail()).isEmpty();
            assertThat(model(bench).status()).isEqualTo(Status.HEALTHY);
        }
    }

    @Test
    void forgetsTheCauseWhenTheServiceAnswersWithAStatus() {
        try (Bench bench = patient()) {
            bench.model
                    .then(FakeModel.failing(unreachable(FailureCause.CONNECTION_REFUSED)))
                    .then(FakeModel.failing(HttpFailures.of(429, name -> null, Clock.systemUTC())));
            askTimes(bench, 2);
            assertThat(model(bench).detail()).doesNotContain("refused the connection");
        }
    }

    @Test
    void aKeyThatIsMissingOnceDoesNotKeepTheModelAway() {
        try (Bench bench = patient()) {
            bench.model
                    .then(FakeModel.failing(
                            RemoteException.beforeSending(Reason.UNAUTHORIZED).because(FailureCause.NO_KEY)))
                    .then(FakeModel.replying(Replies.BUY));
            askTimes(bench, 1);
            assertThat(bench.ask(Snapshots.complex(2)).source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void neverNamesWhatIsNoHost() {
        RemoteException failure = new RemoteException(Reason.UNAVAILABLE).because(FailureCause.UNREACHABLE);
        assertThat(failure.at("h/?key=sk-1")).hasMessage("UNAVAILABLE: the host did not answer");
        assertThat(failure.at("[::1]:8443")).hasMessage("UNAVAILABLE: the host did not answer ([::1]:8443)");
        assertThat(new RemoteException(Reason.UNAVAILABLE).at(HOST)).hasMessage("UNAVAILABLE");
        assertThat(new RemoteException(Reason.REJECTED)
                        .because(FailureCause.REDIRECT, Optional.of("other.example.org"))
                        .at(HOST))
                .hasMessage("REJECTED: the service redirects to other.example.org");
    }

    private static Bench patient() {
        return new Bench(options -> options.maxAttempts(1).maxConsecutiveFailures(10_000));
    }

    private static void askTimes(Bench bench, int times) {
        int first = bench.model.attempts() + 1;
        for (int i = 0; i < times; i++) {
            bench.ask(Snapshots.complex(first + i));
        }
    }

    private static Component model(Bench bench) {
        return bench.engine.health().component("fake-model").orElseThrow();
    }

    private static RemoteException unreachable(FailureCause cause) {
        return RemoteException.beforeSending(Reason.UNAVAILABLE).because(cause).at(HOST);
    }
}
