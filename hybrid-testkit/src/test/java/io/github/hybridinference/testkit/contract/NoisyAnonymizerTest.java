package io.github.hybridinference.testkit.contract;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.anonymize.Noise;

final class NoisyAnonymizerTest extends AnonymizerContract {
    @Override
    protected Anonymizer anonymizer() {
        return Anonymizer.withNoise(Noise.seeded(7));
    }
}
