package io.github.hybridinference;

import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.internal.EngineThreads;
import io.github.hybridinference.model.FatalErrors;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes one attempt at a model. Its reply is received on a worker. */
final class AskStage extends CallStage {
    private final RemoteModel model;
    private final LongSupplier nanoClock;
    private final EngineThreads threads;
    private final EngineMetrics metrics;
    private final Failures failures;
    private final EngineLog log;

    AskStage(
            RemoteModel model,
            LongSupplier nanoClock,
            EngineThreads threads,
            EngineMetrics metrics,
            Failures failures,
            EngineLog log) {
        this.model = model;
        this.nanoClock = nanoClock;
        this.threads = threads;
        this.metrics = metrics;
        this.failures = failures;
        this.log = log;
    }

    @Override
    CompletionStage<Result> proceed(InFlightCall call) {
        RemoteCall remote = call.remoteCall();
        if (remote.attempts() == 0 && call.startsAsking()) {
            metrics.remoteCall();
        }
        metrics.attempt();
        remote.attemptStarts(nanoClock.getAsLong());
        CompletableFuture<RemoteReply> exchange = ask(remote);
        call.whenOver(() -> log.guard(() -> exchange.cancel(true)));
        return exchange.handleAsync((reply, thrown) -> received(call, reply, thrown), threads)
                .thenCompose(stage -> stage);
    }

    private CompletableFuture<RemoteReply> ask(RemoteCall remote) {
        try {
            return Objects.requireNonNull(
                    model.ask(remote.request(), () -> remote.requestWritten(nanoClock.getAsLong())),
                    "the adapter returned no future");
        } catch (RemoteException known) {
            return CompletableFuture.failedFuture(known);
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            return CompletableFuture.failedFuture(log.internal(thrown)); // it threw before it could send anything
        }
    }

    private CompletionStage<Result> received(
            InFlightCall call, @Nullable RemoteReply reply, @Nullable Throwable thrown) {
        RemoteCall remote = call.remoteCall();
        if (reply != null) {
            remote.replied(reply);
            failures.replied();
            return next(call);
        }
        RemoteException failure =
                failure(thrown == null ? new NullPointerException("the adapter gave no reply") : thrown);
        if (!failure.mayHaveCostUnseen()) {
            remote.attemptConsumed(failure.usage());
        }
        failures.attemptFailed(failure);
        return CompletableFuture.completedFuture(new Failed(failure.reason().degradation(), failure, remote));
    }

    /** What an adapter failed with; anything but a {@link RemoteException} is a fault of its own, after sending. */
    private RemoteException failure(Throwable thrown) {
        RemoteException failure = RemoteException.of(thrown);
        if (failure.reason() == Reason.INTERNAL && failure.mayHaveCostUnseen()) {
            log.fault(EngineLog.Kind.PART_FAILED, thrown);
        }
        return failure;
    }

    /**
     * Why attempts at one model fail, as far as more is known than the reason: counted, logged, and the latest kept for the
     * health report until the model's service answers something.
     */
    static final class Failures {
        private final String model;
        private final EngineMetrics metrics;
        private final EngineLog log;
        private volatile Optional<RemoteException> latest = Optional.empty();

        Failures(String model, EngineMetrics metrics, EngineLog log) {
            this.model = model;
            this.metrics = metrics;
            this.log = log;
        }

        void attemptFailed(RemoteException failure) {
            failure.problem().ifPresent(metrics::problem);
            if (failure.failureCause().isPresent()) {
                metrics.failedBecause(failure.failureCause().get());
                latest = Optional.of(failure);
                log.attemptFailed(model, failure);
            } else if (failure.status() != 0 || failure.problem().isPresent()) {
                replied(); // a time-out or a cancellation, on the other hand, says nothing about the cause
            }
        }

        void replied() {
            if (latest.isPresent()) {
                latest = Optional.empty();
            }
        }

        /** What is known of the latest failure, with its cure; empty if there is none. */
        String sentence() {
            Optional<RemoteException> failure = latest;
            return failure.flatMap(RemoteException::failureCause)
                    .map(cause -> failure.get().getMessage() + "; " + cause.cure())
                    .orElse("");
        }
    }
}
