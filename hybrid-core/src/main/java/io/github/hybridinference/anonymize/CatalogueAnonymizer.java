package io.github.hybridinference.anonymize;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Resolution;
import java.util.Set;

/**
 * Lets through what the catalogue allows to leave; makes figures in price units relative where it can, and leaves them
 * behind where it cannot. Custom features leave only if they were declared.
 */
final class CatalogueAnonymizer implements Anonymizer {
    private final Resolution resolution;
    private final Set<Feature> custom;

    CatalogueAnonymizer(Resolution resolution, Feature... custom) {
        this.resolution = resolution;
        this.custom = Set.of(custom);
    }

    @Override
    public AnonymizedSnapshot anonymize(MarketSnapshot snapshot) {
        AnonymizedSnapshot.Builder target = AnonymizedSnapshot.builder(snapshot.timeframe(), resolution)
                .assetClass(snapshot.assetClass())
                .session(snapshot.session());
        RelativeFigures.derive(snapshot, target);
        return target.putAll(snapshot, custom).build();
    }
}
