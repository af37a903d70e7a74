package io.github.hybridinference.eval;

import io.github.hybridinference.InferenceEngineBuilder;
import java.time.Clock;

/** Says which engine is evaluated: its model, cache, budget, listeners. */
@FunctionalInterface
public interface EngineSetup {
    /**
     * Sets the engine up.
     *
     * @param builder with clock and classifier set already
     * @param clock the engine's clock, at the close of the bar that is asked about; a recorded model wants it
     * @return the builder
     */
    InferenceEngineBuilder configure(InferenceEngineBuilder builder, Clock clock);
}
