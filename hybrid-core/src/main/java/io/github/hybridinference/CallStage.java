package io.github.hybridinference;

import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.model.FatalErrors;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One stage on the way of an in-flight call to a model. It returns a result itself, or what the next stage returns.
 *
 * <p>A stage goes on at once, on the thread it was called on, if it need not wait; else on a worker. A result is a value
 * also where the call failed; an exception is a fault of the stage.
 */
abstract class CallStage {
    private @Nullable CallStage next;

    /** Links stages in the order in which a call goes through them, and returns the first. */
    static <S extends CallStage> S inOrder(S first, CallStage... others) {
        CallStage last = first;
        for (CallStage stage : others) {
            last.next = stage;
            last = stage;
        }
        return first;
    }

    abstract CompletionStage<Result> proceed(InFlightCall call);

    /** Hands the call on. What the next stage throws becomes a failed stage, so that this one can clean up after it. */
    final CompletionStage<Result> next(InFlightCall call) {
        try {
            return Objects.requireNonNull(next, "the last stage has no next").proceed(call);
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            return CompletableFuture.failedStage(thrown);
        }
    }

    /** The same for a stage that another begins with. */
    static CompletionStage<Result> guarded(Supplier<CompletionStage<Result>> stage) {
        try {
            return stage.get();
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            return CompletableFuture.failedStage(thrown);
        }
    }
}
