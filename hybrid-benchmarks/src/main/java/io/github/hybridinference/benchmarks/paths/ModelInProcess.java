package io.github.hybridinference.benchmarks.paths;

import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteQuestion;
import io.github.hybridinference.remote.RemoteReply;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A simulated model that answers at once, always the same, so that nothing but the engine is measured. */
public final class ModelInProcess implements RemoteModel {
    private static final ModelIdentity IDENTITY = new ModelIdentity("simulated", "1", "");

    private final CompletableFuture<RemoteReply> answer;

    private ModelInProcess(CompletableFuture<RemoteReply> answer) {
        this.answer = answer;
    }

    /** One with the usual reply. */
    public static ModelInProcess answering() {
        return new ModelInProcess(CompletableFuture.completedFuture(reply()));
    }

    static ModelInProcess failing(RemoteException.Reason reason) {
        return new ModelInProcess(CompletableFuture.failedFuture(new RemoteException(reason)));
    }

    static RemoteReply reply() {
        return new RemoteReply(Samples.REPLY, RemoteReply.Finish.STOP, Usage.NONE, "simulated");
    }

    @Override
    public ModelIdentity identity() {
        return IDENTITY;
    }

    @Override
    public OptionalLong worstCostNanoUsd(RemoteQuestion question) {
        return OptionalLong.of(0);
    }

    @Override
    public CompletableFuture<RemoteReply> ask(RemoteQuestion question) {
        return answer;
    }
}
