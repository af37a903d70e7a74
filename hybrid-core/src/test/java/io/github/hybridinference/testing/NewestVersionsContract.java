package io.github.hybridinference.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds that a module, which is compiled against the oldest version of each library that an application's BOM may set, would
 * also link with the newest. The versions are in the parent's pom.xml, which has the jars copied beside the module's classes.
 */
public abstract class NewestVersionsContract {
    private static final List<String> GIVEN = List.of(
            "io/netty/",
            "redis/clients/",
            "com/fasterxml/jackson/",
            "com/github/benmanes/caffeine/",
            "org/slf4j/",
            "io/micrometer/");

    /** Makes the suite, for the module in whose folder the tests run. */
    protected NewestVersionsContract() {}

    @Test
    final void refersToNothingThatTheNewestVersionsNoLongerHave() {
        OtherVersion newest = OtherVersion.in(Path.of("target", "newest-versions"));
        assertThat(newest.absentFor(Path.of("target", "classes"), GIVEN)).isEmpty();
    }
}
