package io.github.hybridinference.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RemoteModel} owes the engine. Extend it and let your model's service, or a simulation of it, behave as
 * asked; JUnit runs the tests that it inherits.
 *
 * @since 0.1.0
 */
public abstract class RemoteModelContract {
    /** How the service behaves. */
    protected enum Service {
        /** It answers every request. */
        ANSWERS,
        /** It takes requests and never answers. */
        HANGS,
        /** It says that it is out of order. */
        FAILS,
        /** It says that the key is wrong. */
        REFUSES_THE_KEY
    }

    private static final Duration PATIENT = Duration.ofSeconds(30);

    /** For those who extend it. */
    protected RemoteModelContract() {}

    /**
     * Makes a model whose service behaves so until the test is over.
     *
     * @param service how
     * @return the model; it is closed by the implementer
     */
    protected abstract RemoteModel modelOf(Service service);

    /**
     * Waits until the service has taken a request.
     *
     * @throws Exception if it has not before long
     */
    protected abstract void awaitRequest() throws Exception;

    /**
     * Waits until the service has seen an exchange given up.
     *
     * @return false if it has not before long
     * @throws Exception if waiting fails
     */
    protected abstract boolean awaitGivenUp() throws Exception;

    /**
     * Tells the deadline of the exchange that is cancelled. A client that cannot abort an exchange gives it up at the
     * deadline; its implementer returns a short one here.
     *
     * @return by default 30 s, so that only an exchange that is aborted is given up in time
     */
    protected Duration patienceOfTheCancelled() {
        return PATIENT;
    }

    @Test
    void itsIdentityNeverChanges() throws Exception {
        RemoteModel model = modelOf(Service.ANSWERS);
        ModelIdentity before = model.identity();

        model.warmUp();
        ask(model);

        assertThat(model.identity()).isEqualTo(before);
    }

    @Test
    void itsQuoteCoversTheCost() throws Exception {
        RemoteModel model = modelOf(Service.ANSWERS);

        RemoteReply reply = ask(model);

        assertThat(reply.usage().costNanoUsd()).isPresent();
        assertThat(model.worstCostNanoUsd(request(PATIENT)).orElseThrow())
                .isGreaterThanOrEqualTo(reply.usage().costNanoUsd().getAsLong());
    }

    @Test
    void itAnswersManyAtOnce() throws Exception {
        RemoteModel model = modelOf(Service.ANSWERS);
        List<CompletableFuture<RemoteReply>> asked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            asked.add(model.ask(request(PATIENT)));
        }
        for (CompletableFuture<RemoteReply> each : asked) {
            assertThat(each.get(60, TimeUnit.SECONDS).text()).isNotBlank();
        }
    }

    @Test
    void itEndsAtTheDeadline() throws Exception {
        assertThat(failure(modelOf(Service.HANGS), Duration.ofMillis(200)).reason())
                .isEqualTo(Reason.TIMEOUT);
        assertThat(awaitGivenUp()).isTrue();
    }

    @Test
    void itSendsNothingAfterTheDeadline() throws Exception {
        RemoteException failure = failure(modelOf(Service.ANSWERS), Duration.ZERO);

        assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(failure.mayHaveCostUnseen()).isFalse();
    }

    @Test
    void itGivesUpWhatIsCancelled() throws Exception {
        CompletableFuture<RemoteReply> asked = modelOf(Service.HANGS).ask(request(patienceOfTheCancelled()));
        awaitRequest();

        asked.cancel(true);

        assertThat(asked).isDone();
        assertThat(awaitGivenUp()).isTrue();
    }

    @Test
    void itNeverSaysThatWhatTheServiceHasTakenWasNotSent() throws Exception {
        CompletableFuture<RemoteReply> asked = modelOf(Service.HANGS).ask(request(PATIENT));
        awaitRequest();

        asked.cancel(true);

        Throwable thrown = asked.handle((reply, failure) -> failure).get(60, TimeUnit.SECONDS);
        if (!(thrown instanceof CancellationException)) { // which counts as sent
            assertThat(thrown).isInstanceOfSatisfying(RemoteException.class, failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.CANCELLED);
                assertThat(failure.mayHaveCostUnseen()).isTrue();
            });
        }
    }

    @Test
    void itReportsFaultsThatPassAsWorthRetrying() throws Exception {
        assertThat(failure(modelOf(Service.FAILS), PATIENT).isRetryable()).isTrue();
    }

    @Test
    void itReportsARefusedKeyAsOne() throws Exception {
        RemoteException failure = failure(modelOf(Service.REFUSES_THE_KEY), PATIENT);

        assertThat(failure.reason()).isEqualTo(Reason.UNAUTHORIZED);
        assertThat(failure.getCause()).isNull();
    }

    private static RemoteReply ask(RemoteModel model) throws Exception {
        return model.ask(request(PATIENT)).get(60, TimeUnit.SECONDS);
    }

    private static RemoteException failure(RemoteModel model, Duration patience) throws Exception {
        Throwable thrown =
                model.ask(request(patience)).handle((reply, failure) -> failure).get(60, TimeUnit.SECONDS);
        assertThat(thrown).isInstanceOf(RemoteException.class);
        return (RemoteException) thrown;
    }

    private static RemoteRequest request(Duration patience) {
        AnonymizedSnapshot snapshot = AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                .put(Feature.RSI_14, 27)
                .put(Feature.VOLATILITY_PCT, 2)
                .build();
        return new RemoteRequest(snapshot, Optional.empty(), Deadline.after(patience), "decision-1");
    }
}
