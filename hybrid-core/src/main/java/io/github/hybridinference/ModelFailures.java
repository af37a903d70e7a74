package io.github.hybridinference;

import io.github.hybridinference.remote.RemoteException;
import java.util.Optional;

/**
 * Why attempts at one model fail, as far as more is known than the reason: counted, logged, and the latest kept for the
 * health report until the model's service answers something.
 */
final class ModelFailures {
    private final String model;
    private final EngineMetrics metrics;
    private final EngineLog log;
    private volatile Optional<RemoteException> latest = Optional.empty();

    ModelFailures(String model, EngineMetrics metrics, EngineLog log) {
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
