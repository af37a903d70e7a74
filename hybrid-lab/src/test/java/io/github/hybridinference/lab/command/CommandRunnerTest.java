package io.github.hybridinference.lab.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

final class CommandRunnerTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private CommandContext context(boolean terminal) {
        return new CommandContext(
                InputStream.nullInputStream(),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                terminal,
                Map.of(),
                () -> 0);
    }

    @Command(name = "sample", mixinStandardHelpOptions = true)
    private static class Sample implements Callable<Integer> {
        private final Callable<Integer> body;

        @Option(names = "--count")
        private int count;

        Sample(Callable<Integer> body) {
            this.body = body;
        }

        @Override
        public Integer call() throws Exception {
            CommandException.requireOption(count >= 0, "--count must not be negative");
            return body.call();
        }
    }

    @Command(name = "strict", exitCodeOnExecutionException = 9)
    private static final class Strict extends Sample {
        Strict(Callable<Integer> body) {
            super(body);
        }
    }

    private int run(Callable<Integer> body, String... args) {
        return CommandRunner.execute(new Sample(body), context(false), args);
    }

    @Test
    void returnsTheExitCodeOfTheCommand() {
        assertThat(run(() -> 7)).isEqualTo(7);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void wrongOptionIsOneLineAndCode2() {
        assertThat(run(() -> 0, "--count", "many")).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("sample: Invalid value for option '--count'")
                .endsWith(" (--help lists the options)");
    }

    @Test
    void optionThatTheCommandRefusesIsOneLineAndCode2() {
        assertThat(run(() -> 0, "--count", "-1")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly("sample: --count must not be negative (--help lists the options)");
    }

    @Test
    void knownFailuresAreOneLineAndCode1() {
        assertThat(run(() -> {
                    throw new CommandException("There is no such file.");
                }))
                .isEqualTo(1);
        assertThat(run(() -> {
                    throw new IOException("disk full");
                }))
                .isEqualTo(1);
        assertThat(run(() -> {
                    throw new UncheckedIOException("cannot listen", new IOException());
                }))
                .isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("sample: There is no such file.", "sample: disk full", "sample: cannot listen");
    }

    @Test
    void commandMayNameItsOwnCodeForFailures() {
        Strict strict = new Strict(() -> {
            throw new CommandException("PORT is not a number");
        });

        assertThat(CommandRunner.execute(strict, context(false))).isEqualTo(9);
        assertThat(err.toString().lines()).containsExactly("strict: PORT is not a number");
    }

    @Test
    void bugShowsItsStackTrace() {
        assertThat(run(() -> {
                    throw new IllegalStateException("a bug");
                }))
                .isEqualTo(1);
        assertThat(err.toString()).contains("IllegalStateException: a bug", "\tat ");
    }

    @Test
    void progressIsPrintedOnATerminalOnly() {
        context(false).progress("%d of %d", 1, 2);
        assertThat(err.toString()).isEmpty();

        context(true).progress("%d of %d", 1, 2);
        assertThat(err.toString().lines()).containsExactly("1 of 2");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void resultIsOneLineOfJson() {
        assertThat(new ResultLine()
                        .add("rate", 1.25, 1)
                        .add("count", 3)
                        .add("known", OptionalLong.of(4))
                        .add("unknown", OptionalLong.empty())
                        .raw("cap", "0.50"))
                .hasToString("RESULT {\"rate\":1.3,\"count\":3,\"known\":4,\"unknown\":null,\"cap\":0.50}");
    }
}
