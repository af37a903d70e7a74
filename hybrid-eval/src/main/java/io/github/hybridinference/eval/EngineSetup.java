package io.github.hybridinference.eval;

import io.github.hybridinference.InferenceEngineBuilder;
import java.time.Clock;

/**
 * Says which engine is evaluated: its model, cache, budget, listeners.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EngineSetup {
    /**
     * Configures the engine.
     *
     * @param builder whose clock and classifier are already set
     * @param clock the engine's clock, at the close of the current bar; a recorded model needs it
     * @return the builder
     */
    InferenceEngineBuilder configure(InferenceEngineBuilder builder, Clock clock);
}
