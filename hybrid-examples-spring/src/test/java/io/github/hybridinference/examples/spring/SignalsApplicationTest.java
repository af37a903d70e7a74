package io.github.hybridinference.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts the application as a user does, in a process of its own, and ends it by SIGTERM. */
class SignalsApplicationTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    @Timeout(120)
    void answersOverHttpAndEndsWhenItIsToldTo() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SignalsApplication.class.getName(),
                        "--server.port=0",
                        "--hybrid.timeout=20s",
                        "--hybrid.remote-timeout=20s")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder printed = new StringBuilder();
            String url = null;
            for (String line = output.readLine(); url == null && line != null; line = output.readLine()) {
                printed.append(line).append('\n');
                if (line.startsWith("An answer:")) {
                    url = line.substring(line.indexOf("http"));
                }
            }
            assertThat(url).as(printed.toString()).isNotNull();

            assertThat(get(url)).contains("\"source\":\"REMOTE\"");
            assertThat(get(url.replaceAll("/signal.*", "/actuator/hybrid"))).contains("\"remote\":1");
            assertThat(get(url.replaceAll("/signal.*", "/actuator/health"))).contains("\"hybrid\":{");

            process.destroy(); // SIGTERM
            while (output.readLine() != null) {
                // the process must not wait for us to read
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String get(String url) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build();
        HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }
}
