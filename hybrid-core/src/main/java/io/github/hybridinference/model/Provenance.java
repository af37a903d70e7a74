package io.github.hybridinference.model;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who gave an answer, when, and what it consumed.
 *
 * @param model the model that answered, as its service names it
 * @param promptVersion the version of the prompt it was asked with
 * @param answeredAt when it answered, on the engine's clock
 * @param usage what the call consumed, retries included; {@link Usage#NONE} for a cached answer and for callers that
 *     joined an in-flight call
 * @param fingerprint the service's {@code system_fingerprint}, which changes with the model's version or what it runs on, or
 *     null if the service gave none
 * @since 0.1.0
 */
public record Provenance(
        String model,
        String promptVersion,
        Instant answeredAt,
        Usage usage,
        @Nullable String fingerprint) {
    /**
     * Checks that all are there.
     *
     * @param model the model that answered
     * @param promptVersion the version of the prompt it was asked with
     * @param answeredAt when it answered
     * @param usage what the call consumed
     * @param fingerprint the service's {@code system_fingerprint}, or null
     */
    public Provenance {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(promptVersion, "promptVersion");
        Objects.requireNonNull(answeredAt, "answeredAt");
        Objects.requireNonNull(usage, "usage");
    }

    /**
     * Makes the provenance of an answer without a fingerprint.
     *
     * @param model the model that answered
     * @param promptVersion the version of the prompt it was asked with
     * @param answeredAt when it answered
     * @param usage what the call consumed
     */
    public Provenance(String model, String promptVersion, Instant answeredAt, Usage usage) {
        this(model, promptVersion, answeredAt, usage, null);
    }

    /**
     * Returns the same provenance for a caller whose request did not cause the call.
     *
     * @return a copy without usage
     */
    public Provenance atNoCost() {
        return usage.equals(Usage.NONE)
                ? this
                : new Provenance(model, promptVersion, answeredAt, Usage.NONE, fingerprint);
    }
}
