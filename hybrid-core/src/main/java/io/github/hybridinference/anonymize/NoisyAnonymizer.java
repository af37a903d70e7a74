package io.github.hybridinference.anonymize;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;

/**
 * Blurs what another anonymizer lets through. Noise comes after a first rounding, so that it cannot tell where within a
 * step the true figure was; the second rounding is the builder's.
 */
final class NoisyAnonymizer implements Anonymizer {
    private final Anonymizer inner;
    private final Noise noise;

    NoisyAnonymizer(Anonymizer inner, Noise noise) {
        this.inner = inner;
        this.noise = noise;
    }

    @Override
    public AnonymizedSnapshot anonymize(MarketSnapshot snapshot) {
        AnonymizedSnapshot rounded = inner.anonymize(snapshot);
        AnonymizedSnapshot.Builder blurred = AnonymizedSnapshot.builder(rounded.timeframe(), rounded.resolution())
                .assetClass(rounded.assetClass())
                .session(rounded.session());
        for (int i = 0; i < rounded.size(); i++) {
            Feature feature = rounded.feature(i);
            blurred.put(feature, noise.blur(feature, rounded.value(i), rounded.step(i), snapshot.timeMs()));
        }
        return blurred.build();
    }
}
