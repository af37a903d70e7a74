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
    public void close() {
        List<Provided> lastFirst = new ArrayList<>(models);
        Collections.reverse(lastFirst);
        lastFirst.forEach(provided -> close(provided.model()));
    }

    static void close(RemoteModel model) {
        if (model instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (RuntimeException thrown) {
                throw thrown;
            } catch (Exception checked) {
                throw new IllegalStateException("a model did not close", checked);
            }
        }
    }
}
