package io.github.hybridinference.spring;

import io.github.hybridinference.remote.RemoteModel;

/**
 * The simulated model. Not a bean of type {@link RemoteModel}, since it takes the place of those.
 *
 * @param model a client of it
 */
record SimulatedModel(RemoteModel model) implements AutoCloseable {
    @Override
    public void close() {
        ConfiguredModels.close(model);
    }
}
