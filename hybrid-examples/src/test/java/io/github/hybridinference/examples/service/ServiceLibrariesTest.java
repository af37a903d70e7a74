package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies beside the service when it is shipped. */
class ServiceLibrariesTest {
    /** Ways in that the service does not use, and versions that are not finished. */
    private static final Pattern UNWANTED = Pattern.compile(
            ".*(websocket|cdi-api|jndi|servlet-api|javalin|embedded-redis|authx|-alpha|-beta|-rc\\d|-M\\d).*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern EXCLUDED = Pattern.compile("<excludeArtifactIds>([^<]+)<");

    @TempDir
    private Path directory;

    @Test
    void bringsNoLibraryThatItDoesNotNeed() {
        assertThat(classPath())
                .hasSizeGreaterThan(20)
                .noneMatch(entry -> UNWANTED.matcher(entry).matches());
    }

    /** Without what the build leaves out of {@code target/lib}, and without what only tests have. */
    @Test
    void runsWithoutWhatIsLeftOut() throws Exception {
        Matcher excluded = EXCLUDED.matcher(Files.readString(Path.of("pom.xml")));
        assertThat(excluded.find()).isTrue();
        List<String> out = List.of(excluded.group(1).split(","));
        String shipped = classPath().stream()
                .filter(entry -> !entry.endsWith("test-classes"))
                .filter(entry -> out.stream().noneMatch(name -> entry.matches(".*[/\\\\]" + name + "([-/\\\\].*)?")))
                .collect(Collectors.joining(File.pathSeparator));

        try (ServiceProcess service = ServiceProcess.startWith(shipped, directory, Map.of("PORT", "0"))) {
            Client client = new Client(service.port());

            assertThat(client.infer(Bodies.plain()).json().get("source").asText())
                    .isEqualTo("LOCAL");
            assertThat(client.get("/metrics").status()).isEqualTo(200);
        }
    }

    private static List<String> classPath() {
        return Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    }
}
