package io.github.hybridinference.examples.load;

import io.github.hybridinference.examples.standin.StandInMain;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The stand-in in a process of its own, so that it shares nothing with the client but the machine. */
final class OtherProcess implements AutoCloseable {
    private static final String READY = "LISTENING ";

    private final Process process;
    private final URI baseUrl;

    private OtherProcess(Process process, URI baseUrl) {
        this.process = process;
        this.baseUrl = baseUrl;
    }

    static OtherProcess start(long latencyMs) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(List.of(
                        java,
                        "-cp",
                        classPath(),
                        StandInMain.class.getName(),
                        "--latency-ms",
                        Long.toString(latencyMs)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        if (line == null || !line.startsWith(READY)) {
            process.destroyForcibly();
            throw new IOException("the stand-in did not start");
        }
        return new OtherProcess(process, URI.create(line.substring(READY.length())));
    }

    URI baseUrl() {
        return baseUrl;
    }

    /** Closing its input ends it. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            process.destroyForcibly();
        }
    }

    /** Under Maven the class path of the JVM is Maven's; ours is in the class loader. */
    private static String classPath() {
        if (!(OtherProcess.class.getClassLoader() instanceof URLClassLoader loader)) {
            return System.getProperty("java.class.path");
        }
        return Arrays.stream(loader.getURLs())
                .map(OtherProcess::pathOf)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String pathOf(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException malformed) {
            throw new UncheckedIOException(new IOException("the class path has a malformed entry", malformed));
        }
    }
}
