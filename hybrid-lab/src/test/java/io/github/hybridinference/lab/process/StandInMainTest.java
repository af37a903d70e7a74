package io.github.hybridinference.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StandInMainTest {

    @Test
    void servesUntilItsInputEnds() throws IOException, InterruptedException {
        Process process = start("--latency-ms", "1", "--faults", "0", "--seed", "7");
        try {
            HttpRequest request = HttpRequest.newBuilder(address(process).resolve("/models"))
                    .header("Authorization", "Bearer test-token")
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);

            process.getOutputStream().close();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void countsNoneOfTheCallsThatItAnswersToWarmUp() throws IOException, InterruptedException {
        Process process = start("--warm-up", "5");
        try {
            HttpRequest request = HttpRequest.newBuilder(address(process).resolve("/stand-in/stats"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .containsPattern("\"requests\"\\s*:\\s*0\\b");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void refusesTooLongAWarmUp() throws IOException, InterruptedException {
        Process process = start("--warm-up", "100001");
        try (BufferedReader errors = process.errorReader()) {
            assertThat(errors.readLine()).startsWith("stand-in: --warm-up must be 0 to 100000");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void endsWhenTerminated() throws IOException, InterruptedException {
        Process process = start();
        try {
            address(process);

            process.destroy();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void refusesAWrongShareInOneLine() throws IOException, InterruptedException {
        Process process = start("--faults", "2");
        try (BufferedReader errors = process.errorReader()) {
            assertThat(errors.readLine())
                    .isEqualTo("stand-in: the share of faults must lie between 0 and 1 (--help lists the options)");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(2);
        } finally {
            process.destroyForcibly();
        }
    }

    private static URI address(Process process) throws IOException {
        String line = process.inputReader().readLine();
        assertThat(line).matches("LISTENING http://127\\.0\\.0\\.1:\\d+");
        return URI.create(line.substring("LISTENING ".length()));
    }

    private static Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), StandInMain.class.getName()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).start();
    }
}
