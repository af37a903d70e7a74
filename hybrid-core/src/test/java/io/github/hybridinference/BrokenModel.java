package io.github.hybridinference;

import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A model that cannot be warmed up, and whose exchanges never end and cannot be aborted. */
final class BrokenModel implements RemoteModel {
    @Override
    public ModelIdentity identity() {
        return new ModelIdentity("broken-model", "fake-prompt", "");
    }

    @Override
    public OptionalLong worstCostNanoUsd(RemoteRequest request) {
        return OptionalLong.of(0);
    }

    @Override
    public CompletableFuture<RemoteReply> ask(RemoteRequest request) {
        return new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                throw new IllegalStateException("cannot be aborted");
            }
        };
    }

    @Override
    public void warmUp() {
        throw new IllegalStateException("cannot be warmed up");
    }
}
