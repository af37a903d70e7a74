package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** hybrid-platform, which has no parent, sets the newest versions that the parent's pom.xml names. */
class PlatformTest {

    @Test
    void setsTheNewestVersions() throws IOException {
        Map<String, String> newest = versions(Path.of("..", "pom.xml"), "newest");
        assertThat(newest).hasSizeGreaterThan(3);
        assertThat(versions(Path.of("..", "hybrid-platform", "pom.xml"), "version"))
                .isEqualTo(newest);
    }

    private static Map<String, String> versions(Path pom, String suffix) throws IOException {
        Map<String, String> found = new TreeMap<>();
        Matcher property =
                Pattern.compile("<([a-z0-9-]+)\\." + suffix + ">([^<]+)</").matcher(Files.readString(pom));
        while (property.find()) {
            found.put(property.group(1), property.group(2));
        }
        return found;
    }
}
