package io.github.hybridinference.lab.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandRunner;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FleetCommandTest {
    private final StringWriter out = new StringWriter();
    private final CommandContext context = new CommandContext(
            InputStream.nullInputStream(),
            new PrintWriter(out, true),
            new PrintWriter(out, true),
            false,
            Map.of(),
            System::nanoTime);

    private int run(String... options) {
        return CommandRunner.execute(new FleetCommand(context), context, options);
    }

    /** The first line of a run is printed before the first process is started. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--redis=ring",
                "--cap-usd=abc",
                "--cap-usd=0",
                "--cap-usd=-1",
                "--redis-timeout-ms=0",
                "--redis-timeout-ms=1001",
                "--instances=1",
                "--rate=3",
                "--latency-ms=0",
                "--lease-ms=0"
            })
    void namesAWrongOptionBeforeAnythingIsStarted(String option) {
        assertThat(run(option)).as(out.toString()).isEqualTo(2);
        assertThat(out.toString())
                .contains(option.substring(0, option.indexOf('=')))
                .doesNotContain("JVMs");
    }

    @Test
    void suspendsASingleRedisOnly() {
        assertThat(run("--redis=cluster", "--pause-redis")).as(out.toString()).isEqualTo(2);
        assertThat(out.toString()).contains("--pause-redis").doesNotContain("JVMs");
    }
}
