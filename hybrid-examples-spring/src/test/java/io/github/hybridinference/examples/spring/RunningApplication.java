package io.github.hybridinference.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An application in a process of its own, on a free port. */
final class RunningApplication implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Process process;
    private final BufferedReader output;
    private final int port;
    private final StringBuilder printed = new StringBuilder();

    private RunningApplication(Process process, int port) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.port = port;
    }

    /** Starts it, and waits until Spring Boot says that it has started. */
    static RunningApplication start(String classPath, String main, String... arguments) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                main,
                "--server.port=" + port,
                "--hybrid.timeout=20s",
                "--hybrid.remote-timeout=20s"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DEEPSEEK_API_KEY", "sk-simulated");
        RunningApplication application = new RunningApplication(builder.start(), port);
        application.awaitStart();
        return application;
    }

    private void awaitStart() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            printed.append(line).append('\n');
            if (line.contains(": Started ")) {
                return;
            }
        }
        throw new AssertionError("it did not start: " + printed);
    }

    String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    /** Sends SIGTERM, and returns with what status the process ended and what it had printed. */
    int terminate() throws IOException, InterruptedException {
        process.toHandle().destroy(); // unlike destroy of the process itself, this leaves its output open
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            printed.append(line).append('\n');
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    String printed() {
        return printed.toString();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        output.close();
    }
}
