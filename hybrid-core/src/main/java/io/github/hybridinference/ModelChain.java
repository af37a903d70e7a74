package io.github.hybridinference;

import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Asks one model after another: the next one when the one before is barred by its breaker, or failed with time left. */
final class ModelChain extends CallStage {
    /** By model: its breaker, which is the first of its own stages. */
    private final ModelCircuitBreaker[] breakers;

    private final ModelIdentity[] identities;
    private final LongSupplier nanoClock;

    ModelChain(List<RemoteModel> models, LongSupplier nanoClock, Function<RemoteModel, ModelCircuitBreaker> stages) {
        this.breakers = models.stream().map(stages).toArray(ModelCircuitBreaker[]::new);
        this.identities = models.stream().map(RemoteModel::identity).toArray(ModelIdentity[]::new);
        this.nanoClock = nanoClock;
    }

    List<ModelCircuitBreaker> breakers() {
        return List.of(breakers);
    }

    /** A cheap look without taking a permission: false while every breaker is open. */
    boolean anyMayBeAskedAt(long nowNanos) {
        for (ModelCircuitBreaker breaker : breakers) {
            if (breaker.mayBeAskedAt(nowNanos)) {
                return true;
            }
        }
        return false;
    }

    @Override
    CompletionStage<Result> proceed(InFlightCall call) {
        return ask(0, call, null);
    }

    private CompletionStage<Result> ask(int index, InFlightCall call, @Nullable Failed before) {
        call.asks(new RemoteCall(identities[index], nanoClock.getAsLong()));
        CompletionStage<Result> asked = breakers[index].proceed(call);
        if (index + 1 == breakers.length && before == null) {
            return asked;
        }
        return asked.thenCompose(result -> {
            if (!(result instanceof Failed failed)) {
                return CompletableFuture.completedFuture(result);
            }
            // that a later model is barred explains less than how an earlier one failed
            Failed worst = failed.degradation() == Degradation.BREAKER_OPEN && before != null ? before : failed;
            return index + 1 < breakers.length && anotherMayHelp(failed) && call.patienceNanos() > 0
                    ? ask(index + 1, call, worst)
                    : CompletableFuture.completedFuture(worst);
        });
    }

    private static boolean anotherMayHelp(Failed failed) {
        return failed.failure() == null
                || (failed.failure().reason() != Reason.PRIVACY
                        && failed.failure().reason() != Reason.CANCELLED);
    }
}
