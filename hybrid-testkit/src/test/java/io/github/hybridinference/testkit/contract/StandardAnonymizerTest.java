package io.github.hybridinference.testkit.contract;

import io.github.hybridinference.anonymize.Anonymizer;

final class StandardAnonymizerTest extends AnonymizerContract {
    @Override
    protected Anonymizer anonymizer() {
        return Anonymizer.standard();
    }
}
