package io.github.hybridinference.testkit.contract;

import io.github.hybridinference.anonymize.Anonymizer;

final class FineAnonymizerTest extends AnonymizerContract {
    @Override
    protected Anonymizer anonymizer() {
        return Anonymizer.fine();
    }
}
