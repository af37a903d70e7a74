package io.github.hybridinference;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.FatalErrors;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reduces a snapshot to what may be sent; if that fails, nothing is sent. */
final class AnonymizeStage {
    private final Anonymizer anonymizer;
    private final Set<Feature> customFeatures;
    private final EngineLog log;

    AnonymizeStage(Anonymizer anonymizer, Set<Feature> customFeatures, EngineLog log) {
        this.anonymizer = anonymizer;
        this.customFeatures = customFeatures;
        this.log = log;
    }

    /** What may be sent, or null if the anonymizer failed. */
    @Nullable AnonymizedSnapshot anonymize(MarketSnapshot snapshot) {
        try {
            AnonymizedSnapshot anonymized = anonymizer.anonymize(snapshot);
            requireDeclared(anonymized);
            return anonymized;
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            log.fault(EngineLog.Kind.ANONYMIZER_FAILED, thrown);
            return null;
        }
    }

    /** Custom features leave only if the owner of the engine declared them, whatever an anonymizer of his own returns. */
    private void requireDeclared(AnonymizedSnapshot anonymized) {
        for (int i = anonymized.size() - 1; i >= 0; i--) {
            Feature feature = anonymized.feature(i);
            if (!feature.isCustom()) {
                return; // custom features come last
            }
            if (!customFeatures.contains(feature)) {
                throw new IllegalStateException("the anonymizer let an undeclared custom feature through");
            }
        }
    }
}
