package io.github.hybridinference.spring;

import io.github.hybridinference.remote.RemoteModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The models that the properties describe. They are one bean, since how many there are is known only when the properties are read.
 *
 * @param models each with the name of its provider, in the order in which they are asked
 */
record ConfiguredModels(List<Provided> models) implements AutoCloseable {
    /**
     * A model.
     *
     * @param model the model
     * @param provider the name of the service, for observations
     */
    record Provided(RemoteModel model, String provider) {}

    @Override
    public void close() throws Exception {
        List<Provided> lastFirst = new ArrayList<>(models);
        Collections.reverse(lastFirst);
        for (Provided provided : lastFirst) {
            if (provided.model() instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }
}
