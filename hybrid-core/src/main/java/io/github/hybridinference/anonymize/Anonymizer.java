package io.github.hybridinference.anonymize;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Resolution;
import java.security.SecureRandom;
import java.util.Objects;

/**
 * Reduces a snapshot to what may leave the process.
 *
 * <p>Implementations are called on the caller's thread, by many threads at once; they must be thread-safe and quick. One
 * that throws stops the inference before anything is sent: the caller gets FALLBACK / PRIVACY.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Anonymizer {
    /**
     * Reduces a snapshot.
     *
     * @param snapshot what the caller knows
     * @return what may be sent
     */
    AnonymizedSnapshot anonymize(MarketSnapshot snapshot);

    /**
     * Returns the anonymizer that lets catalogue features through, in the catalogue's steps.
     *
     * @param custom features declared by the owner of the engine that may leave as well
     * @return an immutable anonymizer
     */
    static Anonymizer standard(Feature... custom) {
        return new CatalogueAnonymizer(Resolution.COARSE, custom);
    }

    /**
     * Returns an anonymizer with steps five times as large as the catalogue's. A figure keeps its name and range; a family with
     * few steps, such as a count, keeps few values. What this hides, and what it costs in decisions, is measured in
     * {@code docs/privacy.md}.
     *
     * @param custom features declared by the owner of the engine that may leave as well
     * @return an immutable anonymizer
     */
    static Anonymizer coarse(Feature... custom) {
        return new CoarseAnonymizer(custom);
    }

    /**
     * Returns the standard anonymizer with noise of that amplitude, under a seed drawn at random for this anonymizer. Engines
     * that share a cache need one seed for all: {@code withNoise(Noise.seeded(secret).amplitude(steps))}.
     *
     * @param steps how many steps a figure is moved at most, in [0, 1000]
     * @param custom features declared by the owner of the engine that may leave as well
     * @return an immutable anonymizer
     * @throws IllegalArgumentException if the amplitude is out of range
     */
    static Anonymizer noisy(double steps, Feature... custom) {
        return withNoise(Noise.seeded(new SecureRandom().nextLong()).amplitude(steps), custom);
    }

    /**
     * Returns the standard anonymizer with noise on top.
     *
     * @param noise how figures are blurred
     * @param custom features declared by the owner of the engine that may leave as well
     * @return an immutable anonymizer
     */
    static Anonymizer withNoise(Noise noise, Feature... custom) {
        return new NoisyAnonymizer(standard(custom), Objects.requireNonNull(noise, "noise"));
    }

    /**
     * Returns an anonymizer that passes on the same figures in up to nine digits, for a model on the owner's own machine
     * only. It still lets through nothing but catalogue and declared features: no price, no symbol, no time. Its
     * requests have cache keys of their own.
     *
     * @param custom features declared by the owner of the engine that may leave as well
     * @return an immutable anonymizer
     */
    static Anonymizer fine(Feature... custom) {
        return new CatalogueAnonymizer(Resolution.FINE, custom);
    }
}
