package io.github.hybridinference.anonymize;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFamily;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Resolution;

/** Rounds to multiples of the catalogue's steps, from the unrounded figures, so that nothing is rounded twice. */
final class CoarseAnonymizer implements Anonymizer {
    /** As many of the catalogue's steps are one of these. */
    static final int STEPS = 5;

    /** As in the catalogue: values half-way between two steps round up despite floating-point error. */
    private static final double HALF_UP = 0.5 + 1e-9;

    private final Anonymizer unrounded;

    CoarseAnonymizer(Feature... custom) {
        unrounded = new CatalogueAnonymizer(Resolution.FINE, custom);
    }

    @Override
    public AnonymizedSnapshot anonymize(MarketSnapshot snapshot) {
        AnonymizedSnapshot full = unrounded.anonymize(snapshot);
        AnonymizedSnapshot.Builder target = AnonymizedSnapshot.builder(full.timeframe(), Resolution.COARSE)
                .assetClass(full.assetClass())
                .session(full.session());
        for (int i = 0; i < full.size(); i++) {
            FeatureFamily family = full.feature(i).family();
            double step = full.step(i) * STEPS;
            double rounded = Math.floor(full.value(i) / step + HALF_UP) * step;
            target.put(full.feature(i), Math.max(family.low(), Math.min(family.high(), rounded)));
        }
        return target.build();
    }
}
