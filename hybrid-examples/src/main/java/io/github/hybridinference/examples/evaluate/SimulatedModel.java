package io.github.hybridinference.examples.evaluate;

import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Gives a model a name that says it is simulated, so that a journal of its answers says so too. */
final class SimulatedModel implements RemoteModel {
    private static final String PREFIX = "simulated ";

    private final RemoteModel model;

    SimulatedModel(RemoteModel model) {
        this.model = model;
    }

    static boolean isSimulated(ModelIdentity identity) {
        return identity.model().startsWith(PREFIX);
    }

    @Override
    public ModelIdentity identity() {
        ModelIdentity own = model.identity();
        return new ModelIdentity(PREFIX + own.model(), own.promptVersion(), own.parameters());
    }

    @Override
    public OptionalLong worstCostNanoUsd(RemoteRequest request) {
        return model.worstCostNanoUsd(request);
    }

    @Override
    public CompletableFuture<RemoteReply> ask(RemoteRequest request) {
        return model.ask(request);
    }

    @Override
    public CompletableFuture<RemoteReply> ask(RemoteRequest request, Runnable written) {
        return model.ask(request, written);
    }

    @Override
    public void warmUp() {
        model.warmUp();
    }
}
