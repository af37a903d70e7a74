package io.github.hybridinference.remote;

import java.util.Objects;

/**
 * Which model, asked how.
 *
 * @param model the model's name as its service knows it
 * @param promptVersion the version of the prompt; changes whenever a word of it does
 * @param parameters everything else that shapes an answer, such as temperature, in any stable spelling
 * @since 0.1.0
 */
public record ModelIdentity(String model, String promptVersion, String parameters) {
    /**
     * Checks that all are there.
     *
     * @param model the model's name as its service knows it
     * @param promptVersion the version of the prompt
     * @param parameters everything else that shapes an answer
     */
    public ModelIdentity {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(promptVersion, "promptVersion");
        Objects.requireNonNull(parameters, "parameters");
    }
}
