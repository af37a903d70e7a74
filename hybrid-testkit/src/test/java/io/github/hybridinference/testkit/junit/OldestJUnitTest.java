package io.github.hybridinference.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the extension and a contract on the oldest JUnit that users may have, in a JVM without ours. */
class OldestJUnitTest {
    private static final Path LAUNCHER = Path.of("target", "oldest-junit", "junit.jar");
    private static final List<String> OURS = List.of("junit", "opentest4j", "apiguardian", "jqwik");

    @Test
    void runsTheExtensionAndAContract() throws IOException, InterruptedException {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        OURS.stream().noneMatch(Path.of(entry).getFileName().toString()::contains))
                .collect(Collectors.joining(File.pathSeparator));
        Process launched = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        LAUNCHER.toString(),
                        "execute",
                        "--disable-banner",
                        "--disable-ansi-colors",
                        "--details=tree",
                        "--class-path",
                        classPath,
                        "--select-class",
                        StandInExtensionTest.StaticFieldCase.class.getName(),
                        "--select-class",
                        StandInExtensionTest.ParameterCase.class.getName(),
                        "--select-class",
                        "io.github.hybridinference.testkit.contract.InMemorySignalCacheTest")
                .redirectErrorStream(true)
                .start();
        String output = new String(launched.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(launched.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains("playsItsScript()", "isTheOneOfBeforeEach", "findsWhatWasRemembered()");
        assertThat(output).contains("0 tests failed");
        assertThat(launched.exitValue()).as(output).isZero();
    }
}
