package io.github.hybridinference.spring;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.remote.RemoteModel;

/** What is put around models and engine to observe them. */
interface Instrumentation {
    /** Observes each attempt at a model of the given provider. */
    RemoteModel around(RemoteModel model, String provider);

    /** Observes each inference. */
    InferenceEngine around(InferenceEngine engine);
}
