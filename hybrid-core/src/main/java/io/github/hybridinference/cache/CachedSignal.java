package io.github.hybridinference.cache;

import io.github.hybridinference.model.TradingSignal;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model's answer as it is remembered: relative figures only, and nothing of who asked.
 *
 * @param signal the advice
 * @param model the model that gave it, as its service names it
 * @param fingerprint the service's mark of the model's version, or null if it gave none
 * @param askedModel the model as it was requested; versions are told apart among the answers to one such name
 * @param promptVersion the version of the prompt it was asked with
 * @param answeredAtMs when it was given, in milliseconds since 1970-01-01T00:00Z on the engine's clock
 * @param validUntilMs until when it holds, likewise
 * @since 0.1.0
 */
public record CachedSignal(
        TradingSignal signal,
        String model,
        @Nullable String fingerprint,
        String askedModel,
        String promptVersion,
        long answeredAtMs,
        long validUntilMs) {
    private static final long CLOCKS_MAY_DIFFER_MS = Duration.ofMinutes(5).toMillis();

    /**
     * Checks that all are there.
     *
     * @param signal the advice
     * @param model the model that gave it
     * @param fingerprint the service's mark of the model's version, or null
     * @param askedModel the model as it was requested
     * @param promptVersion the version of the prompt it was asked with
     * @param answeredAtMs when it was given
     * @param validUntilMs until when it holds
     */
    public CachedSignal {
        Objects.requireNonNull(signal, "signal");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(askedModel, "askedModel");
        Objects.requireNonNull(promptVersion, "promptVersion");
    }

    /**
     * Makes an answer without a fingerprint, of a model that was requested by the name that its service gives it.
     *
     * @param signal the advice
     * @param model the model that gave it
     * @param promptVersion the version of the prompt it was asked with
     * @param answeredAtMs when it was given
     * @param validUntilMs until when it holds
     */
    public CachedSignal(
            TradingSignal signal, String model, String promptVersion, long answeredAtMs, long validUntilMs) {
        this(signal, model, null, model, promptVersion, answeredAtMs, validUntilMs);
    }

    /**
     * Tells whether the answer holds.
     *
     * @param nowMs the time on the engine's clock
     * @return true before the end of its validity; false for an answer from the future, beyond what the clocks of a fleet
     *     may differ: a clock is wrong, or the entry is
     */
    public boolean isValidAt(long nowMs) {
        return nowMs < validUntilMs && answeredAtMs - nowMs <= CLOCKS_MAY_DIFFER_MS;
    }
}
