package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What this module brings to its users' class path, and what building the first model costs a fresh JVM. */
class LeanTest {
    private static final int MOST_JARS = 15;
    private static final double MOST_MB = 12;
    private static final int MOST_CPU_MS = 500;
    private static final int MOST_BOOTS = 9;
    private static final int TRIES = 3;

    /** What hybrid-core brings already. */
    private static final List<String> OF_CORE = List.of(
            "hybrid-core",
            "caffeine",
            "error_prone_annotations",
            "resilience4j-",
            "jackson-core",
            "jspecify",
            "slf4j-api");

    private static final Pattern BUILT = Pattern.compile("boot: (\\d+) ms, built: (\\d+) ms");

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

    /** Measured where other builds take turns with it, so compared with what the JVM itself took to start, too. */
    @Test
    void buildsTheFirstModelQuickly() throws Exception {
        assertThat(Stream.generate(LeanTest::buildOnce).limit(TRIES)).anySatisfy(output -> {
            Matcher built = BUILT.matcher(output);
            assertThat(built.find()).as(output).isTrue();
            assertThat(Integer.parseInt(built.group(2)))
                    .as(output)
                    .isLessThanOrEqualTo(Math.max(MOST_CPU_MS, MOST_BOOTS * Integer.parseInt(built.group(1))));
        });
    }

    private static String buildOnce() {
        try {
            String classPath = Stream.concat(
                            Stream.of("target/test-classes", "target/classes"),
                            runtime().map(Path::toString))
                    .reduce((one, other) -> one + File.pathSeparator + other)
                    .orElseThrow();
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            classPath,
                            BuildOnce.class.getName())
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
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
