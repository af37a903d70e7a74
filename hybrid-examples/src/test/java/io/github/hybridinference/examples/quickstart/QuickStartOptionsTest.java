package io.github.hybridinference.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.deepseek.DeepSeek;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuickStartOptionsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nonsense | Unknown option: '--nonsense'",
                "word | Unmatched argument",
                "--bars | Missing required parameter for option '--bars'",
                "--last many | '--last'",
                "--last 0 | --last is a number of bars",
                "--poll 0 | --poll is 1 to 1000",
                "--poll 1001 | --poll is 1 to 1000",
                "--faults 1.1 | --faults is a share from 0 to 1",
                "--faults NaN | --faults is a share from 0 to 1",
                "--latency-ms -1 | --latency-ms is 0 to 60000",
                "--timeframe 3h | it is one of 1m 5m 15m 30m 1h 2h 4h 1d 1w",
                "--timeframe 1h | --timeframe goes with --bars",
                "--symbol a$b | --symbol: a symbol is",
                "--rules-only --faults 0.1 | --rules-only leaves out",
            })
    void mistakeInTheOptionsIsOneLineAndCode2(String options, String message) {
        Run run = Run.of(options.split(" "));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("quickstart: ")
                .contains(message);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void faultsCannotBeAskedOfTheRealService() {
        Run run = Run.withKey(QuickStartOptionsTest::unusable, "--faults", "0.1");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("DEEPSEEK_API_KEY").doesNotContain(Run.KEY);
    }

    @Test
    void keyThatCannotBeUsedIsOneLineAndCode1() {
        Run run = Run.withKey(QuickStartOptionsTest::unusable);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines())
                .containsExactly("quickstart: DeepSeek cannot be used as the environment describes it: so it is.");
        assertThat(run.out()).isEmpty();
    }

    private static DeepSeek unusable() {
        throw new IllegalArgumentException("so it is");
    }

    @Test
    void anUnknownClientIsOneLine() {
        Run run = Run.of("--client", "curl");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--client is netty or openai-java");
    }

    @Test
    void helpListsEveryOption() {
        Run run = Run.of("--help");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("--bars", "--symbol", "--timeframe", "--last", "--rules-only", "--json", "--faults")
                .contains("--latency-ms", "--poll", "--client");
        assertThat(run.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void fileThatIsNotThereIsOneLineAndCode1() {
        assertFails("There is no file", "--bars", directory.resolve("none.csv").toString());
    }

    @Test
    void fileWithoutAnyBarSaysWhy() throws IOException {
        Path file = Files.writeString(
                directory.resolve("bad.csv"), "timestamp,open,high,low,close,volume\n2024-01-01T00:00:00Z,1,1,1,x,1\n");

        assertFails("holds no bars: the close is not a number (1, first in line 2).", "--bars", file.toString());
    }

    @Test
    void timeframeThatCannotBeFoundIsAskedFor() throws IOException {
        assertFails("say it with --timeframe (1m 5m 15m 30m 1h 2h 4h 1d 1w)", "--bars", oneBar().toString());
        assertThat(Run.of("--rules-only", "--timeframe", "4h", "--bars", oneBar().toString())
                        .code())
                .isZero();
    }

    @Test
    void barsThatWouldOverlapAreRefused() throws IOException {
        Path file = Files.writeString(
                directory.resolve("hourly.csv"),
                "timestamp,open,high,low,close,volume\n2024-01-01T00:00:00Z,1,1,1,1,1\n2024-01-01T01:00:00Z,1,1,1,1,1\n");

        assertFails(
                "The bars are 1 h apart, so they cannot be 1d long", "--timeframe", "1d", "--bars", file.toString());
    }

    @Test
    void outputThatCannotBeWrittenIsFoundOutBeforeAnythingIsAsked() {
        assertFails(
                "cannot be written.",
                "--rules-only",
                "--json",
                directory.resolve("none/out.jsonl").toString());
        assertFails("cannot be written.", "--rules-only", "--json", directory.toString());
    }

    private Path oneBar() throws IOException {
        return Files.writeString(
                directory.resolve("one.csv"), "timestamp,open,high,low,close,volume\n2024-01-01T00:00:00Z,1,1,1,1,1\n");
    }

    private static void assertFails(String message, String... args) {
        Run run = Run.of(args);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("quickstart: ")
                .contains(message);
        assertThat(run.out()).isEmpty();
    }
}
