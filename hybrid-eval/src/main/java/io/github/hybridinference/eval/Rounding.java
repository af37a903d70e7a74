package io.github.hybridinference.eval;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.FeatureFamily;
import io.github.hybridinference.model.Resolution;

/** Anonymizers that round more finely or more coarsely than the standard one; for comparison only. */
final class Rounding {
    /** As in the catalogue: values half-way between two steps round up despite floating-point error. */
    private static final double HALF_UP = 0.5 + 1e-9;

    private Rounding() {}

    /** Rounds to multiples of the catalogue's steps; 0 leaves the figures unrounded. */
    static Anonymizer toSteps(double multiple) {
        if (multiple == CacheReport.DEFAULT_STEP) {
            return Anonymizer.standard();
        }
        Anonymizer fine = Anonymizer.fine();
        return multiple == 0 ? fine : snapshot -> rounded(fine.anonymize(snapshot), multiple);
    }

    private static AnonymizedSnapshot rounded(AnonymizedSnapshot full, double multiple) {
        AnonymizedSnapshot.Builder target = AnonymizedSnapshot.builder(
                        full.timeframe(), multiple >= 1 ? Resolution.COARSE : Resolution.FINE)
                .assetClass(full.assetClass())
                .session(full.session());
        for (int i = 0; i < full.size(); i++) {
            FeatureFamily family = full.feature(i).family();
            double step = full.step(i) * multiple;
            double value = Math.floor(full.value(i) / step + HALF_UP) * step;
            target.put(full.feature(i), Math.max(family.low(), Math.min(family.high(), value)));
        }
        return target.build();
    }
}
