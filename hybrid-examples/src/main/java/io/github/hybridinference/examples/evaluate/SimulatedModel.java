package io.github.hybridinference.examples.evaluate;

import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A model under a name that says it is made up, so that a journal of its answers says so too. */
final class SimulatedModel implements RemoteModel {
    private static final String PREFIX = "simulated ";

    private final RemoteModel model;

    SimulatedModel(RemoteModel model) {
        this.model = model;
    }

    static boolean isOne(ModelIdentity identity) {
        return identity.model().startsWith(PREFIX);
    }

    @Override
    public ModelIdentity identity() {
        ModelIdentity own = model.identity();
        return new ModelIdentity(PREFIX + own.model(), own.promptVersion(), own.parameters());
    }

    @Override
    public OptionalLong worstCostNanoUsd(RemoteRequest question) {
        return model.worstCostNanoUsd(question);
    }

    @Override
    public CompletableFuture<RemoteReply> ask(RemoteRequest question) {
        return model.ask(question);
    }

    @Override
    public void warmUp() {
        model.warmUp();
    }
}
