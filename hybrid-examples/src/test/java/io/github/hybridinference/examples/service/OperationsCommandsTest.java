package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.testkit.standin.StandIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs each command with curl that the documents give against the service as a process with a token and a model. It needs curl,
 * jq and bash, so it has the profile of the tests that need more than Java; without them it fails.
 */
@Tag("browser")
class OperationsCommandsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z]*)\n(.*?)^```$");

    /** From a line that begins with curl to the next one that begins with a letter or a comment. */
    private static final Pattern COMMAND = Pattern.compile("(?ms)^curl .*?(?=^[a-z#]|\\z)");

    private static final Pattern NULL = Pattern.compile("\\bnull\\b");
    private static final String TOKEN = "token-of-operations-0123456789";

    @TempDir
    private Path directory;

    /** What a command printed. */
    private record Outcome(String command, int exitCode, String output, String problems) {}

    @Test
    void eachCommandOfTheDocumentsWorks() throws Exception {
        for (String tool : List.of("curl", "jq")) {
            assertThat(run(tool + " --version", "").exitCode())
                    .as(tool + " is needed for this test: install it")
                    .isZero();
        }
        try (StandIn model = StandIn.builder().start();
                ServiceProcess service = ServiceProcess.start(
                        directory,
                        Map.of(
                                "PORT",
                                "0",
                                "API_TOKEN",
                                TOKEN,
                                "DAILY_BUDGET_USD",
                                "1",
                                "INFERENCE_TIMEOUT_MS",
                                "20000",
                                "DEEPSEEK_API_KEY",
                                "test-key-0123456789",
                                "DEEPSEEK_BASE_URL",
                                model.baseUrl().toString()))) {
            String here = "localhost:" + service.port();

            List<Outcome> outcomes = new ArrayList<>();
            for (String command : commands()) {
                outcomes.add(run(command.replace("localhost:8000", here), TOKEN));
            }

            assertThat(outcomes).hasSizeGreaterThan(15).allSatisfy(outcome -> {
                assertThat(outcome.exitCode())
                        .as(outcome.problems() + outcome.output())
                        .isZero();
                assertThat(outcome.output()).isNotBlank();
                if (outcome.command().contains("| jq")) { // asks for values that are there
                    assertThat(outcome.output()).doesNotContainPattern(NULL);
                }
            });
        }
    }

    /** A name that the service does not have gives null, a wrong token an error: the test above sees both. */
    @Test
    void wouldNoticeACommandThatDoesNotWork() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, Map.of("PORT", "0", "API_TOKEN", TOKEN))) {
            String ask = "curl -fsS -H \"Authorization: Bearer $API_TOKEN\" localhost:" + service.port() + "/stats";

            assertThat(run(ask + " | jq .no_such_name", TOKEN).output()).containsPattern(NULL);
            assertThat(run(ask + " | jq .errors", TOKEN.replace('0', '1')).exitCode())
                    .isEqualTo(22);
            assertThat(run(ask + " | jq '.errors", TOKEN).exitCode()).isNotZero();
        }
    }

    private static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        for (String document : List.of("docs/operations.md", "README.md", "README.zh-CN.md")) {
            String text = Files.readString(ROOT.resolve(document));
            int before = commands.size();
            Matcher block = BLOCK.matcher(text);
            while (block.find()) {
                Matcher command = COMMAND.matcher(block.group(1).isEmpty() ? block.group(2) : "");
                while (command.find()) {
                    commands.add(command.group());
                }
            }
            assertThat(commands.size() - before)
                    .as("each line of %s that calls curl is in a block", document)
                    .isEqualTo(
                            text.lines().filter(line -> line.contains("curl -")).count());
        }
        return commands;
    }

    private Outcome run(String command, String token) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "command", ".out");
        Path problems = Files.createTempFile(directory, "command", ".err");
        ProcessBuilder builder = new ProcessBuilder("bash", "-o", "pipefail", "-c", command)
                .redirectOutput(output.toFile())
                .redirectError(problems.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        builder.environment().put("API_TOKEN", token);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
        return new Outcome(
                command,
                process.exitValue(),
                Files.readString(output, StandardCharsets.UTF_8),
                Files.readString(problems, StandardCharsets.UTF_8));
    }
}
