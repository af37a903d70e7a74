package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.hybridinference.audit.EgressLog;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application logs of a file that cannot be used has the kind of the fault and no path. */
class FileFaultsTest {
    @TempDir
    private Path folder;

    @Test
    void haveNoPath() {
        Path missing = folder.resolve("customer-42").resolve("file");
        assertThatIOException()
                .isThrownBy(() -> FeatureFile.read(missing))
                .withMessage("the file of features cannot be read: NoSuchFileException")
                .withNoCause();
        assertThatIOException()
                .isThrownBy(() -> EgressLog.appendingTo(missing))
                .withMessage("the egress log cannot be opened: NoSuchFileException")
                .withNoCause();
    }
}
