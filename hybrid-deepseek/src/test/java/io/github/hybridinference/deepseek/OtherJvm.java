package io.github.hybridinference.deepseek;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a main class in a JVM of its own, which has loaded nothing yet and whose environment is the test's. */
final class OtherJvm {
    private OtherJvm() {}

    /**
     * Runs it to its end.
     *
     * @param environment assignments; nothing else is inherited
     * @return what it wrote, to either stream
     */
    static String run(Class<?> main, List<String> environment) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1", // it lives for a second or two: compiling well would be its main business
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
        builder.environment().clear();
        for (String assignment : environment) {
            int at = assignment.indexOf('=');
            builder.environment().put(assignment.substring(0, at), assignment.substring(at + 1));
        }
        Process process = builder.redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError(output);
            }
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
