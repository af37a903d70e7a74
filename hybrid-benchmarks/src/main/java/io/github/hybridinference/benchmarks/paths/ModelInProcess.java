package io.github.hybridinference.benchmarks.paths;

import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A simulated model that answers at once, always the same, so that nothing but the engine is measured. */
public final class ModelInProcess implements RemoteModel {
    private static final ModelIdentity IDENTITY = new ModelIdentity("simulated", "1", "");

    private final Supplier<CompletableFuture<RemoteReply>> answer;

    private ModelInProcess(Supplier<CompletableFuture<RemoteReply>> answer) {
        this.answer = answer;
    }

    /** One with the usual reply. */
    public static ModelInProcess answering() {
        CompletableFuture<RemoteReply> reply = CompletableFuture.completedFuture(reply());
        return new ModelInProcess(() -> reply);
    }

    /** One whose replies share nothing with each other, like those that come over a network. */
    @SuppressWarnings("StringCopyWithConstructor") // what this is about
    public static ModelInProcess writing() {
        return new ModelInProcess(() -> CompletableFuture.completedFuture(new RemoteReply(
                new String(Samples.REPLY), RemoteReply.Finish.STOP, Usage.NONE, new String("deepseek-flash"))));
    }

    static ModelInProcess failing(RemoteException.Reason reason) {
        CompletableFuture<RemoteReply> failure = CompletableFuture.failedFuture(new RemoteException(reason));
        return new ModelInProcess(() -> failure);
    }

    static RemoteReply reply() {
        return new RemoteReply(Samples.REPLY, RemoteReply.Finish.STOP, Usage.NONE, "simulated");
    }

    @Override
    public ModelIdentity identity() {
        return IDENTITY;
    }

    @Override
    public OptionalLong worstCostNanoUsd(RemoteRequest question) {
        return OptionalLong.of(0);
    }

    @Override
    public CompletableFuture<RemoteReply> ask(RemoteRequest question) {
        return answer.get();
    }
}
