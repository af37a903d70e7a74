package io.github.hybridinference.benchmarks.paths;

import io.github.hybridinference.examples.standin.StandInMain;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/**
 * A server in a process of its own, which ends with this one: it, or the shell that guards it, reads a pipe that breaks.
 */
public final class Peer implements AutoCloseable {
    private static final String GUARD = "\"$@\" >/dev/null 2>&1 & echo STARTED; cat >/dev/null; kill -9 $!";
    private static final String LISTENING = "LISTENING ";

    private final Process process;
    private final URI url;

    private Peer(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** The stand-in of DeepSeek's API, with a simulated model that answers at once. */
    public static Peer standIn() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = start(
                List.of(java, "-Xmx256m", "-cp", System.getProperty("java.class.path"), StandInMain.class.getName()));
        String line = firstLine(process);
        if (!line.startsWith(LISTENING)) {
            process.destroyForcibly();
            throw new IllegalStateException("the stand-in did not start");
        }
        return new Peer(process, URI.create(line.substring(LISTENING.length())));
    }

    /** The machine's Redis, or else the one that a library brings. It may not accept connections yet. */
    static Peer redis() {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "sh", redisBinary()));
        command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", "", "--dir", "/tmp"));
        Process process = start(command);
        firstLine(process);
        return new Peer(process, URI.create("redis://127.0.0.1:" + port));
    }

    /** Keeps it on another processor than the calling thread, where that can be had. */
    void keepApartFromThread() {
        Pinning.threadApartFrom(process);
    }

    /** Keeps it on another processor than this process, likewise. */
    public void keepApartFromProcess() {
        Pinning.processApartFrom(process);
    }

    public URI url() {
        return url;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String firstLine(Process process) {
        try {
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            String line = output.readLine();
            return line == null ? "" : line;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String redisBinary() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path candidate = Path.of(folder, "redis-server");
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        try {
            File folder = Files.createTempDirectory("benchmark-redis").toFile();
            File unpacked = ExecutableProvider.newJarResourceProvider(folder).get();
            folder.deleteOnExit();
            unpacked.deleteOnExit();
            return unpacked.getPath();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
