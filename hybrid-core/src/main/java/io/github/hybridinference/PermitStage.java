package io.github.hybridinference;

import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.model.Degradation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** Bounds how many calls are with the models at once; a call beyond that is refused at once. */
final class PermitStage extends CallStage {
    private final Semaphore permits;

    PermitStage(int maxCallsInFlight) {
        this.permits = new Semaphore(maxCallsInFlight);
    }

    @Override
    CompletionStage<Result> proceed(InFlightCall call) {
        if (call.patienceNanos() <= 0) { // cache and lease took all the time there was
            return CompletableFuture.completedFuture(Failed.of(Degradation.TIMEOUT));
        }
        if (!permits.tryAcquire()) {
            return CompletableFuture.completedFuture(Failed.of(Degradation.SATURATED));
        }
        call.whenOver(permits::release);
        return next(call);
    }
}
