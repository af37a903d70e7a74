package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this module brings to its users' class path, and what building the first model costs a fresh JVM. */
class LeanTest {
    private static final int MOST_JARS = 15;
    private static final double MOST_MB = 12;
    private static final long MOST_CLASSES = 800;

    /** What hybrid-core brings already. */
    private static final List<String> OF_CORE = List.of(
            "hybrid-core",
            "caffeine",
            "error_prone_annotations",
            "resilience4j-",
            "jackson-core",
            "jspecify",
            "slf4j-api");

    @Test
    void bringsFewJarsAndThePageSaysHowMany() throws IOException {
        List<Path> brought = runtimeJars()
                .filter(jar -> OF_CORE.stream()
                        .noneMatch(name -> jar.getFileName().toString().startsWith(name)))
                .toList();
        double mb = brought.stream().mapToLong(LeanTest::sizeOf).sum() / 1e6;

        assertThat(brought).isNotEmpty().hasSizeLessThanOrEqualTo(MOST_JARS);
        assertThat(mb).isLessThanOrEqualTo(MOST_MB);
        assertThat(brought).noneMatch(jar -> jar.toString().contains("openai"));
        assertThat(Path.of("..", "docs", "performance.md"))
                .content(StandardCharsets.UTF_8)
                .contains(String.format(Locale.ROOT, "| hybrid-deepseek | %d | %.1f MB |", brought.size(), mb));
    }

    /**
     * Loading and checking classes is what a fresh JVM takes its time for, and unlike the time their number is the same on every
     * machine: 700 when this was written.
     */
    @Test
    void buildsTheFirstModelFromFewClasses(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("classes.log");
        String classPath = Stream.concat(
                        Stream.of("target/test-classes", "target/classes"),
                        runtime().map(Path::toString))
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + log,
                        "-cp",
                        classPath,
                        BuildOnce.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).endsWith("built" + System.lineSeparator());
        try (Stream<String> loaded = Files.lines(log)) {
            assertThat(loaded.filter(line -> line.contains("source: file:")).count())
                    .isBetween(100L, MOST_CLASSES);
        }
    }

    private static Stream<Path> runtimeJars() throws IOException {
        return runtime().filter(entry -> entry.toString().endsWith(".jar"));
    }

    /** The runtime class path as Maven sees it. */
    private static Stream<Path> runtime() throws IOException {
        return Arrays.stream(Files.readString(Path.of("target", "runtime-classpath.txt"))
                        .strip()
                        .split(File.pathSeparator))
                .map(Path::of);
    }

    private static long sizeOf(Path jar) {
        return jar.toFile().length();
    }
}
