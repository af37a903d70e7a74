package io.github.hybridinference.model;

import java.time.Instant;
import java.util.Objects;

/**
 * Who gave an answer, when, and what it consumed.
 *
 * @param model the model that really answered, as its service names it
 * @param promptVersion the version of the prompt it was asked with
 * @param answeredAt when it answered, on the engine's clock
 * @param usage what the question consumed, retries included; {@link Usage#NONE} for an answer from the cache and for
 *     those who joined a question already under way
 */
public record Provenance(String model, String promptVersion, Instant answeredAt, Usage usage) {
    /**
     * Checks that all are there.
     *
     * @param model the model that really answered
     * @param promptVersion the version of the prompt it was asked with
     * @param answeredAt when it answered
     * @param usage what the question consumed
     */
    public Provenance {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(promptVersion, "promptVersion");
        Objects.requireNonNull(answeredAt, "answeredAt");
        Objects.requireNonNull(usage, "usage");
    }

    /**
     * Returns the same provenance for somebody who did not pay for it.
     *
     * @return a copy without usage
     */
    public Provenance atNoCost() {
        return usage.equals(Usage.NONE) ? this : new Provenance(model, promptVersion, answeredAt, Usage.NONE);
    }
}
